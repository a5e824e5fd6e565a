import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nameKey } from '#server/features/partners/identity.ts'
import { readDeals } from '../deals/read.ts'
import { kindOf } from '../kind-of.ts'
import { readSheet } from '../read.ts'
import { readTable } from '../table.ts'

const fixtures = new URL('../../../../../test/fixtures/', import.meta.url)
const file = (name: string) => readFileSync(new URL(name, fixtures))
const members = [
  { id: 'm1', name: 'Dana Whitfield', email: 'dana@us.example' },
  { id: 'm2', name: 'Ira Sandoval', email: 'ira@us.example' },
  { id: 'm3', name: 'Lee Chandra', email: 'lee@us.example' },
]

describe('workbooks that other programs wrote', () => {
  it('gives the same partners as the CSV, row by row', () => {
    const csv = readSheet(file('sheet-a/partners.csv'), { members, existing: [] })
    const workbook = readSheet(file('workbooks/sheet-a-partners.xlsx'), { members, existing: [] })
    expect(workbook.columns.map(({ field, confidence }) => [field, confidence])).toEqual(
      csv.columns.map(({ field, confidence }) => [field, confidence]),
    )
    // Blank rows at the end of a CSV do not exist in a workbook.
    const { blank, dropped, ...counts } = csv.counts
    expect(workbook.counts).toEqual({ ...counts, blank: 0, dropped: dropped - blank })
    expect(workbook.rows.length).toBe(csv.rows.length)
    workbook.rows.forEach((row, at) => {
      expect(row).toEqual(csv.rows[at])
    })
  })

  it('gives the same deals as the CSV: days counted from 1904, currencies that only the format says', () => {
    const existing = readSheet(file('sheet-a/partners.csv'), { members, existing: [] }).rows.flatMap((row) =>
      row.state === 'new'
        ? [
            {
              id: `p${row.line}`,
              legal_name: row.partner!.legal_name,
              name_key: nameKey(row.partner!.legal_name),
              domain: row.partner!.domain,
              emails: [],
            },
          ]
        : [],
    )
    const around = { members, existing, currency: 'EUR' }
    const csv = readDeals(file('sheet-a/deals.csv'), around)
    const workbook = readDeals(file('workbooks/sheet-a-deals.xlsx'), around)
    expect(workbook.sheets).toEqual([
      { name: 'Read me', chosen: false },
      { name: 'Deals', chosen: true },
    ])
    const records = workbook.rows.filter(({ state }) => state !== 'dropped')
    records.forEach(({ deal }, at) => {
      expect(deal).toEqual(csv.rows[at]!.deal)
    })
    expect(records.length).toBe(90)
    expect(kindOf(file('workbooks/sheet-a-deals.xlsx'))).toBe('deals')
  })

  it('reads every kind of cell as a person sees it', () => {
    const { lines, blank, sheets } = readTable(file('workbooks/every-cell.xlsx'))
    expect(lines.map(({ cells }) => cells)).toEqual([
      ['Company', 'Region', 'Text', 'Number', 'Date', 'Formula'],
      ['Alpha GmbH', 'EMEA', 'half bold', '0.3', '2024-05-26', '2'],
      ['Beta AG', 'EMEA', 'TRUE', '12.5%', '2023-12-31', 'Beta site'],
      ['Gamma SARL', 'EMEA', 'line one\nline two & <three>', '4930123456789', '2024-02-29', '#N/A'],
      ['Delta Oy', 'APAC', '18:00', '1234.5 €', '45454', 'https://delta.example/en'],
    ])
    expect(lines.map(({ line }) => line)).toEqual([1, 2, 3, 4, 6])
    expect(blank).toBe(1)
    expect(sheets).toEqual([{ name: 'Cells & more', chosen: true }])
  })

  it('works nothing out: a formula without its value stays a formula, a link gives its words', () => {
    const { lines } = readTable(file('workbooks/written-without-values.xlsx'))
    expect(lines.map(({ cells }) => cells)).toEqual([
      ['Firma', 'Formel', 'Wert', 'Seit'],
      ['Epsilon KG', '=HYPERLINK("https://epsilon.example","epsilon.example")', 'TRUE', '2022-03-01'],
      ['Zeta eG', '=A2&" x"', '1.5', '2022-03-02'],
    ])
  })

  it('takes the sheet that is asked for, and says when there is none of that name', () => {
    const bytes = file('workbooks/sheet-a-deals.xlsx')
    expect(readTable(bytes, 'Read me').lines[0]!.cells).toEqual(['Pipeline export'])
    const refused = (sheet: string) => readSheet(bytes, { members, existing: [], sheet }).refused?.code
    expect(refused('Nothing')).toBe('no_such_sheet')
    expect(refused('Old')).toBe('no_such_sheet')
  })
})
