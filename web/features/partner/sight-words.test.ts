import { expect, test } from 'vitest'
import type { DealRow } from '#shared/deals.ts'
import { presets } from '#shared/permissions.ts'
import { contactWords, countAfter, type Difference, dealLines, mayWords, noteLines, type Sight } from './sight-words.ts'

const deal = (customer_company: string, more: Partial<Sight['deals'][number]> = {}): Sight['deals'][number] => ({
  id: customer_company,
  customer_company,
  stage: 'New',
  value_minor: null,
  currency: null,
  value_shown: false,
  customer_contact_name: null,
  customer_contact_shown: false,
  ...more,
})
const sight = (deals: Sight['deals'], notes: Sight['notes'] = []): Sight => ({
  contact: { id: 'ana', name: 'Ana Lindner' },
  deals,
  deal_count: deals.length,
  notes,
  note_count: notes.length,
  files: [],
  file_count: 0,
})
const difference = (more: Partial<Difference>): Difference => ({
  names: ['Ana Lindner'],
  appears: [],
  disappears: [],
  may: [],
  may_no_longer: [],
  ...more,
})
const team = (rows: [string, number][]) =>
  rows.map(([customer_company, value_minor]) => ({
    customer_company,
    value_minor,
    currency: 'EUR',
    stage: 'New',
  })) as DealRow[]
const value = (label: string) => ({ what: 'deal' as const, label, field: 'value' })
const whole = (label: string) => ({ what: 'deal' as const, label, field: null })
const contact = (label: string) => ({ what: 'deal' as const, label, field: 'customer contact' })

test('a value that will be shown is drawn with its amount', () => {
  const [line] = dealLines(
    sight([deal('Hafen')]),
    difference({ appears: [value('Hafen')] }),
    team([['Hafen', 4_800_000]]),
  )
  expect(line).toMatchObject({ mark: null, value: '€48,000', value_mark: 'new' })
})

test('two deals with one customer: no amount is guessed', () => {
  const rows = team([
    ['Hafen', 4_800_000],
    ['Hafen', 900_000],
  ])
  const [line] = dealLines(sight([deal('Hafen')]), difference({ appears: [value('Hafen')] }), rows)
  expect(line).toMatchObject({ value: 'Shown', value_mark: 'new' })
})

test('what goes is struck, what comes stands first, and both are counted', () => {
  const now = sight([deal('Hafen')], [{ id: 'n', body: 'Prices' }])
  const change = difference({
    appears: [whole('Elbe'), value('Elbe')],
    disappears: [whole('Hafen'), { what: 'note', label: 'Prices', field: null }],
  })
  const lines = dealLines(now, change, team([['Elbe', 100_000]]))
  expect(lines.map(({ label, mark, value: said }) => [label, mark, said])).toEqual([
    ['Elbe', 'new', '€1,000'],
    ['Hafen', 'gone', null],
  ])
  expect(noteLines(now, change)).toEqual([{ key: 'n', label: 'Prices', mark: 'gone' }])
  expect([countAfter(1, change, 'deal'), countAfter(1, change, 'note')]).toEqual([1, 0])
})

test('says of whom a contact is shown', () => {
  const shown = { customer_contact_shown: true }
  const { shared, together, nothing } = presets
  const mixed = sight([deal('Hafen', { ...shown, customer_contact_name: 'Jane' }), deal('Elbe')])
  expect(contactWords(mixed, undefined, shared.rows)).toBe('hidden, except on Hafen')
  const all = sight([deal('Hafen', { ...shown, customer_contact_name: 'Jane' }), deal('Elbe', shown)])
  expect(contactWords(all, undefined, together.rows)).toBe('shown')
  expect(contactWords(mixed, undefined, together.rows)).toBe('shown, except on Elbe')
  const off = difference({ disappears: [contact('Hafen')] })
  expect(contactWords(all, off, shared.rows)).toBe('hidden')
  expect(contactWords(all, off, nothing.rows)).toBe('hidden')
})

test('says what they can do', () => {
  expect(mayWords(presets.together.rows)).toBe('Accept, move the stage, comment, send you deals')
  expect(mayWords({ ...presets.shared.rows, updates_deals: false })).toBe('Read only')
  expect(mayWords(presets.nothing.rows)).toBe('Nothing yet')
})
