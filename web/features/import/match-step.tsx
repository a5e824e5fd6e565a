import { useState } from 'react'
import type { Import } from '#shared/imports.ts'
import { ApiProblem } from '../../api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Table } from '../../ui/table.tsx'
import { confidenceWords, fieldNames, fieldOptions, type ImportField, rowCount } from './import-words.ts'
import { StepHead } from './step-head.tsx'
import { useChanges } from './use-import.ts'

type Column = Import['columns'][number]
const pinned: (ImportField | null)[] = ['email', 'legal_name']

/** Which column feeds which field. The two fields every partner needs stand first. */
export function MatchStep({ it, onNext, onOther }: { it: Import; onNext: () => void; onOther: () => void }) {
  const [columns] = useState(() =>
    it.columns.toSorted((a, b) => pinned.indexOf(b.field) - pinned.indexOf(a.field) || a.index - b.index),
  )
  const [chosen, setChosen] = useState(() => it.columns.map((column) => column.field))
  const { change } = useChanges(it.id)
  const named = chosen.includes('legal_name')
  const next = async () => {
    if (!named || change.isPending) return
    const changed = it.columns.some((column, index) => column.field !== chosen[index])
    if (changed && !(await change.mutateAsync({ mapping: chosen }).catch(() => null))) return
    onNext()
  }
  const refused = change.error instanceof ApiProblem ? change.error.field('mapping') : undefined
  return (
    <form
      className="import-step"
      onSubmit={(event) => {
        event.preventDefault()
        void next()
      }}
    >
      <StepHead title="Match columns" onEnter={() => void next()}>
        {rowCount(it.total)} read from {it.file_name}. Each column feeds one field; change what was guessed wrong.
      </StepHead>
      {(!named || refused) && (
        <Banner tone="warn" role="alert">
          {refused ?? 'Choose the column that holds the legal company name.'}
        </Banner>
      )}
      {named && !chosen.includes('email') && (
        <Banner tone="neutral">No column holds an email address. You can add main contacts later.</Banner>
      )}
      <div className="import-table">
        <Table caption="Columns of your file" className="import-columns">
          <thead>
            <tr>
              <th scope="col">In your file</th>
              <th scope="col">For example</th>
              <th scope="col" className="import-field">
                Goes to
              </th>
              <th scope="col" className="import-sure">
                How sure
              </th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <ColumnRow
                key={column.index}
                column={column}
                value={chosen[column.index] ?? null}
                shared={chosen.filter((field) => field && field === chosen[column.index]).length > 1}
                onChange={(field) => setChosen(chosen.with(column.index, field))}
              />
            ))}
          </tbody>
        </Table>
      </div>
      <div className="ui-row ui-wrap">
        <Button
          variant="primary"
          size="form"
          type="submit"
          busy={change.isPending}
          {...(named ? {} : { reason: 'Choose the column with the legal company name first.' })}
        >
          Check {rowCount(it.total)}
        </Button>
        <Button variant="quiet" size="form" onClick={onOther}>
          Choose another file
        </Button>
      </div>
    </form>
  )
}

type RowProps = {
  column: Column
  value: ImportField | null
  shared: boolean
  onChange: (field: ImportField | null) => void
}

function ColumnRow({ column, value, shared, onChange }: RowProps) {
  const name = column.heading || `Column ${column.index + 1}`
  const yours = value !== column.field
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="import-samples ui-muted">
        {column.samples.slice(0, 3).map((sample, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two samples may be the same
          <span key={at} className="ui-trunc">
            {sample}
          </span>
        ))}
      </td>
      <td className="import-field">
        <select
          className="ui-input ui-compact"
          aria-label={`${name} goes to`}
          value={value ?? ''}
          onChange={(event) => onChange((event.target.value || null) as ImportField | null)}
        >
          <option value="">Skip this column</option>
          {fieldOptions.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        {shared && value && (
          <span className="ui-cap ui-muted">Several columns feed {fieldNames[value].toLowerCase()}.</span>
        )}
      </td>
      <td className="import-sure">
        {yours ? <Chip tone="info">Yours</Chip> : <Sure confidence={column.confidence} />}
      </td>
    </tr>
  )
}

function Sure({ confidence }: { confidence: Column['confidence'] }) {
  return (
    <Chip tone={confidence === 'sure' ? 'ok' : confidence === 'guess' ? 'warn' : 'neutral'}>
      {confidenceWords[confidence]}
    </Chip>
  )
}
