import { Check } from 'lucide-react'
import type { Import } from '#shared/imports.ts'
import { Button, TextButton } from '../../ui/button.tsx'
import { Table } from '../../ui/table.tsx'
import { type Row, spellings } from './import-words.ts'
import { useChanges } from './use-import.ts'

/** Addresses that look misspelled, each with the spelling that was likely meant. */
export function Typos({ it, rows }: { it: Import; rows: Row[] }) {
  const { change } = useChanges(it.id)
  return (
    <>
      {it.counts.typos > 1 && (
        <div>
          <Button
            size="small"
            busy={change.isPending}
            onClick={() => change.mutate({ group: { show: 'typos', take_suggestion: true } })}
          >
            Use all {it.counts.typos}
          </Button>
        </div>
      )}
      <div className="import-table">
        <Table caption="Email typos" className="import-rows import-typos">
          <thead>
            <tr>
              <th scope="col" className="import-line">
                Row
              </th>
              <th scope="col">Company</th>
              <th scope="col" className="import-address">
                As written
              </th>
              <th scope="col" className="import-meant">
                Likely meant
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <TypoRow
                key={row.line}
                it={it}
                row={row}
                onTake={(take_suggestion) => change.mutate({ rows: [{ line: row.line, take_suggestion }] })}
              />
            ))}
          </tbody>
        </Table>
      </div>
    </>
  )
}

function TypoRow({ it, row, onTake }: { it: Import; row: Row; onTake: (take: boolean) => void }) {
  const { taken } = row
  const written = it.columns.flatMap(({ field, index }) =>
    field === 'email' && row.cells?.[index] ? [row.cells[index]] : [],
  )
  // Once it is taken, the row reads as if it had been written so.
  const offered =
    spellings(row).length > 0 ? spellings(row) : [{ value: written[0] ?? '', suggestion: row.email ?? '' }]
  return (
    <tr>
      <td className="import-line ui-muted">{row.line}</td>
      <th scope="row">{row.legal_name}</th>
      <td className={taken ? 'import-address import-struck ui-muted' : 'import-address'}>
        {offered.map(({ value, suggestion }) => (
          <span key={suggestion}>{value}</span>
        ))}
      </td>
      <td className="import-address">
        {taken ? (
          <span className="import-taken">
            <Check />
            <span>{offered.map(({ suggestion }) => suggestion).join(', ')}</span>
            <TextButton aria-label={`Undo in row ${row.line}`} onClick={() => onTake(false)}>
              Undo
            </TextButton>
          </span>
        ) : (
          <Button size="small" onClick={() => onTake(true)}>
            Use {offered.map(({ suggestion }) => suggestion).join(', ')}
          </Button>
        )}
      </td>
    </tr>
  )
}
