import { CsvError, parse } from 'csv-parse/sync'
import { tidy } from './cells.ts'
import { Refused, toText } from './decode.ts'
import { guessDelimiter } from './delimiter.ts'

export const mostRows = 50_000
export const mostColumns = 500
const mostRecords = 1_048_576
const openQuote = 'A quotation mark is opened and not closed. Close it or take it out.'
const tooLong = 'One row is far too long. Often a quotation mark before it is not closed.'
const mostCell = 1_000_000

/** One filled row: its number as a spreadsheet shows it, and its cells, trimmed. */
export type Line = { line: number; cells: string[] }
export type Table = { lines: Line[]; blank: number }

/** A quotation mark left open swallows the rows after it: then a cell holds lines that look like whole rows. */
function swallowsRows(cell: string, delimiter: string, width: number): boolean {
  if (width < 3 || !cell.includes('\n')) return false
  const whole = cell.split('\n').filter((line) => line.split(delimiter).length >= width)
  return whole.length >= (width >= 5 ? 1 : 2)
}

function explain(error: unknown): Refused {
  if (error instanceof Refused) return error
  if (!(error instanceof CsvError)) throw error
  const line = typeof error.records === 'number' ? error.records + 1 : null
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new Refused('open_quote', openQuote, line)
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new Refused('row_too_long', tooLong, line)
  }
  return new Refused('unreadable', 'This file cannot be read as a CSV. Save it as CSV again and retry.', line)
}

/** The parser counts text, not cells: a line of nothing but delimiters has to be stopped before it. */
function longestLine(text: string): number {
  let longest = 0
  let start = 0
  for (let at = 0; at <= text.length; at++) {
    const code = at === text.length ? 10 : text.charCodeAt(at)
    if (code !== 10 && code !== 13) continue
    longest = Math.max(longest, at - start)
    start = at + 1
  }
  return longest
}

/** In: the bytes of a CSV. Out: its filled rows and how many were blank. Throws Refused with a sentence for the person. */
export function readTable(bytes: Uint8Array): Table {
  const whole = toText(bytes).text
  // Excel's own first line, which it never shows.
  const told = /^\uFEFF?sep=([,;|\t])[,;|\t]*\r?\n/i.exec(whole.slice(0, 40))
  const text = told ? whole.slice(told[0].length) : whole
  if (longestLine(text) > mostCell) throw new Refused('row_too_long', tooLong)
  const delimiter = told?.[1] ?? guessDelimiter(text)
  const lines: Line[] = []
  let seen = 0
  let blank = 0
  try {
    parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: false,
      max_record_size: mostCell,
      on_record: (record: string[]) => {
        seen++
        if (record.length > mostColumns)
          throw new Refused('too_wide', 'A row has more than 500 columns. Remove the ones that are not needed.', seen)
        const cells = record.map(tidy)
        if (cells.some((cell) => swallowsRows(cell, delimiter, lines[0]?.cells.length ?? 0)))
          throw new Refused('open_quote', openQuote, seen)
        if (cells.every((cell) => !cell)) blank++
        else lines.push({ line: seen, cells })
        if (lines.length > mostRows + 1)
          throw new Refused(
            'too_many_rows',
            'This sheet has more than 50,000 rows. Split it and bring the parts one by one.',
          )
        if (seen > mostRecords)
          throw new Refused('too_many_rows', 'This sheet has over a million empty rows. Save only the filled ones.')
        return null
      },
    })
  } catch (error) {
    throw explain(error)
  }
  if (lines.length === 0) throw new Refused('empty', 'This file has no rows.')
  return { lines, blank }
}
