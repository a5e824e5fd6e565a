import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSheet } from './read.ts'

const members = [{ id: 'm1', name: 'Dana Whitfield', email: 'dana@us.example' }]
const read = (bytes: Uint8Array) => readSheet(bytes, { members, existing: [] })
const words =
  'Acme Ltd|Reseller|active|a@b.example|a@@b|-- APAC --|Total|2024-01-02|03/04/2024|45454|n/a|"x|x"y|=1+1|=HYPERLINK("a","b")|会社|Müller, Ana|\u0000|\ud800|   |+49 30 555|Company|E-Mail|(old) Acme Ltd|Acme, Inc'.split(
    '|',
  )
const cell = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 30, unit: 'grapheme' }), fc.constant(''))
const quoted = (text: string) => (/[",;\t|\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
/** One line without what cannot be seen, to look for read words in. */
const flat = (text: string) => text.normalize('NFKC').replace(/[\p{Cc}\u200b\u2060\ufeff\s]+/gu, '')
const seen = (text: string) => /[\p{L}\p{N}]/u.test(text)

describe('any file', () => {
  it('never throws on arbitrary text, whole lines of nonsense included', () => {
    const line = fc.array(cell, { maxLength: 8 }).map((cells) => cells.join(','))
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n')),
    )
    fc.assert(
      fc.property(text, (input) => {
        const sheet = read(Buffer.from(input))
        expect(sheet.refused === null || sheet.refused.problem.length > 10).toBe(true)
        expect(JSON.parse(JSON.stringify(sheet))).toEqual(sheet)
      }),
      { numRuns: 400 },
    )
  })

  it('never throws on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { refused, rows } = read(bytes)
        expect(refused === null).toBe(rows.length > 0)
      }),
      { numRuns: 400 },
    )
  })

  it('has every filled line in some state, once, and adds no word that is not there', () => {
    const sheetOf = fc.array(
      fc.array(
        cell.filter((text) => !text.includes('\0') && text.isWellFormed()),
        { minLength: 4, maxLength: 4 },
      ),
      { minLength: 1, maxLength: 25 },
    )
    fc.assert(
      fc.property(sheetOf, fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), (lines, delimiter, end) => {
        const all = [['Company', 'E-Mail', 'Status', 'Notes'], ...lines]
        const sheet = read(Buffer.from(all.map((cells) => cells.map(quoted).join(delimiter)).join(end)))
        expect(sheet.refused).toBe(null)
        const found = sheet.rows.map(({ line }) => line)
        expect(new Set(found).size).toBe(found.length)
        // The heading row may be a later one where the sheet repeats such words; everything else has a row.
        const missing = all.map((_, at) => at + 1).filter((line) => all[line - 1]!.some(seen) && !found.includes(line))
        expect(missing.length).toBe(1)
        const counted = sheet.counts.new + sheet.counts.duplicates + sheet.counts.broken + sheet.counts.dropped
        expect(counted).toBe(sheet.rows.length + sheet.counts.blank)
        for (const { line, state, partner, contacts, problems } of sheet.rows) {
          if (state === 'broken' || state === 'dropped') expect(problems.length).toBeGreaterThan(0)
          const written = flat(all[line - 1]!.join(' '))
          for (const text of [partner?.legal_name, ...contacts.flatMap(({ email, phone }) => [email, phone])]) {
            expect(written).toContain(flat(text ?? ''))
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('files it refuses, with a reason', () => {
  const refusal = (bytes: Uint8Array | string) => read(typeof bytes === 'string' ? Buffer.from(bytes) : bytes).refused
  it('says what is wrong', () => {
    expect(refusal('')?.code).toBe('empty')
    expect(refusal(Buffer.from('89504e470d0a1a0a', 'hex'))?.problem).toBe('This is a picture, not a sheet.')
    expect(refusal(Buffer.from('504b030414000600', 'hex'))?.code).toBe('damaged')
    expect(refusal(Buffer.from('d0cf11e0a1b11ae1', 'hex'))?.problem).toContain('old Excel workbook')
    expect(refusal('Company\nAcme\0 Ltd\n')?.code).toBe('not_text')
    expect(refusal('<!DOCTYPE html><html></html>')?.code).toBe('not_text')
    expect(refusal('Company,Type\nAcme Ltd,"Reseller\nQuay Inc,Agency\n')).toMatchObject({
      code: 'open_quote',
      line: 2,
    })
  })

  it('notices a quotation mark that swallowed the rows up to the next one', () => {
    const rows =
      'Company,Type,Status,Email,Notes\nAcme Ltd,Reseller,active,a@acme.example,"call\nQuay Inc,Agency,active,q@quay.example,\nPier Ltd,Agency,active,p@pier.example,"yes"\n'
    expect(refusal(rows)).toMatchObject({ code: 'open_quote', line: 2 })
  })

  it('keeps to its limits', () => {
    expect(refusal(Buffer.alloc(20 * 1024 * 1024 + 1, 'a'))?.code).toBe('too_large')
    expect(refusal(`Company,Type\n${'Acme Ltd,Reseller\n'.repeat(50_001)}`)?.code).toBe('too_many_rows')
    expect(refusal(`Company,Type\n${','.repeat(500)}\n`)?.code).toBe('too_wide')
    expect(refusal(`Company,Type\n${','.repeat(2_000_000)}\n`)?.code).toBe('row_too_long')
    expect(refusal(`Company,Type\nAcme Ltd,"${'x'.repeat(2_000_000)}"\n`)?.code).toBe('row_too_long')
    expect(refusal(`Company,Type\nAcme Ltd,Reseller\n${',\n'.repeat(60_000)}`)).toBe(null)
  })

  it('takes ten times as long for ten times the rows, up to 50,000', () => {
    const sheetOf = (many: number) => {
      const rows = Array.from(
        { length: many },
        (_, at) =>
          `Firm ${at} Works Ltd,VAR / reseller,Active?,"Silva, Ana",ana@firm${at}.exmaple,+1 415 555 ${at},Luca Lee <l@firm${at}.example>,firm${at}.example,Dana,03/14/2024,hello`,
      )
      return Buffer.from(
        `Partner,Type,Status,Contact,Email,Phone,Other contacts,Website,Owner,Signed,Notes\n${rows.join('\n')}\n`,
      )
    }
    const secondsFor = (many: number) => {
      const bytes = sheetOf(many)
      const started = process.cpuUsage().user
      expect(read(bytes).counts).toMatchObject({ new: many, typos: many })
      return process.cpuUsage().user - started
    }
    secondsFor(5_000)
    const few = secondsFor(5_000)
    expect(secondsFor(50_000) / few).toBeLessThan(30)
  }, 180_000)

  it('takes no longer for hostile cells than for long ones', () => {
    const cells = [
      '@'.repeat(90_000),
      'a@'.repeat(45_000),
      '('.repeat(90_000),
      ', '.repeat(45_000),
      '1 '.repeat(45_000),
      '=HYPERLINK("'.repeat(7_000),
      'a.'.repeat(45_000),
      `${' '.repeat(90_000)}x`,
      '-'.repeat(90_000),
      'S.A.'.repeat(20_000),
    ]
    const started = performance.now()
    for (const cell of cells)
      read(
        Buffer.from(
          `Company,Email,Phone,Website,Other contacts,Contact,Signed,Owner,Type,Status\n${Array(10).fill(quoted(cell)).join(',')}\n`,
        ),
      )
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
