import type { Import } from '#shared/imports.ts'
import { useLists } from '../../shell/lists.tsx'
import { statusWord } from '../../shell/partner-words.ts'
import { Card } from '../../ui/card.tsx'
import { Table } from '../../ui/table.tsx'
import { groupRows, mainProblem, type Row } from './import-words.ts'

/** Rows under what was said about them, so that one look settles many. */
export function ProblemGroups({ rows }: { it: Import; rows: Row[] }) {
  return groupRows(rows).map(({ kind, rows: same }) => (
    <Card key={kind} level={3} title={kind ?? 'Ready to add'} count={same.length} flush>
      {same.some((row) => row.state === 'new') ? (
        <ReadRows kind={kind} rows={same} />
      ) : (
        <RawRows kind={kind} rows={same} />
      )}
    </Card>
  ))
}

function ReadRows({ kind, rows }: { kind: string | null; rows: Row[] }) {
  const { typeName } = useLists()
  return (
    <Table caption={kind ?? 'Ready to add'} className="import-rows">
      <thead>
        <tr>
          <th scope="col" className="import-line">
            Row
          </th>
          <th scope="col">Company</th>
          <th scope="col">Main contact</th>
          <th scope="col" className="import-kind">
            Type, status
          </th>
          <th scope="col" className="import-owner">
            Owner
          </th>
          {kind && (
            <th scope="col" className="import-value">
              In your file
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.line}>
            <td className="import-line ui-muted">{row.line}</td>
            <th scope="row">{row.legal_name}</th>
            <td className="import-contact">
              <span className="ui-trunc">{row.contact_name ?? row.email}</span>
              {row.contact_name && <span className="ui-trunc ui-muted">{row.email ?? 'No email'}</span>}
              {row.extra_contacts > 0 && <span className="ui-cap ui-muted">and {row.extra_contacts} more</span>}
            </td>
            <td className="import-kind">{[typeName(row.type), statusOf(row)].filter(Boolean).join(', ')}</td>
            <td className="import-owner">{row.owner_name ?? <span className="ui-muted">No owner</span>}</td>
            {kind && (
              <td className="import-value import-lines ui-muted">
                {row.problems.map(({ problem, value }) => (
                  <span key={problem}>{value}</span>
                ))}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function statusOf(row: Row): string | null {
  if (!row.status) return row.archived ? 'Archived' : null
  return statusWord({ status: row.status as 'active', archived_at: row.archived ? '-' : null })
}

function RawRows({ kind, rows }: { kind: string | null; rows: Row[] }) {
  const named = rows.some((row) => row.legal_name)
  return (
    <Table caption={kind ?? 'Rows'} className="import-rows">
      <thead>
        <tr>
          <th scope="col" className="import-line">
            Row
          </th>
          {named && <th scope="col">Company</th>}
          <th scope="col" className={named ? 'import-raw' : undefined}>
            In your file
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.line}>
            <td className="import-line ui-muted">{row.line}</td>
            {named && <th scope="row">{row.legal_name || <span className="ui-muted">No name</span>}</th>}
            <td className="import-lines ui-muted">
              <RawWords row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function RawWords({ row }: { row: Row }) {
  const main = mainProblem(row)
  const rest = row.problems.filter((one) => one !== main)
  return (
    <>
      <span>{main?.value ?? row.email}</span>
      {rest.map(({ problem, value }) => (
        <span key={problem}>
          {problem} {value}
        </span>
      ))}
    </>
  )
}
