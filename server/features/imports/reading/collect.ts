import { tidyCell } from './cells.ts'
import { Refused } from './decode.ts'

export const mostRows = 50_000
export const mostColumns = 500
export const mostCell = 1_000_000
const mostCells = 4_000_000
const mostRecords = 1_048_576

/** One filled row: its number as a spreadsheet shows it, and its cells, trimmed. */
export type Line = { line: number; cells: string[] }

/** Gathers the rows of any kind of file, within the limits. */
export type Collector = {
  lines: Line[]
  blank: number
  /** Out: whether the row was filled. Throws Refused beyond a limit. */
  add: (line: number, cells: readonly string[]) => boolean
  /** Rows that the file leaves out because nothing stands in them. */
  skip: (rows: number) => void
}

export function collectRows(): Collector {
  let cells_kept = 0
  const kept = new Map<string, string>()
  /** The same words again take no room again; and a piece of the file does not hold on to the whole of it. */
  const keep = (cell: string) => {
    if (cell === '' || cell.length > 40) return cell
    const before = kept.get(cell)
    if (before !== undefined) return before
    if (kept.size < 5000) kept.set(cell, cell)
    return cell
  }
  const rows: Collector = {
    lines: [],
    blank: 0,
    skip(count) {
      rows.blank += count
    },
    add(line, record) {
      if (record.length > mostColumns)
        throw new Refused('too_wide', 'A row has more than 500 columns. Remove the ones that are not needed.', line)
      if (line > mostRecords)
        throw new Refused('too_many_rows', 'This sheet has over a million empty rows. Save only the filled ones.')
      const cells = record.map((cell) => (cell ? keep(tidyCell(cell)) : ''))
      let end = cells.length
      while (end > 0 && !cells[end - 1]) end--
      if (end === 0) {
        rows.blank++
        return false
      }
      cells.length = end
      rows.lines.push({ line, cells })
      cells_kept += end
      if (rows.lines.length > mostRows + 31)
        throw new Refused(
          'too_many_rows',
          'This sheet has more than 50,000 rows. Split it and bring the parts one by one.',
        )
      if (cells_kept > mostCells)
        throw new Refused('too_wide', 'This sheet has over four million cells. Remove the columns that are not needed.')
      return true
    },
  }
  return rows
}
