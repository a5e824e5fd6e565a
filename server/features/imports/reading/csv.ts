import { CsvError, parse } from 'csv-parse/sync'
import { type Collector, mostCell, mostColumns } from './collect.ts'
import { Refused } from './decode.ts'
import { guessDelimiter } from './delimiter.ts'

const openQuote = 'A quotation mark is opened and not closed. Close it or take it out.'
const tooLong = 'One row is far too long. Often a quotation mark before it is not closed.'

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

/** In: the text of a CSV, and where its rows go. Throws Refused with a sentence for the person. */
export function readCsv(whole: string, rows: Collector): void {
  // Excel's own first line, which it never shows.
  const told = /^\uFEFF?sep=([,;|\t])[,;|\t]*\r?\n/i.exec(whole.slice(0, 40))
  const text = told ? whole.slice(told[0].length) : whole
  if (longestLine(text) > mostCell) throw new Refused('row_too_long', tooLong)
  const delimiter = told?.[1] ?? guessDelimiter(text)
  let width = 0
  let seen = 0
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
        if (record.some((cell) => cell.includes('\n') && swallowsRows(cell, delimiter, width)))
          throw new Refused('open_quote', openQuote, seen)
        if (rows.add(seen, record) && !width) width = Math.min(record.length, mostColumns)
        return null
      },
    })
  } catch (error) {
    throw explain(error)
  }
}
