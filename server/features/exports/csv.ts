import { type Cell, plainText } from './cells.ts'
import { harmless } from './formula.ts'

/** Says to every spreadsheet that this is UTF-8. */
export const csvStart = '\ufeff'

function field(cell: Cell): string {
  // A number is a number: its minus begins no formula.
  const text = typeof cell === 'string' ? harmless(cell) : plainText(cell)
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line: commas, quotes where needed, CRLF. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(field).join(',')}\r\n`
