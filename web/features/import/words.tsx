import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listMembers } from '#shared/company.ts'
import { kindNames } from '#shared/deals.ts'
import type { Import } from '#shared/imports.ts'
import { listPartners } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { ask } from '../../query.ts'
import { useLists } from '../../shell/lists.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Table } from '../../ui/table.tsx'
import { fieldName, rowCount } from './import-words.ts'
import type { Change } from './use-import.ts'

type Choice = { value: string; label: string }
type Word = Import['words'][number]
const at_first = 8

/** Words of the sheet that nothing is known for, each with what it means here: said once for all rows. */
export function Words({ it, onSay }: { it: Import; onSay: (values: NonNullable<Change['values']>) => void }) {
  const [all, showAll] = useState(false)
  const choices = useChoices()
  const words = it.words.filter(({ field }) => field === 'partner' || choices[field])
  if (words.length === 0) return null
  const shown = all ? words : words.slice(0, at_first)
  return (
    <Card
      level={3}
      title="Words we do not know"
      count={words.length}
      note="Say once what each means, or leave it."
      flush
    >
      <Table caption="Words we do not know" className="import-columns import-words">
        <thead>
          <tr>
            <th scope="col">In your file</th>
            <th scope="col">Field</th>
            <th scope="col" className="import-field">
              Means
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((word) => (
            <tr key={`${word.field} ${word.word}`}>
              <th scope="row">
                {word.word} <span className="ui-cap ui-muted">in {rowCount(word.count)}</span>
              </th>
              <td className="ui-muted">{fieldName(it, word.field)}</td>
              <td className="import-field">
                <Meaning
                  word={word}
                  choices={choices[word.field] ?? []}
                  onSay={(value) => onSay([{ field: word.field, word: word.word, value }])}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {words.length > shown.length && (
        <div className="import-more">
          <Button onClick={() => showAll(true)}>Show all {words.length}</Button>
        </div>
      )}
    </Card>
  )
}

function Meaning({ word, choices, onSay }: { word: Word; choices: Choice[]; onSay: (value: string | null) => void }) {
  if (word.field === 'partner') return <WhichPartner word={word} onSay={onSay} />
  return (
    <select
      className="ui-input ui-compact"
      aria-label={`${word.word} means`}
      value={word.value ?? ' '}
      onChange={({ target }) => onSay(target.value === ' ' ? null : target.value)}
    >
      <option value=" ">Keep it as a note</option>
      <option value="">Leave it out</option>
      {choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}

function WhichPartner({ word, onSay }: { word: Word; onSay: (value: string | null) => void }) {
  const { data } = useQuery({
    queryKey: ['partner named', word.value],
    queryFn: async ({ signal }) =>
      (await call(listPartners, { query: { limit: '100' } }, { signal })).items.find(({ id }) => id === word.value)
        ?.legal_name ?? 'A partner',
    enabled: Boolean(word.value),
  })
  return (
    <Combobox
      compact
      clearable
      label={`${word.word} is`}
      value={word.value ? { value: word.value, label: data ?? 'A partner' } : null}
      onChange={(option) => onSay(option?.value ?? null)}
      load={async (q, signal) =>
        (await call(listPartners, { query: { ...(q ? { q } : {}), limit: '20' } }, { signal })).items.map(
          ({ id, legal_name }) => ({
            value: id,
            label: legal_name,
          }),
        )
      }
      placeholder="Keep it waiting"
      searchLabel="Search partners"
    />
  )
}

/** What a word may mean, field by field. */
function useChoices(): Record<string, Choice[]> {
  const { typeOptions, roleOptions, stageOptions } = useLists()
  const { data } = useQuery(ask(listMembers, {}))
  const members = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return {
    type: typeOptions(),
    contact_role: roleOptions(),
    status: ['onboarding', 'active', 'dormant', 'archived'].map((value) => ({
      value,
      label: value[0]!.toUpperCase() + value.slice(1),
    })),
    owner: members,
    our_owner: members,
    kind: Object.entries(kindNames).map(([value, { name }]) => ({ value, label: name })),
    stage: stageOptions(),
  }
}
