import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLine } from './csv.ts'
import { asTyped, harmless } from './formula.ts'

const starts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']
const spiced = fc.string({
  unit: fc.constantFrom(...starts, "'", '"', ' ', ';', ',', 'a', '1', '(', 'ü'),
  maxLength: 12,
})
/** What a spreadsheet would run, said anew: a sign first, after any blanks and quotes, in a cell or in what some take for one. */
const runs = (cell: string) => cell.split(/[;\t\r\n]/).some((part) => /^[ "]*[=+\-@＝＋－＠]/.test(part))

describe('Text that no spreadsheet runs', () => {
  test.each(starts)('begins with an apostrophe where it began with %j', (start) => {
    expect(harmless(`${start}1+1`)).toBe(`'${start}1+1`)
  })
  test.each(['=HYPERLINK("http://x")', '+49 30 1234', ' =1', '"=1', 'a;=1', 'a\n-b', '\t=1'])(
    'holds no formula: %j',
    (text) => {
      expect(runs(text)).toBe(true)
      expect(runs(harmless(text))).toBe(false)
    },
  )
  test.each(['Acme - Nord', 'a+b', 'ana@acme.example', "O'Hara", "'tis", '2026-11-23'])(
    'stays as it is: %s',
    (text) => {
      expect(harmless(text)).toBe(text)
    },
  )
  test('comes back as it was typed, whatever it was', () => {
    fc.assert(
      fc.property(fc.oneof(spiced, fc.string({ unit: 'grapheme' })), (text) => {
        expect(asTyped(harmless(text))).toBe(text)
        expect(runs(harmless(text))).toBe(false)
      }),
      { numRuns: 5000 },
    )
  })
})

test('A line of CSV says exactly what its cells said', () => {
  fc.assert(
    fc.property(fc.array(spiced, { minLength: 2, maxLength: 5 }), (cells) => {
      const [read = []] = parse(csvLine(cells), { record_delimiter: '\r\n' })
      expect(read.map(asTyped)).toEqual(cells)
    }),
    { numRuns: 2000 },
  )
})
