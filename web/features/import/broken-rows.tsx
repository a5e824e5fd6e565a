import type { Import } from '#shared/imports.ts'
import { Card } from '../../ui/card.tsx'
import { Table } from '../../ui/table.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { fieldName, groupRows, mainProblem, needed, type Row } from './import-words.ts'
import { useChanges } from './use-import.ts'

type Column = Import['columns'][number]

/** Broken rows under what broke them, each with its cells to be mended in place. */
export function BrokenRows({ it, rows }: { it: Import; rows: Row[] }) {
  return groupRows(rows).map(({ kind, rows: same }) => (
    <Card key={kind} level={3} title={kind ?? 'Broken'} count={same.length} flush>
      <Table caption={kind ?? 'Broken rows'} className="import-rows import-broken">
        <thead>
          <tr>
            <th scope="col" className="import-line">
              Row
            </th>
            <th scope="col">{fieldName(it, needed[it.kind][0])}</th>
            <th scope="col" className="import-mend">
              Mend here
            </th>
          </tr>
        </thead>
        <tbody>
          {same.map((row) => (
            <Broken key={row.line} it={it} row={row} />
          ))}
        </tbody>
      </Table>
    </Card>
  ))
}

function Broken({ it, row }: { it: Import; row: Row }) {
  const { change } = useChanges(it.id)
  const said = mainProblem(row)
  const name = it.kind === 'deals' ? row.deal?.customer_company : row.legal_name
  const wanted = cellsToMend(it, row, said?.field ?? null)
  return (
    <tr>
      <td className="import-line ui-muted">{row.line}</td>
      <th scope="row">{name || <span className="ui-muted">No name</span>}</th>
      <td className="import-mend">
        {wanted.map((column) => (
          <div key={column.index} className="import-cell">
            <span className="ui-cap ui-muted">{column.heading || `Column ${column.index + 1}`}</span>
            <TextInput
              compact
              aria-label={`${column.heading || `Column ${column.index + 1}`} in row ${row.line}`}
              defaultValue={row.cells?.[column.index] ?? ''}
              onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
              onBlur={({ target }) => {
                if (target.value !== (row.cells?.[column.index] ?? ''))
                  change.mutate({ rows: [{ line: row.line, cells: [{ index: column.index, text: target.value }] }] })
              }}
            />
            {said?.suggestion && column.field === said.field && (
              <span className="ui-cap ui-muted">Likely {said.suggestion}</span>
            )}
          </div>
        ))}
        {row.edited && <span className="ui-cap ui-muted">Still broken: {said?.problem}</span>}
      </td>
    </tr>
  )
}

/** The column that broke the row; where no one column did, all that are matched and those without a heading. */
function cellsToMend({ columns }: Import, row: Row, field: string | null): Column[] {
  const own = columns.filter((column) => column.field === field)
  if (field && own.length > 0) return own
  const beyond = Array.from({ length: Math.max(0, (row.cells?.length ?? 0) - columns.length) }, (_, at) => ({
    index: columns.length + at,
    heading: '',
    samples: [],
    field: null,
    confidence: 'skip' as const,
  }))
  return [...columns, ...beyond]
}
