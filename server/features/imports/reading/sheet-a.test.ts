import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readSheet } from './read.ts'
import type { CheckedRow } from './rows.ts'

const folder = new URL('../../../../test/fixtures/sheet-a/', import.meta.url)
const bytes = readFileSync(new URL('partners.csv', folder))
type Expected = {
  partners: {
    legal_name: string
    type: string
    status: string
    email: string
    email_suggested: string | null
    phone: string | null
    domain: string | null
    extra_contacts: string[]
    owner: string
    agreement_signed: string | null
    contact: string
  }[]
  duplicates: { row: string; of: string }[]
  email_typos: { shown: string; meant: string }[]
  extra_contacts: number
  broken_rows: string[]
  section_or_blank_rows: number
}
const expected: Expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'))

const members = [
  { id: 'm1', name: 'Dana Whitfield', email: 'dana@us.example' },
  { id: 'm2', name: 'Ira Sandoval', email: 'ira@us.example' },
  { id: 'm3', name: 'Lee Chandra', email: 'lee@us.example' },
]
const sheet = readSheet(bytes, { members, existing: [] })
const inState = (state: CheckedRow['state']) => sheet.rows.filter((row) => row.state === state)

function asExpected({ partner, contacts }: CheckedRow) {
  const main = contacts.find(({ is_main }) => is_main)
  return {
    legal_name: partner!.legal_name,
    type: partner!.type,
    status: partner!.archived ? 'archived' : partner!.status,
    email: main?.email,
    email_suggested: main?.email_suggested,
    phone: partner!.phone,
    domain: partner!.domain,
    extra_contacts: contacts.filter(({ is_main }) => !is_main).map(({ email }) => email),
    owner: members.find(({ id }) => id === partner!.owner_id)?.email,
    agreement_signed: partner!.agreement_signed,
    contact: main?.name,
  }
}
const byName = (a: { legal_name: string }, b: { legal_name: string }) => (a.legal_name < b.legal_name ? -1 : 1)

describe('sheet-a', () => {
  it('reads every partner field by field, and no partner more', () => {
    const read = inState('new').map(asExpected).sort(byName)
    const wanted = [...expected.partners].sort(byName)
    expect(read.length).toBe(wanted.length)
    wanted.forEach((partner, at) => {
      expect(read[at]).toEqual(partner)
    })
    expect(inState('new').every(({ decision }) => decision === 'import')).toBe(true)
  })

  it('points each duplicate to the row it repeats and skips it by default', () => {
    const named = (rows: { row: string; of: string }[]) => rows.map(({ row, of }) => `${row} -> ${of}`).sort()
    const found = inState('duplicate').map((row) => ({
      row: row.partner!.legal_name,
      of: row.duplicate_of!.legal_name,
    }))
    expect(named(found)).toEqual(named(expected.duplicates))
    for (const row of inState('duplicate')) {
      expect(row.decision).toBe('skip')
      const kept = sheet.rows.find(({ line }) => line === row.duplicate_of!.line)
      expect(kept?.partner?.legal_name).toBe(row.duplicate_of!.legal_name)
      expect(kept?.state).toBe('new')
    }
  })

  it('finds the mistyped addresses and changes none by itself', () => {
    const shown = sheet.rows.flatMap(({ contacts }) => contacts).filter(({ email_suggested }) => email_suggested)
    const pairs = shown.map(({ email, email_suggested }) => ({ shown: email, meant: email_suggested }))
    const order = (a: { shown: string | null }, b: { shown: string | null }) =>
      String(a.shown) < String(b.shown) ? -1 : 1
    expect(pairs.sort(order)).toEqual([...expected.email_typos].sort(order))
    expect(sheet.counts.typos).toBe(expected.email_typos.length)
  })

  it('lists the broken rows with reasons', () => {
    const broken = inState('broken')
    expect(broken.map((row) => row.partner!.legal_name || row.contacts[0]?.email).sort()).toEqual(
      [...expected.broken_rows].sort(),
    )
    expect(broken.map(({ problems }) => problems[0]?.problem).sort()).toEqual([
      'The company name is missing.',
      'This is not an e-mail address.',
    ])
    expect(broken.flatMap(({ problems }) => problems).find(({ field }) => field === 'email')?.suggestion).toBe(
      'pat@broken.example',
    )
  })

  it('drops sections and blank rows and loses no other', () => {
    expect(sheet.counts.dropped).toBe(expected.section_or_blank_rows)
    expect(inState('dropped').map(({ problems }) => problems[0]?.value)).toEqual([
      '-- APAC --',
      '-- APAC --',
      '-- AMER --',
    ])
    const filled = sheet.counts.new + sheet.counts.duplicates + sheet.counts.broken
    expect(filled + inState('dropped').length).toBe(sheet.rows.length)
    expect(new Set(sheet.rows.map(({ line }) => line)).size).toBe(sheet.rows.length)
  })

  it('counts the extra contacts and keeps every note', () => {
    const extra = inState('new').flatMap(({ contacts }) => contacts.filter(({ is_main }) => !is_main))
    expect(extra.length).toBe(expected.extra_contacts)
    expect(extra.every(({ name, email }) => name !== email)).toBe(true)
    expect(extra.filter(({ title }) => title).every(({ title }) => title === 'tech')).toBe(true)
    const text = bytes.toString('utf8')
    for (const note of ['line one\nline two', '+49 call back', 'see email thread', '10% first year, then 5']) {
      const kept = sheet.rows.filter(({ notes }) => notes.includes(note)).length
      expect(kept).toBe(text.split(note).length - 1)
    }
    const links = sheet.rows.filter(({ notes }) => notes.includes('=HYPERLINK("http://x.example","open")'))
    expect(links.length).toBe(text.split('=HYPERLINK(').length - 1)
  })

  it('is sure of its columns and leaves region and last touch alone', () => {
    expect(
      Object.fromEntries(sheet.columns.map(({ heading, field, confidence }) => [heading, [field, confidence]])),
    ).toEqual({
      'Partner Name': ['legal_name', 'sure'],
      Type: ['type', 'sure'],
      Status: ['status', 'sure'],
      Region: [null, 'skip'],
      'Main contact': ['contact_name', 'sure'],
      Email: ['email', 'sure'],
      Phone: ['phone', 'sure'],
      'Other contacts': ['other_contacts', 'sure'],
      Website: ['website', 'sure'],
      'Our owner': ['owner', 'sure'],
      'Agreement signed': ['agreement_signed', 'sure'],
      'Last touch': [null, 'skip'],
      Notes: ['notes', 'sure'],
    })
  })

  it('survives the way to the browser and back', () => {
    expect(JSON.parse(JSON.stringify(sheet))).toEqual(sheet)
  })
})
