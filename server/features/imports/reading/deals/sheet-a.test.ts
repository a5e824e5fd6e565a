import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nameKey } from '#server/features/partners/identity.ts'
import { kindOf } from '../kind-of.ts'
import { minorDigits } from '../money.ts'
import { readSheet } from '../read.ts'
import { readDeals } from './read.ts'

const folder = new URL('../../../../../test/fixtures/sheet-a/', import.meta.url)
const bytes = readFileSync(new URL('deals.csv', folder))
type ExpectedDeal = {
  customer: string
  domain: string
  partner: string | null
  kind: string
  direction: string
  stage_text: string
  outcome: string | null
  value: number
  currency: string | null
  expected_close: string
  our_owner: string
  their_owner: string
}
const expected: { deals: ExpectedDeal[] } = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'))

const members = [
  { id: 'm1', name: 'Dana Whitfield', email: 'dana@us.example' },
  { id: 'm2', name: 'Ira Sandoval', email: 'ira@us.example' },
  { id: 'm3', name: 'Lee Chandra', email: 'lee@us.example' },
]
/** The partners as the other sheet brings them. */
const partners = readSheet(readFileSync(new URL('partners.csv', folder)), { members, existing: [] }).rows.filter(
  ({ state }) => state === 'new',
)
const existing = partners.map(({ partner, line }) => ({
  id: `p${line}`,
  legal_name: partner!.legal_name,
  name_key: nameKey(partner!.legal_name),
  domain: partner!.domain,
  emails: [],
}))
const contacts = partners.flatMap(({ line, contacts }) =>
  contacts.map(({ name, email }, at) => ({ id: `c${line}.${at}`, partner_id: `p${line}`, name, email })),
)
const sheet = readDeals(bytes, { members, existing, contacts, currency: 'EUR' })

describe('the deals of sheet-a', () => {
  it('reads every row, field by field', () => {
    const read = sheet.rows.map(({ deal }): ExpectedDeal => {
      const partner = existing.find(({ id }) => id === deal!.partner_id)
      return {
        customer: deal!.customer_company,
        domain: deal!.customer_domain!,
        partner: partner?.legal_name ?? null,
        kind: deal!.kind!,
        direction: deal!.direction,
        stage_text: deal!.stage_text!,
        outcome: deal!.outcome,
        value: deal!.value_minor! / 10 ** minorDigits(deal!.currency!),
        currency: deal!.currency_written,
        expected_close: deal!.expected_close!,
        our_owner: members.find(({ id }) => id === deal!.our_owner_id)!.email,
        their_owner: deal!.their_owner_name!,
      }
    })
    expect(read.length).toBe(expected.deals.length)
    expected.deals.forEach((deal, at) => {
      expect(read[at]).toEqual(deal)
    })
  })

  it('parks those of a partner nobody knows, and none else', () => {
    const unknown = expected.deals.filter(({ partner }) => partner === null).length
    expect(sheet.counts).toMatchObject({ parked: unknown, new: 90 - unknown, broken: 0, duplicates: 0, will_add: 90 })
    const parked = sheet.rows.filter(({ state }) => state === 'parked')
    expect(new Set(parked.map(({ deal }) => deal!.partner_name))).toEqual(new Set(['Nobody We Know Inc']))
    expect(parked.every(({ decision, deal }) => decision === 'import' && deal!.candidates.length === 0)).toBe(true)
    expect(sheet.unknown).toEqual([{ field: 'partner', word: 'Nobody We Know Inc', count: unknown }])
  })

  it('places them all once the person says who that is', () => {
    const values = [{ field: 'partner', word: 'nobody we know, inc.', value: 'p2' }]
    const told = readDeals(bytes, { members, existing, contacts, currency: 'EUR', values })
    expect(told.counts).toMatchObject({ new: 90, parked: 0 })
    expect(told.unknown).toEqual([])
  })

  it('has no value in another currency than it says, and the rest in ours', () => {
    for (const { deal } of sheet.rows) expect(deal!.currency).toBe(deal!.currency_written ?? 'EUR')
  })

  it('keeps the update as a note of the team, and asks in the words of the kind', () => {
    const waiting = bytes.toString('utf8').split('waiting on legal').length - 1
    expect(sheet.rows.filter(({ notes }) => notes.includes('waiting on legal')).length).toBe(waiting)
    expect(sheet.rows.every(({ deal }) => !deal!.ask.includes('waiting'))).toBe(true)
    expect(sheet.rows[0]!.deal).toMatchObject({ ask: 'Sell to Orchard Foods together.', ask_written: false })
    expect(sheet.rows[0]!.notes).toContain('Stage: proposal'.replace('Stage: proposal', 'waiting on legal'))
  })

  it('finds the same person at the partner where there is one', () => {
    const known = sheet.rows.filter(({ deal }) => deal!.their_owner_id !== null)
    for (const { deal } of known)
      expect(contacts.find(({ id }) => id === deal!.their_owner_id)).toMatchObject({
        partner_id: deal!.partner_id,
        name: deal!.their_owner_name,
      })
    expect(known.length).toBe(sheet.counts.new)
  })

  it('is sure of its columns and knows a list of deals from one of partners', () => {
    expect(sheet.columns.map(({ field, confidence }) => `${field} ${confidence}`)).toEqual(
      'customer_company customer_domain partner kind direction stage value expected_close our_owner their_owner notes'
        .split(' ')
        .map((field) => `${field} sure`),
    )
    expect(kindOf(bytes)).toBe('deals')
    expect(kindOf(readFileSync(new URL('partners.csv', folder)))).toBe('partners')
  })

  it('points out a deal that is there already, and the same deal again in the sheet', () => {
    const [first] = sheet.rows.filter(({ state }) => state === 'new')
    const { partner_id, customer_company, customer_domain, kind } = first!.deal!
    const deal = { id: 'd1', ref: 'D-1', partner_id: partner_id!, customer_company, customer_domain, kind: kind! }
    const twice = Buffer.concat([bytes, Buffer.from(`${bytes.toString('utf8').split('\n')[3]}\n`)])
    const again = readDeals(twice, { members, existing, contacts, currency: 'EUR', existing_deals: [deal] })
    expect(
      again.rows.filter(({ state }) => state === 'duplicate').map(({ line, duplicate_of }) => [line, duplicate_of]),
    ).toEqual([
      [first!.line, expect.objectContaining({ deal_id: 'd1', ref: 'D-1', line: null })],
      [92, expect.objectContaining({ line: 4, deal_id: null })],
    ])
  })

  it('survives the way to the browser and back', () => {
    expect(JSON.parse(JSON.stringify(sheet))).toEqual(sheet)
  })
})
