import type { Import } from '#shared/imports.ts'
import { paths } from '../../paths.ts'
import { useLists } from '../../shell/lists.tsx'
import { Button } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { fieldName, type Row } from './import-words.ts'
import { useChanges } from './use-import.ts'

type Decision = Row['decision']

/** Each row beside the partner, or the other row, that it looks like. */
export function Duplicates({ it, rows }: { it: Import; rows: Row[] }) {
  const { change } = useChanges(it.id)
  const all = (decision: Decision) => change.mutate({ group: { show: 'duplicates', decision } })
  return (
    <>
      <div className="ui-row ui-wrap">
        <Button size="small" onClick={() => all('skip')}>
          Skip all
        </Button>
        {it.kind === 'partners' && rows.some((row) => row.duplicate_of?.can_update) && (
          <Button size="small" onClick={() => all('update')}>
            Update all that are here
          </Button>
        )}
        <Button size="small" onClick={() => all('import')}>
          Keep both for all
        </Button>
      </div>
      <ul className="import-pairs">
        {rows.map((row) => (
          <Pair
            key={row.line}
            it={it}
            row={row}
            onDecide={(decision) => change.mutate({ rows: [{ line: row.line, decision }] })}
          />
        ))}
      </ul>
    </>
  )
}

const decisions: { value: Decision; label: string }[] = [
  { value: 'skip', label: 'Skip' },
  { value: 'update', label: 'Update' },
  { value: 'import', label: 'Keep both' },
]

function Pair({ it, row, onDecide }: { it: Import; row: Row; onDecide: (decision: Decision) => void }) {
  const { typeName, stageName } = useLists()
  const same = row.duplicate_of
  const name = row.deal?.customer_company ?? row.legal_name ?? ''
  const contact = [row.contact_name === row.email ? null : row.contact_name, row.email].filter(Boolean).join(', ')
  const facts = row.deal
    ? [row.deal.partner_name && `with ${row.deal.partner_name}`, row.deal.stage && stageName(row.deal.stage)]
        .filter(Boolean)
        .join(', ')
    : [typeName(row.type), row.owner_name && `owner ${row.owner_name}`].filter(Boolean).join(', ')
  return (
    <li className="import-pair">
      <div className="import-side">
        <span className="ui-cap ui-muted">Row {row.line} of your file</span>
        <b>{name}</b>
        {contact && <span className="ui-muted">{contact}</span>}
        {facts && <span className="ui-muted">{facts}</span>}
      </div>
      <div className="import-side">
        <span className="ui-cap ui-muted">{same?.line ? `Row ${same.line} of your file` : 'Already here'}</span>
        <b>
          {same?.partner_slug ? (
            <Link href={paths.partner(same.partner_slug)} target="_blank">
              {same.legal_name}
            </Link>
          ) : (
            same?.legal_name
          )}
        </b>
        <span className="ui-muted">{same?.why}</span>
      </div>
      <Segmented
        size="small"
        label={`What to do with row ${row.line}, ${name}`}
        value={row.decision}
        onChange={onDecide}
        options={decisions.filter(({ value }) => value !== 'update' || same?.can_update)}
      />
      {row.decision === 'import' && it.kind === 'partners' && (
        <p className="import-changes ui-muted">Remembered as two companies, so it is not asked again.</p>
      )}
      {row.decision === 'update' && same && <Changes it={it} changes={same.changes} />}
    </li>
  )
}

/** What Update puts where: the sheet replaces what it says and what differs; the name stays, people and notes are added. */
function Changes({ it, changes }: { it: Import; changes: NonNullable<Row['duplicate_of']>['changes'] }) {
  const { typeName } = useLists()
  const shown = (field: string, value: string | null) =>
    value === null
      ? 'empty'
      : field === 'type'
        ? typeName(value)
        : field === 'status'
          ? value[0]?.toUpperCase() + value.slice(1)
          : value
  if (changes.length === 0)
    return <p className="import-changes ui-muted">Nothing differs there. New people, notes and tags are added.</p>
  return (
    <ul className="import-changes" aria-label="What changes">
      {changes.map(({ field, from, to }) => (
        <li key={field}>
          <span className="ui-muted">{fieldName(it, field)}</span>
          <span className={from === null ? 'ui-muted' : 'import-struck ui-muted'}>{shown(field, from)}</span>
          <span>{shown(field, to)}</span>
        </li>
      ))}
    </ul>
  )
}
