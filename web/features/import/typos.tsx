import { Check } from 'lucide-react'
import type { Import } from '#shared/imports.ts'
import { Button, TextButton } from '../../ui/button.tsx'
import { Table } from '../../ui/table.tsx'
import { type Row, spellings } from './import-words.ts'
import { useChanges } from './use-import.ts'

/** Addresses that look misspelled, each with the spelling that was likely meant. */
export function Typos({ it, rows }: { it: Import; rows: Row[] }) {
  const { change, decideAll } = useChanges(it.id)
  return (
    <>
      {it.counts.typos > 1 && (
        <div>
          <Button
            size="small"
            busy={decideAll.isPending}
            onClick={() => decideAll.mutate({ group: 'typos', take_suggestion: true })}
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

function TypoRow({ row, onTake }: { row: Row; onTake: (take: boolean) => void }) {
  const offered = spellings(row)
  const main = offered.find(({ field }) => field === 'email')
  const taken = main !== undefined && row.email === main.suggestion
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
