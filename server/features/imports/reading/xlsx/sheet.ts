import type { Collector, Line } from '../collect.ts'
import { mostColumns } from '../collect.ts'
import { Refused } from '../decode.ts'
import { type Format, showNumber } from './formats.ts'
import { attribute, unescapeXml, type Walker } from './xml.ts'

export type Surrounding = { strings: readonly string[]; formatOf: (style: number) => Format; from1904: boolean }
// What a spreadsheet holds in one cell at most, several times over.
const longestCell = 200_000
type Merge = { column: number; from: number; to: number }

/** _x000D_ stands for a character that XML cannot hold. */
export const plainText = (text: string) =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

/** "AB12" is column 27; -1 where there is no letter. */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length && at < 4; at++) {
    const code = reference.charCodeAt(at) & 0xdf
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}

/**
 * The cells of one sheet, as they are met. Values that formulas had when the sheet was saved count; nothing is worked out.
 * In: where the rows go, the workbook's strings and formats. Out: the walker, and what to do at the end.
 */
export function sheetWalker(rows: Collector, { strings, formatOf, from1904 }: Surrounding) {
  const merges: Merge[] = []
  let line = 0
  let cells: string[] = []
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let formula = ''
  let inside: 'v' | 'f' | 't' | null = null
  let spoken = 0

  function cell(): string {
    if (value === '' && type !== 'inlineStr') return formula ? `=${unescapeXml(formula)}` : ''
    switch (type) {
      case 's':
        return strings[Number(value)] ?? ''
      case 'b':
        return value.trim() === '1' ? 'TRUE' : 'FALSE'
      case 'e':
        return value
      case 'd':
        return value.slice(0, 10)
      case 'str':
      case 'inlineStr':
        return plainText(unescapeXml(value))
      default:
        return value.trim() === '' ? '' : showNumber(value, formatOf(style), from1904)
    }
  }

  const walker: Walker = {
    open(name, attributes) {
      switch (name) {
        case 'row': {
          const said = Number(attribute(attributes, 'r'))
          const next = Number.isInteger(said) && said > line ? said : line + 1
          if (next > line + 1) rows.skip(Math.min(next - line - 1, 1_048_576))
          line = next
          cells = []
          column = -1
          return
        }
        case 'c': {
          const said = columnOf(attribute(attributes, 'r') ?? '')
          column = said >= 0 ? said : column + 1
          if (column >= mostColumns + 1) column = mostColumns
          type = attribute(attributes, 't') ?? 'n'
          style = Number(attribute(attributes, 's') ?? 0)
          value = ''
          formula = ''
          return
        }
        case 'v':
          inside = 'v'
          return
        case 'f':
          inside = 'f'
          return
        case 't':
          inside = spoken > 0 ? null : 't'
          return
        case 'rPh':
          spoken++
          return
        case 'mergeCell':
          merge(attribute(attributes, 'ref') ?? '')
      }
    },
    text(text) {
      if (inside === 'f') formula = (formula + text).slice(0, 2000)
      else if (inside) {
        value += text
        if (value.length > longestCell)
          throw new Refused('row_too_long', 'One cell is far too long. Shorten it and save the workbook again.', line)
      }
    },
    close(name) {
      if (name === 'v' || name === 'f' || name === 't') inside = null
      else if (name === 'rPh') spoken--
      else if (name === 'c') {
        const text = cell()
        if (!text) return
        if (column >= mostColumns)
          throw new Refused('too_wide', 'A row has more than 500 columns. Remove the ones that are not needed.', line)
        while (cells.length < column) cells.push('')
        cells[column] = text
      } else if (name === 'row') rows.add(line, cells)
    },
  }
  return { walker, finish: () => fillDown(rows.lines, merges), line: () => line }

  function merge(reference: string): void {
    const found = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(reference)
    // One that goes across is a title; one that goes down says the same of each row.
    if (!found || found[1] !== found[3] || merges.length >= 20_000) return
    merges.push({ column: columnOf(found[1]!), from: Number(found[2]), to: Number(found[4]) })
  }
}

function fillDown(lines: readonly Line[], merges: readonly Merge[]): void {
  if (merges.length === 0) return
  const placed = new Map(lines.map(({ line }, at) => [line, at]))
  let filled = 0
  for (const { column, from, to } of merges) {
    const first = placed.get(from)
    const text = first === undefined ? '' : lines[first]!.cells[column]
    if (first === undefined || !text) continue
    for (let at = first + 1; at < lines.length && lines[at]!.line <= to && filled < 500_000; at++, filled++) {
      const { cells } = lines[at]!
      while (cells.length < column) cells.push('')
      cells[column] ||= text
    }
  }
}
