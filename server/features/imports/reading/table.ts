import { collectRows, type Line } from './collect.ts'
import { readCsv } from './csv.ts'
import { Refused, toText } from './decode.ts'
import type { SheetName } from './reading.ts'
import { isWorkbook, readWorkbook } from './xlsx/workbook.ts'

export type Table = { lines: Line[]; blank: number; sheets: SheetName[] }

/**
 * In: the bytes of a CSV or a workbook, or pasted text; for a workbook the sheet to take. Out: its filled rows and how many
 * were blank. Throws Refused with a sentence for the person.
 */
export function readTable(input: Uint8Array | string | Table, sheet?: string): Table {
  if (typeof input === 'object' && 'lines' in input) return input
  const rows = collectRows()
  let sheets: SheetName[] = []
  if (typeof input !== 'string' && isWorkbook(input)) sheets = readWorkbook(input, rows, sheet)
  else readCsv(toText(input), rows)
  if (rows.lines.length === 0) throw new Refused('empty', 'This file has no rows.')
  return { lines: rows.lines, blank: rows.blank, sheets }
}
