import type { Import } from '#shared/imports.ts'
import { paths } from '../../paths.ts'
import { useLists } from '../../shell/lists.tsx'
import { Button } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import type { Row } from './import-words.ts'
import { useChanges } from './use-import.ts'

/** Each row beside the partner, or the other row, that it looks like. */
export function Duplicates({ it, rows }: { it: Import; rows: Row[] }) {
  const { change, decideAll } = useChanges(it.id)
  return (
    <>
      <div className="ui-row ui-wrap">
        <Button
          size="small"
          busy={decideAll.isPending}
          onClick={() => decideAll.mutate({ group: 'duplicates', decision: 'skip' })}
        >
          Skip all
        </Button>
        <Button
          size="small"
          busy={decideAll.isPending}
          onClick={() => decideAll.mutate({ group: 'duplicates', decision: 'import' })}
        >
          Import all anyway
        </Button>
      </div>
      <ul className="import-pairs">
        {rows.map((row) => (
          <Pair
            key={row.line}
            row={row}
            onDecide={(decision) => change.mutate({ rows: [{ line: row.line, decision }] })}
          />
        ))}
      </ul>
    </>
  )
}

function Pair({ row, onDecide }: { row: Row; onDecide: (decision: 'import' | 'skip') => void }) {
  const { typeName } = useLists()
  const same = row.duplicate_of
  const contact = [row.contact_name, row.email].filter(Boolean).join(', ')
  const facts = [typeName(row.type), row.owner_name && `owner ${row.owner_name}`].filter(Boolean).join(', ')
  return (
    <li className="import-pair">
      <div className="import-side">
        <span className="ui-cap ui-muted">Row {row.line} of your file</span>
        <b>{row.legal_name}</b>
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
        label={`What to do with row ${row.line}, ${row.legal_name}`}
        value={row.decision}
        onChange={onDecide}
        options={[
          { value: 'skip', label: 'Skip' },
          { value: 'import', label: 'Import anyway' },
        ]}
      />
    </li>
  )
}
