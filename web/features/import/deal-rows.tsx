import { kindNames } from '#shared/deals.ts'
import type { Import } from '#shared/imports.ts'
import { useLists } from '../../shell/lists.tsx'
import { Card } from '../../ui/card.tsx'
import { Money } from '../../ui/money.tsx'
import { Table } from '../../ui/table.tsx'
import { groupRows, type Row } from './import-words.ts'

/** Deals under what was said about them. */
export function DealRows({ rows }: { it: Import; rows: Row[] }) {
  const { stageName } = useLists()
  return groupRows(rows).map(({ kind, rows: same }) => (
    <Card key={kind} level={3} title={kind ?? 'Ready to add'} count={same.length} flush>
      <Table caption={kind ?? 'Ready to add'} className="import-rows">
        <thead>
          <tr>
            <th scope="col" className="import-line">
              Row
            </th>
            <th scope="col">Customer</th>
            <th scope="col">Partner</th>
            <th scope="col" className="import-kind">
              Kind, stage
            </th>
            <th scope="col" className="import-owner">
              Value
            </th>
            <th scope="col" className="import-owner">
              Our owner
            </th>
          </tr>
        </thead>
        <tbody>
          {same.map(({ line, deal }) => (
            <tr key={line}>
              <td className="import-line ui-muted">{line}</td>
              <th scope="row">{deal?.customer_company}</th>
              <td>{deal?.partner_name || <span className="ui-muted">None named</span>}</td>
              <td className="import-kind">
                {[
                  deal?.kind && kindNames[deal.kind as 'lead'].name,
                  deal?.outcome ? (deal.outcome === 'won' ? 'Won' : 'Lost') : deal?.stage && stageName(deal.stage),
                ]
                  .filter(Boolean)
                  .join(', ')}
              </td>
              <td className="import-owner">
                {deal?.value_minor != null && deal.currency && (
                  <Money minor={deal.value_minor} currency={deal.currency} />
                )}
              </td>
              <td className="import-owner">{deal?.our_owner_name ?? <span className="ui-muted">You</span>}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  ))
}
