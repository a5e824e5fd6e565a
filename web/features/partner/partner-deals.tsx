import { useRef } from 'react'
import type { DealRow } from '#shared/deals.ts'
import { paths } from '../../paths.ts'
import { kindName, quietWords, stageWord, turnWords } from '../../shell/deal-words.ts'
import { useGo } from '../../shell/go.ts'
import { useLists } from '../../shell/lists.tsx'
import { useSession } from '../../shell/session.tsx'
import { VisibilityChip } from '../../ui/chip.tsx'
import { Link } from '../../ui/link.tsx'
import { formatMoney } from '../../ui/money.tsx'
import { Quiet } from '../../ui/status-dot.tsx'
import { Table } from '../../ui/table.tsx'
import { useRowKeys } from '../../ui/use-row-keys.ts'

/** Deals of one partner, a row each; j, k and Enter as in every list. */
export function PartnerDeals({ rows, caption }: { rows: DealRow[]; caption: string }) {
  const { member } = useSession()
  const { stageName } = useLists()
  const body = useRef<HTMLTableSectionElement>(null)
  const go = useGo()
  useRowKeys(body, {
    onOpen: (index) => {
      const deal = rows[index]
      if (deal) go(paths.deal(deal.ref))
    },
  })
  return (
    <Table caption={caption} phone="rows" className="partner-deals">
      <thead>
        <tr>
          <th scope="col">Customer</th>
          <th scope="col" className="partner-d-kind">
            Kind
          </th>
          <th scope="col" className="partner-d-stage">
            Stage
          </th>
          <th scope="col" className="partner-d-value ui-end">
            Value
          </th>
          <th scope="col" className="partner-d-next">
            Turn
          </th>
          <th scope="col" className="partner-d-seen">
            Visibility
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((deal) => (
          <tr key={deal.id} data-row>
            <th scope="row" className="partner-d-customer">
              <Link href={paths.deal(deal.ref)}>{deal.customer_company}</Link>
            </th>
            <td className="partner-d-kind ui-muted">{kindName(deal.kind)}</td>
            <td className="partner-d-stage">{stageWord(deal, stageName)}</td>
            <td className="partner-d-value ui-end">
              {deal.value_minor !== null && deal.currency ? formatMoney(deal.value_minor, deal.currency) : ''}
            </td>
            <td className="partner-d-next">
              <Next deal={deal} me={member?.member_id} />
            </td>
            <td className="partner-d-seen">
              <VisibilityChip sharedWith={deal.shared ? deal.partner.legal_name : null} short />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Next({ deal, me }: { deal: DealRow; me: string | undefined }) {
  const quiet = quietWords(deal)
  if (quiet) return <Quiet>{quiet}</Quiet>
  return deal.shared && !deal.outcome ? turnWords(deal, me) : ''
}
