import { useRef } from 'react'
import type { PartnerRow } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { firstName } from '../../shell/deal-words.ts'
import { useGo } from '../../shell/go.ts'
import { statusDot, typeName } from '../../shell/partner-words.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Tags } from '../../ui/chip.tsx'
import { Link } from '../../ui/link.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { SortHeader, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { useRowKeys } from '../../ui/use-row-keys.ts'
import { type Asked, type Sort, viewNames } from './list-query.ts'

type Props = { rows: PartnerRow[]; asked: Asked; stale: boolean }

/** The list itself. In the view "Needs attention" each row says why instead of showing its tags. */
export function PartnerTable({ rows, asked, stale }: Props) {
  const body = useRef<HTMLTableSectionElement>(null)
  const go = useGo()
  useRowKeys(body, {
    onOpen: (index) => {
      const row = rows[index]
      if (row) go(paths.partner(row.slug))
    },
  })
  const why = asked.view === 'attention'
  const sortBy = (up: Sort, down: Sort, first: Sort) => ({
    direction: asked.sort === up ? ('ascending' as const) : asked.sort === down ? ('descending' as const) : null,
    onSort: () => {
      const next = asked.sort === first ? (first === up ? down : up) : first
      asked.change({ sort: next === 'name' ? undefined : next })
    },
  })
  return (
    <Table
      caption={`Partners, ${viewNames[asked.view]}`}
      className={why ? 'partners-table partners-why' : 'partners-table'}
    >
      <thead>
        <tr>
          <SortHeader label="Name" {...sortBy('name', '-name', 'name')} className="partners-name" />
          <th scope="col" className="partners-type">
            Type
          </th>
          <th scope="col" className="partners-status">
            Status
          </th>
          <th scope="col" className="partners-tags">
            {why ? 'Why' : 'Tags'}
          </th>
          <th scope="col" className="partners-owner">
            Owner
          </th>
          <th scope="col" className="partners-contact">
            Main contact
          </th>
          <th scope="col" className="partners-deals ui-end">
            Open deals
          </th>
          <SortHeader
            label="Last activity"
            {...sortBy('activity', '-activity', '-activity')}
            className="partners-last"
          />
        </tr>
      </thead>
      <tbody ref={body} aria-busy={stale}>
        {rows.map((row) => (
          <Row key={row.id} row={row} why={why} />
        ))}
      </tbody>
    </Table>
  )
}

function Row({ row, why }: { row: PartnerRow; why: boolean }) {
  return (
    <tr data-row>
      <th scope="row" className="partners-name">
        <Link href={paths.partner(row.slug)} className="ui-row">
          <Avatar name={row.legal_name} kind="company" />
          <span className="ui-trunc">{row.legal_name}</span>
        </Link>
      </th>
      <td className="partners-type">{typeName(row.type)}</td>
      <td className="partners-status">
        <StatusDot status={statusDot(row)} />
      </td>
      <td className="partners-tags">
        {why ? (
          <span className="partners-reason">{row.attention}</span>
        ) : (
          <Tags items={row.tags.map((tag) => tag.name)} />
        )}
      </td>
      <td className="partners-owner">
        {row.owner && (
          <span className="ui-row" title={row.owner.name}>
            <Avatar name={row.owner.name} />
            <span className="ui-trunc">{firstName(row.owner.name)}</span>
          </span>
        )}
      </td>
      <td className="partners-contact" title={row.main_contact ?? undefined}>
        {row.main_contact}
      </td>
      <td className="partners-deals ui-end">{row.open_deals}</td>
      <td className="partners-last ui-muted">
        <Time value={row.last_activity_at} form="ago" quiet />
      </td>
    </tr>
  )
}
