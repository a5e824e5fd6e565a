import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDeals } from './deals/read.ts'
import { kindOf } from './kind-of.ts'
import { openSheet, readSheet } from './read.ts'

const members = [{ id: 'm1', name: 'Dana Whitfield', email: 'dana@us.example' }]
const types = [
  { key: 'reseller', name: 'Reseller' },
  { key: 'technology', name: 'Technology', archived: true },
  { key: 'msp', name: 'Managed services' },
]
const roles = [
  { key: 'sales', name: 'Sales' },
  { key: 'exec_sponsor', name: 'Exec sponsor' },
]
const custom_fields = [
  { id: 'f1', name: 'Region', kind: 'choice' as const, choices: ['EMEA', 'APAC'] },
  { id: 'f2', name: 'Seats', kind: 'number' as const, choices: [] },
  { id: 'f3', name: 'Certified', kind: 'yes_no' as const, choices: [] },
  { id: 'f4', name: 'Renewal', kind: 'date' as const, choices: [] },
]
const around = { members, existing: [], types, roles, custom_fields }
const sheet = `Company,Type,Status,Region,Seats,Certified,Renewal,Main contact,Title,Role,E-mail
Acme Ltd,Managed services,active,emea,"1,250",yes,31/12/2026,Ana Silva,Head of channel,Sales,ana@acme.example
Quay Inc,MSP gold,weird,Mars,many,perhaps,soon,Tom Reed,CEO,,tom@quay.example
,Tech,active,APAC,,no,,,,,x@pier.example
Acme Limited,MSP gold,weird,,,,,,,,info@acme.example
`

describe('what the person changes about the reading', () => {
  it('reads the types, roles and fields that the company has', () => {
    const { rows, columns } = readSheet(sheet, around)
    expect(columns.map(({ field }) => field)).toEqual(
      'legal_name type status custom:f1 custom:f2 custom:f3 custom:f4 contact_name contact_title contact_role email'.split(
        ' ',
      ),
    )
    expect(rows[0]).toMatchObject({
      state: 'new',
      partner: {
        type: 'msp',
        custom: [
          { id: 'f1', kind: 'choice', value: 'EMEA' },
          { id: 'f2', kind: 'number', value: 1250 },
          { id: 'f3', kind: 'yes_no', value: true },
          { id: 'f4', kind: 'date', value: '2026-12-31' },
        ],
      },
      contacts: [{ name: 'Ana Silva', title: 'Head of channel', role: 'sales' }],
      notes: [],
    })
    expect(rows[1]).toMatchObject({ partner: { type: null, status: 'onboarding', custom: [] } })
    expect(rows[1]!.notes).toEqual([
      'Type: MSP gold',
      'Status: weird',
      'Region: Mars',
      'Seats: many',
      'Certified: perhaps',
      'Renewal: soon',
    ])
    // Archived types are not given to new partners.
    expect(rows[2]!.partner!.type).toBe(null)
  })

  it('tells each unknown word once with its rows, and takes its meaning for all of them', () => {
    const first = readSheet(sheet, around)
    expect(first.unknown.slice(0, 2)).toEqual([
      { field: 'type', word: 'MSP gold', count: 2 },
      { field: 'status', word: 'weird', count: 2 },
    ])
    const { rows, unknown } = readSheet(sheet, {
      ...around,
      values: [
        { field: 'type', word: 'msp GOLD', value: 'msp' },
        { field: 'type', word: 'Tech', value: null },
        { field: 'status', word: 'weird', value: 'archived' },
        { field: 'custom:f1', word: 'mars', value: 'APAC' },
      ],
    })
    expect(unknown).toEqual([])
    expect(rows[1]!.partner).toMatchObject({ type: 'msp', archived: true, custom: [{ id: 'f1', value: 'APAC' }] })
    expect(rows[1]!.notes.some((note) => note.startsWith('Type') || note.startsWith('Status'))).toBe(false)
  })

  it('reads a mended row again and looks for duplicates anew', () => {
    const before = readSheet(sheet, around)
    expect(before.rows.map(({ state }) => state)).toEqual(['new', 'new', 'broken', 'duplicate'])
    const after = readSheet(sheet, {
      ...around,
      edits: [
        { line: 4, index: 0, text: ' QUAY ' },
        { line: 5, index: 0, text: 'Pier GmbH' },
      ],
    })
    expect(after.counts).toMatchObject({ broken: 0 })
    expect(after.rows[2]).toMatchObject({ state: 'duplicate', duplicate_of: { line: 3, why: 'Same name' } })
    expect(after.rows[3]!.partner!.legal_name).toBe('Pier GmbH')
    expect(after.columns).toEqual(before.columns)
  })

  it('walks its rows as often as it is asked', () => {
    const open = openSheet(sheet, around)
    expect([...open.rows]).toEqual([...open.rows])
  })

  it('understands its own words for columns beyond doubt, and takes a formula that was made harmless as what it was', () => {
    const own =
      'Legal name,Type,Status,Tags,Owner,Works via,Main contact,E-mail,Phone,Website,Description,Agreement signed'
    const text = `${own}\n"'=Tide, Ltd",Reseller,Dormant,"north, key",Dana Whitfield,Internal only,Ana Silva,ana@tide.example,'+44 20 5555 0101,https://tide.example,'-10% for the first year,2024-02-29\n`
    const { columns, rows } = readSheet(text, around)
    expect(columns.map(({ field, confidence }) => `${field} ${confidence}`)).toEqual(
      'legal_name type status tags owner works_via contact_name email phone website description agreement_signed'
        .split(' ')
        .map((field) => `${field} sure`),
    )
    expect(rows[0]).toMatchObject({
      state: 'new',
      partner: {
        legal_name: '=Tide, Ltd',
        type: 'reseller',
        status: 'dormant',
        tags: ['north', 'key'],
        owner_id: 'm1',
        works_via: 'internal',
        phone: '+44 20 5555 0101',
        website: 'https://tide.example',
        description: '-10% for the first year',
        agreement_signed: '2024-02-29',
      },
      contacts: [{ name: 'Ana Silva', email: 'ana@tide.example' }],
      notes: [],
    })
    expect(kindOf(text)).toBe('partners')
  })
})

