import { ChevronRight } from 'lucide-react'
import { useCallback, useRef } from 'react'
import { type Board, closed_days } from '#shared/board.ts'
import type { DealRow } from '#shared/deals.ts'
import { paths } from '../../paths.ts'
import { outcomeName, sumsWords } from '../../shell/deal-words.ts'
import { Link } from '../../ui/link.tsx'
import { formatMoney } from '../../ui/money.tsx'
import { type Drag, useDropPlace } from './use-drag.ts'

type Props = {
  closed: Board['closed']
  shown: boolean
  drag: Drag | null
  onEnd: (deal: DealRow, outcome: 'won' | 'lost') => void
}

/** Won and Lost of the last 30 days, folded. A card dropped on one of them is asked about as the menu does. */
export function ClosedDeals({ closed, shown, drag, onEnd }: Props) {
  return (
    <section
      className={`deals-column deals-closed${shown ? ' deals-column-shown' : ''}`}
      aria-labelledby="deals-closed"
    >
      <header>
        <h2 id="deals-closed">Closed</h2>
        <span className="ui-muted ui-cap">last {closed_days} days</span>
      </header>
      {(['won', 'lost'] as const).map((outcome) => (
        <Fold key={outcome} outcome={outcome} pile={closed[outcome]} drag={drag} onEnd={onEnd} />
      ))}
    </section>
  )
}

type FoldProps = Pick<Props, 'drag' | 'onEnd'> & { outcome: 'won' | 'lost'; pile: Board['closed']['won'] }

function Fold({ outcome, pile, drag, onEnd }: FoldProps) {
  const fold = useRef<HTMLDetailsElement>(null)
  const over = useDropPlace(
    fold,
    drag,
    outcome,
    useCallback((deal: DealRow) => onEnd(deal, outcome), [onEnd, outcome]),
  )
  const rest = pile.deals - pile.items.length
  return (
    <details ref={fold} className={`deals-fold${over ? ' deals-fold-over' : ''}`}>
      <summary>
        <ChevronRight />
        {outcomeName(outcome)} <span className="ui-muted ui-num">{pile.deals}</span>
        {outcome === 'won' && <span className="ui-muted ui-cap ui-num">{sumsWords(pile.sums)}</span>}
      </summary>
      <ul>
        {pile.items.map((deal) => (
          <li key={deal.id}>
            <Link href={paths.deal(deal.ref)} className="ui-trunc">
              {deal.customer_company}
            </Link>
            <span className="ui-muted ui-num">
              {deal.value_minor !== null && deal.currency ? formatMoney(deal.value_minor, deal.currency) : ''}
            </span>
          </li>
        ))}
        {rest > 0 && (
          <li>
            <Link href={`${paths.deals}?layout=table&open=false`}>{rest} more in the table</Link>
          </li>
        )}
      </ul>
    </details>
  )
}
