import { ChevronRight } from 'lucide-react'
import type { DealRow } from '#shared/deals.ts'
import { paths } from '../../paths.ts'
import { daysSince, outcomeName, sumWords } from '../../shell/deal-words.ts'
import { Link } from '../../ui/link.tsx'
import { formatMoney } from '../../ui/money.tsx'
import { type DealFilter, useDealPages } from './use-deal-pages.ts'

const lastDays = 30

/** Won and Lost of the last 30 days, folded. When it ended is when it became nobody's turn. */
export function ClosedDeals({ filter, shown }: { filter: DealFilter; shown: boolean }) {
  const { deals = [] } = useDealPages({ ...filter, open: 'false' }, 100)
  const recent = deals.filter((deal) => daysSince(deal.turn_since) < lastDays)
  return (
    <section
      className={`deals-column deals-closed${shown ? ' deals-column-shown' : ''}`}
      aria-labelledby="deals-closed"
    >
      <header>
        <h2 id="deals-closed">Closed</h2>
        <span className="ui-muted ui-cap">last {lastDays} days</span>
      </header>
      {(['won', 'lost'] as const).map((outcome) => (
        <Fold key={outcome} outcome={outcome} deals={recent.filter((deal) => deal.outcome === outcome)} />
      ))}
    </section>
  )
}

function Fold({ outcome, deals }: { outcome: 'won' | 'lost'; deals: DealRow[] }) {
  return (
    <details className="deals-fold">
      <summary>
        <ChevronRight />
        {outcomeName(outcome)} <span className="ui-muted ui-num">{deals.length}</span>
        {outcome === 'won' && <span className="ui-muted ui-cap ui-num">{sumWords(deals)}</span>}
      </summary>
      <ul>
        {deals.map((deal) => (
          <li key={deal.id}>
            <Link href={paths.deal(deal.ref)} className="ui-trunc">
              {deal.customer_company}
            </Link>
            <span className="ui-muted ui-num">
              {deal.value_minor !== null && deal.currency ? formatMoney(deal.value_minor, deal.currency) : ''}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