describe('any text as deals', () => {
  const words =
    'Acme Ltd|co-sell|us|them|proposal|won|USD 1,200|~3k|1-2k|31/12/2026|46437|n/a|"x|=1+1|会社|-- APAC --|Total|Customer|Value|Partner||12/13/2026|€'.split(
      '|',
    )
  it('never throws, and has every filled line once', () => {
    const cell = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 20, unit: 'grapheme' }))
    const lines = fc.array(
      fc.array(cell, { maxLength: 7 }).map((cells) => cells.join(',')),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(lines, fc.boolean(), (all, headed) => {
        const text = [...(headed ? ['Customer,Partner,Kind,Who brought it,Stage,Value,Close'] : []), ...all].join('\n')
        const deals = readDeals(text, { members, existing: [], currency: 'EUR' })
        expect(deals.refused === null || deals.refused.problem.length > 10).toBe(true)
        expect(JSON.parse(JSON.stringify(deals))).toEqual(deals)
        expect(new Set(deals.rows.map(({ line }) => line)).size).toBe(deals.rows.length)
        for (const { deal, state } of deals.rows) {
          if (state === 'new' || state === 'parked')
            expect(deal!.customer_company && deal!.kind && deal!.ask).toBeTruthy()
          if (deal) expect(deal.value_minor === null || Number.isSafeInteger(deal.value_minor)).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('takes no longer for hostile cells than for long ones', () => {
    const cells = [
      '1 '.repeat(40_000),
      '1,'.repeat(40_000),
      '~'.repeat(80_000),
      'USD '.repeat(20_000),
      '1-'.repeat(40_000),
      ' k€'.repeat(30_000),
    ]
    const started = performance.now()
    for (const cell of cells)
      readDeals(`Customer,Partner,Kind,Source,Stage,Value,Close\n${Array(7).fill(`"${cell}"`).join(',')}\n`, {
        members,
        existing: [],
        currency: 'EUR',
      })
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
