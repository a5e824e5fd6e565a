import type { DealRow } from '#shared/deals.ts'
import { paths } from '../../paths.ts'
import { kindName, quietWords, stageWord, turnWords } from '../../shell/deal-words.ts'
import { useSession } from '../../shell/session.tsx'
import { VisibilityChip } from '../../ui/chip.tsx'
import { Link } from '../../ui/link.tsx'
import { Money } from '../../ui/money.tsx'
import { Quiet } from '../../ui/status-dot.tsx'
import { Table } from '../../ui/table.tsx'

/** Deals of one partner, a row each. */
export function PartnerDeals({ rows, caption }: { rows: DealRow[]; caption: string }) {
  const { member } = useSession()
  return (
    <Table caption={caption} phone="rows">
      <thead>
        <tr>
          <th scope="col">Customer</th>
          <th scope="col">Kind</th>
          <th scope="col">Stage</th>
          <th scope="col" className="ui-end">
            Value
          </th>
          <th scope="col">Next</th>
          <th scope="col">Visible to</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((deal) => {
          const quiet = quietWords(deal)
          return (
            <tr key={deal.id}>
              <th scope="row">
                <Link href={paths.deal(deal.ref)}>{deal.customer_company}</Link>
              </th>
              <td className="ui-muted">{kindName(deal.kind)}</td>
              <td>{stageWord(deal)}</td>
              <td className="ui-end ui-num">
                {deal.value_minor !== null && deal.currency ? (
                  <Money minor={deal.value_minor} currency={deal.currency} />
                ) : (
                  ''
                )}
              </td>
              <td>
                {quiet ? (
                  <Quiet>{quiet}</Quiet>
                ) : deal.shared && !deal.outcome ? (
                  turnWords(deal, member?.member_id)
                ) : (
                  ''
                )}
              </td>
              <td>
                <VisibilityChip sharedWith={deal.shared ? deal.partner.legal_name : null} short />
              </td>
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}
