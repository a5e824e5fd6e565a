import type { PartnerRow } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { firstName } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { statusDot } from '../../shell/partner-words.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Tags } from '../../ui/chip.tsx'
import { Link } from '../../ui/link.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { Time } from '../../ui/time.tsx'
import type { EditField } from './use-row-edit.ts'

type Props = {
  row: PartnerRow
  place: number
  why: boolean
  picked: boolean
  peeked: boolean
  /** For who may change partners. */
  onPick?: (place: number, range: boolean) => void
  onEdit?: (place: number, field: EditField) => void
}

/** One partner of the list. A press twice on type, status, tags or owner edits it in place. */
export function Row({ row, place, why, picked, peeked, onPick, onEdit }: Props) {
  const { typeName } = useLists()
  const edits = (field: EditField) =>
    onEdit && !row.archived_at
      ? { 'data-field': field, onDoubleClick: () => onEdit(place, field) }
      : { 'data-field': field }
  return (
    <tr
      data-row={place}
      data-peeked={peeked ? '' : undefined}
      aria-rowindex={place + 2}
      aria-selected={onPick ? picked : undefined}
    >
      {onPick && (
        <td className="ui-check-cell">
          <Checkbox
            label={`Select ${row.legal_name}`}
            hideLabel
            checked={picked}
            onChange={() => {}}
            onClick={(event) => onPick(place, event.shiftKey)}
          />
        </td>
      )}
      <th scope="row" className="partners-name">
        <Link href={paths.partner(row.slug)} className="ui-row">
          <Avatar name={row.legal_name} kind="company" />
          <span className="ui-trunc">{row.legal_name}</span>
        </Link>
      </th>
      <td className="partners-type" {...edits('type')}>
        {typeName(row.type)}
      </td>
      <td className="partners-status" {...edits('status')}>
        <StatusDot status={statusDot(row)} />
      </td>
      <td className="partners-tags" {...edits('tags')}>
        {why ? <span className="partners-reason">{row.attention}</span> : <Tags items={row.tags} />}
      </td>
      <td className="partners-owner" {...edits('owner')}>
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
