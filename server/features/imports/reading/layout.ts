import { fold } from '#server/features/partners/spelling.ts'
import { saysNothing, tidyCell } from './cells.ts'
import { type Line, mostRows } from './collect.ts'
import type { Column } from './columns.ts'
import { Refused } from './decode.ts'
import { findHeadingRow, type Guide, guessColumns, isData } from './headings.ts'
import type { Changes } from './reading.ts'
import { whyNoPartner } from './sections.ts'
import type { Table } from './table.ts'

/** A table cut into what stands above the headings and what stands below, each column with its field. */
export type Layout<Field extends string> = {
  columns: Column<Field>[]
  places: Map<Field, Column<Field>[]>
  above: Line[]
  below: Line[]
  /** Why a row is no record, or null. */
  whyDropped: (line: Line) => string | null
  /** What stands right of the last column. */
  stray: (line: Line) => string
  /** The cells of all columns of one field, from top to bottom. */
  cellsOf: (field: Field) => string[]
}

const filledIn = (cells: readonly string[]) => cells.reduce((filled, cell) => (cell ? filled + 1 : filled), 0)

/** Cells right of the last heading: a column of its own where many rows fill it, a stray comma where few do. */
function widthOf(headings: readonly string[] | null, below: readonly Line[]): number {
  const widest = below.reduce((most, { cells }) => Math.max(most, cells.length), headings?.length ?? 0)
  if (!headings) return widest
  let width = headings.length
  while (width > 0 && !headings[width - 1]) width--
  for (let index = widest - 1; index >= width; index--) {
    const filled = below.filter(({ cells }) => cells[index]).length
    if (filled > Math.max(2, below.length * 0.2)) return index + 1
  }
  return width
}

/** Values that stand in other columns than the name: a row of nothing but one of them is a section. */
function valuesBeside(lines: readonly Line[], nameAt: ReadonlySet<number>): Set<string> {
  const values = new Set<string>()
  for (const { cells } of lines) {
    if (values.size >= 20_000) break
    if (filledIn(cells) < 2) continue
    for (let index = 0; index < cells.length; index++) {
      const cell = cells[index]!
      if (cell && cell.length <= 30 && !nameAt.has(index)) values.add(cell)
    }
  }
  return new Set([...values].map(fold))
}

function edited(lines: readonly Line[], edits: Changes<string>['edits']): readonly Line[] {
  if (!edits?.length) return lines
  const byLine = new Map<number, { index: number; text: string }[]>()
  for (const { line, ...edit } of edits) byLine.set(line, [...(byLine.get(line) ?? []), edit])
  return lines.map((line) => {
    const changes = byLine.get(line.line)
    if (!changes) return line
    const cells = [...line.cells]
    for (const { index, text } of changes) {
      while (cells.length < index) cells.push('')
      cells[index] = tidyCell(text)
    }
    return { line: line.line, cells }
  })
}

/** In: a table, what is known of its kind of sheet, what the person changed. Throws Refused for too many rows. */
export function layOut<Field extends string>(
  table: Table,
  guide: Guide<Field>,
  { mapping, edits }: Changes<Field>,
): Layout<Field> {
  const { lines } = table
  const at = findHeadingRow(lines, guide)
  const headings = at === null ? null : lines[at]!.cells
  const under = at === null ? lines : lines.slice(at + 1)
  if (under.length > mostRows)
    throw new Refused('too_many_rows', 'This sheet has more than 50,000 rows. Split it and bring the parts one by one.')
  const width = widthOf(headings, under)
  // Guessed from the sheet as it came, so that mending one cell never moves a column.
  const columns = guessColumns(headings ?? [], under, width, guide)
  mapping?.forEach((field, index) => {
    const column = columns[index]
    if (column && field !== undefined && field !== column.field)
      Object.assign(column, { field, confidence: field ? 'sure' : 'skip' })
  })
  const below = [...edited(under, edits)]
  const places = new Map<Field, Column<Field>[]>()
  for (const column of columns)
    if (column.field) places.set(column.field, [...(places.get(column.field) ?? []), column])
  const mapped = columns.filter(({ field }) => field)
  const nameAt = new Set((places.get(guide.name) ?? []).map(({ index }) => index))
  const beside = valuesBeside(under, nameAt)

  return {
    columns,
    places,
    above: at === null ? [] : lines.slice(0, at),
    below,
    cellsOf: (field) => (places.get(field) ?? []).flatMap(({ index }) => under.map(({ cells }) => cells[index] ?? '')),
    stray: ({ cells }) => (cells.length > width ? cells.slice(width).filter(Boolean).join(' | ') : ''),
    whyDropped({ cells }) {
      const filled = filledIn(cells)
      if (headings && filled > 1 && cells.every((cell, index) => cell === (headings[index] ?? '')))
        return 'The headings again'
      if (filled === 1 && width > 1) {
        const first = cells.find(Boolean) ?? ''
        const why = whyNoPartner(first, beside.has(fold(first)))
        if (why) return why
        // A word alone, and not where the names are, heads the rows under it.
        if (headings && width > 2 && !nameAt.has(cells.indexOf(first)) && first.length <= 40 && !isData(first))
          return 'A section heading'
      }
      if (filled === 2) {
        const [first, second] = cells.filter(Boolean) as [string, string]
        if (/^[\d.,\s]+$/.test(second) && whyNoPartner(first, false) === 'A total') return 'A total'
      }
      if (mapped.every(({ index }) => saysNothing(cells[index] ?? '')) && !cells.slice(width).some(Boolean))
        return 'Nothing in the matched columns'
      return null
    },
  }
}
