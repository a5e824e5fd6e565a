import { useQuery } from '@tanstack/react-query'
import { listSameCustomer, type SameCustomer as Same } from '#shared/answering.ts'
import type { Deal } from '#shared/deals.ts'
import { dayWords } from '#shared/turns.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Link } from '../../ui/link.tsx'

/** Others with the same customer, side by side with this deal. Partners never learn of each other. */
export function SameCustomer({ deal }: { deal: Pick<Deal, 'id'> }) {
  const { data } = useQuery(ask(listSameCustomer, { params: { deal: deal.id } }))
  return data && data.items.length > 0 ? <SameCustomerNote items={data.items} /> : null
}

export function SameCustomerNote({ items }: { items: Same[] }) {
  const { stageName } = useLists()
  return (
    <Banner tone="warn">
      <b>
        {items.length === 1
          ? 'There is another deal with this customer.'
          : `There are ${items.length} other deals with this customer.`}
      </b>
      <ul className="deals-same">
        {items.map((one) => (
          <li key={one.id}>
            {sameWords(one, stageName(one.stage))} <Link href={paths.deal(one.ref)}>{one.ref}</Link>
          </li>
        ))}
      </ul>
      <span className="ui-cap">No partner learns of another.</span>
    </Banner>
  )
}

/** "Fjordkraft Data sent it on 3 November, protected until 1 February. In Working." */
function sameWords(one: Same, stage: string): string {
  const who = calledName(one.partner.legal_name)
  const came = onDay(one.created_at)
  const first = one.direction === 'received' ? `${who} sent it ${came}` : `You gave it to ${who} ${came}`
  const kept = one.protected_until ? `, protected until ${dayWords(one.protected_until)}` : ''
  const now = one.outcome
    ? one.outcome === 'won'
      ? 'Won.'
      : 'Lost.'
    : one.direction === 'received' && one.answer === 'pending'
      ? 'Waits for your answer.'
      : `In ${stage || one.stage}.`
  return `${first}${kept}. ${now}`
}

function onDay(at: string): string {
  const day = dayWords(at)
  return /\d/.test(day) ? `on ${day}` : day
}
