import { expect, it } from 'vitest'
import { readDeals } from './read.ts'

const members = [{ id: 'm1', name: 'Dana Reyes', email: 'dana@halden.example' }]
const existing = [{ id: 'p1', legal_name: 'Nordlicht GmbH', name_key: 'nordlicht', domain: null, emails: [] }]
const around = { members, existing, currency: 'EUR' }
const sheet = (stages: string[]) =>
  `Customer,Partner,Kind,Stage,Value\n${stages.map((stage, at) => `Customer ${at},Nordlicht GmbH,lead,${stage},1000`).join('\n')}\n`
const stages = [
  { key: 'New', name: 'Fresh' },
  { key: 'legal_review', name: 'Legal review' },
  { key: 'Proposal', name: 'Proposal' },
]
const read = (given: object, cells: string[]) =>
  readDeals(sheet(cells), { ...around, ...given }).rows.map(({ deal }) => [deal?.stage, deal?.outcome])

it('reads the names of the company’s own stages, and the usual words only for stages that it has', () => {
  expect(read({ stages }, ['Legal review', 'fresh', 'Angebot', 'won', 'working'])).toEqual([
    ['legal_review', null],
    ['New', null],
    ['Proposal', null],
    ['Proposal', 'won'],
    ['New', null],
  ])
  expect(read({}, ['working', 'qualified', 'lost'])).toEqual([
    ['Working', null],
    ['Working', null],
    ['Proposal', 'lost'],
  ])
})

it('takes one of them for a word that nobody knows, and no stage that the company has not', () => {
  const said = (value: string) => ({ stages, values: [{ field: 'stage', word: 'On hold', value }] })
  expect(read(said('legal_review'), ['On hold'])).toEqual([['legal_review', null]])
  expect(read(said('Working'), ['On hold'])).toEqual([['New', null]])
})
