import { useState } from 'react'
import type { Import } from '#shared/imports.ts'
import { ApiProblem } from '../../api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Table } from '../../ui/table.tsx'
import { confidenceWords, fieldName, fieldOptions, needed, rowCount } from './import-words.ts'
import { StepHead } from './step-head.tsx'
import { useChanges } from './use-import.ts'
import { Words } from './words.tsx'

type Column = Import['columns'][number]
const says = {
  legal_name: 'Choose the column that holds the legal company name.',
  customer_company: 'Choose the column that holds the customer.',
}

/** Which column feeds which field, and what the words in them mean. The two fields every row needs stand first. */
export function MatchStep({ it, onNext, onOther }: { it: Import; onNext: () => void; onOther: () => void }) {
  const [first, second] = needed[it.kind]
  const pinned: (string | null)[] = [second, first]
  const [columns] = useState(() =>
    it.columns.toSorted((a, b) => pinned.indexOf(b.field) - pinned.indexOf(a.field) || a.index - b.index),
  )
  const [chosen, setChosen] = useState(() => it.columns.map((column) => column.field))
  const { change } = useChanges(it.id)
  const named = chosen.includes(first)
  const next = async () => {
    if (!named || change.isPending) return
    const changed = it.columns.some((column, index) => column.field !== chosen[index])
    if (changed && !(await change.mutateAsync({ mapping: chosen }).catch(() => null))) return
    onNext()
  }
  const refused = change.error instanceof ApiProblem ? change.error.field('mapping') : undefined
  const sheet = it.sheets.find((one) => one.chosen)?.name
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
      <div className="ui-row ui-wrap import-kinds">
        <Segmented
          size="small"
          label="What this sheet lists"
          value={it.kind}
          onChange={(kind) => change.mutate({ kind })}
          options={[
            { value: 'partners', label: 'Partners' },
            { value: 'deals', label: 'Deals' },
          ]}
        />
        {it.sheets.length > 1 && (
          <select
            className="ui-input ui-compact import-sheet"
            aria-label="Sheet of the workbook"
            value={sheet ?? ''}
            onChange={(event) => change.mutate({ sheet: event.target.value })}
          >
            {it.sheets.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        )}
      </div>
      {(!named || refused) && (
        <Banner tone="warn" role="alert">
          {refused ?? says[first as keyof typeof says]}
        </Banner>
      )}
      {named && it.kind === 'partners' && !chosen.includes('email') && (
        <Banner tone="neutral">No column holds an email address. You can add main contacts later.</Banner>
      )}
      {named && it.kind === 'deals' && !chosen.includes('partner') && (
        <Banner tone="neutral">
          No column names the partner. These deals wait until you say which partner each is with.
        </Banner>
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
                it={it}
                column={column}
                value={chosen[column.index] ?? null}
                shared={chosen.filter((field) => field && field === chosen[column.index]).length > 1}
                onChange={(field) => setChosen(chosen.with(column.index, field))}
              />
            ))}
          </tbody>
        </Table>
      </div>
      <Words it={it} onSay={(values) => change.mutate({ values })} />
      <div className="ui-row ui-wrap">
        <Button
          variant="primary"
          size="form"
          type="submit"
          busy={change.isPending}
          {...(named ? {} : { reason: says[first as keyof typeof says] })}
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
  it: Import
  column: Column
  value: string | null
  shared: boolean
  onChange: (field: string | null) => void
}

function ColumnRow({ it, column, value, shared, onChange }: RowProps) {
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
          onChange={(event) => onChange(event.target.value || null)}
        >
          <option value="">Skip this column</option>
          {fieldOptions(it).map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        {shared && value && (
          <span className="ui-cap ui-muted">Several columns feed {fieldName(it, value).toLowerCase()}.</span>
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
