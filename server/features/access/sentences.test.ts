import { expect, test } from 'vitest'
import { difference } from './difference.ts'
import type { Seen, SeenDeal } from './eyes.ts'
import { listNames, tell } from './sentences.ts'

const deal = (id: string, more: Partial<SeenDeal> = {}): SeenDeal => ({
  id,
  customer_company: `Customer ${id}`,
  stage: 'New',
  value_minor: null,
  currency: null,
  value_shown: false,
  customer_contact_name: null,
  customer_contact_email: null,
  customer_contact_phone: null,
  customer_contact_shown: false,
  ...more,
})
const seen = (more: Partial<Seen> = {}): Seen => ({
  deals: [],
  notes: [],
  files: [],
  may: { update: false, send: false },
  ...more,
})
const team = { gains: [], loses: [] }
const told = { partner: 'Acme', team, people: 2, anyone_in: true }

test('a value that appears is a value, not a deal', () => {
  const change = difference(['Ana'], seen({ deals: [deal('1')] }), seen({ deals: [deal('1', { value_minor: 100 })] }))
  expect(change.appears.map(({ thing }) => thing)).toEqual([{ what: 'deal', label: 'Customer 1', field: 'value' }])
  expect(change.disappears).toEqual([])
})

test('a deal without a value shows no value, whatever the permission says', () => {
  const after = seen({ deals: [deal('1', { value_shown: true, customer_contact_shown: true })] })
  expect(difference(['Ana'], seen({ deals: [deal('1')] }), after).appears).toEqual([])
})

test('what several people see is counted once', () => {
  const with_note = seen({ notes: [{ id: 'n', body: 'Hello\nthere' }] })
  const changes = [difference(['Ana', 'Cem'], seen(), with_note), difference(['Ben'], seen(), with_note)]
  expect(changes[0]?.appears[0]?.thing.label).toBe('Hello')
  expect(tell({ ...told, changes })).toEqual(['Acme will now see 1 note.', 'Ana, Cem and Ben are affected.'])
})

test('files are counted beside notes', () => {
  const files = ['one', 'two', 'three'].map((name) => ({ id: name, name: `${name}.pdf` }))
  const changes = [difference(['Ana'], seen(), seen({ files, notes: [{ id: 'n', body: 'Hello' }] }))]
  expect(tell({ ...told, changes }).slice(0, 2)).toEqual(['Acme will now see 1 note.', 'Acme will now see 3 files.'])
  const gone = difference(['Ana'], seen({ files }), seen({ files: files.slice(1) }))
  expect(gone.disappears.map(({ thing }) => thing)).toEqual([{ what: 'file', label: 'one.pdf', field: null }])
})

test('what they may do is said too, and that nobody is in yet', () => {
  const changes = [
    difference(['Ana'], seen({ may: { update: true, send: false } }), seen({ may: { update: false, send: true } })),
  ]
  expect(tell({ ...told, changes, anyone_in: false })).toEqual([
    'Acme will now be able to send you deals.',
    'Acme will no longer be able to update deals.',
    'Ana is affected.',
    'Nobody at Acme can get in yet. This is what they would see.',
  ])
})

test('nothing is said to change when nothing does, and an empty partner is called one', () => {
  expect(tell({ ...told, changes: [] })).toEqual(['Nothing changes for anyone at Acme.'])
  expect(tell({ ...told, changes: [], people: 0, team: { gains: ['Lee'], loses: ['Ira'] } })).toEqual([
    'There is nobody at Acme who could see anything. Add a contact first.',
    'Lee will now see this partner.',
    'Ira will no longer see this partner.',
  ])
})

test('long lists of names are cut', () => {
  expect(listNames(['A'])).toBe('A')
  expect(listNames(['A', 'B', 'C', 'D'])).toBe('A, B, C and D')
  expect(listNames(['A', 'B', 'C', 'D', 'E', 'F'])).toBe('A, B, C and 3 others')
})
