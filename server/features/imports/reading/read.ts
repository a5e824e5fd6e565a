import { companyDomain } from '#server/features/partners/identity.ts'
import { fold } from '#server/features/partners/spelling.ts'
import { saysNothing } from './cells.ts'
import { checkRow, placesOf, type Sheet } from './check-row.ts'
import type { Column, PartnerField } from './columns.ts'
import { orderOf } from './dates.ts'
import { type Refusal, Refused } from './decode.ts'
import { type ExistingPartner, markDuplicates } from './duplicates.ts'
import { findHeadingRow, guessColumns } from './headings.ts'
import { type Member, ownersAmong } from './owners.ts'
import { type CheckedRow, droppedRow } from './rows.ts'
import { whyNoPartner } from './sections.ts'
import { type Line, mostRows, readTable, type Table } from './table.ts'

export type Counts = {
  new: number
  duplicates: number
  broken: number
  /** Section headings, totals and blank rows together. */
  dropped: number
  blank: number
  typos: number
  will_add: number
}
export type CheckedSheet = { refused: Refusal | null; columns: Column[]; rows: CheckedRow[]; counts: Counts }
export type Reading = {
  members: readonly Member[]
  existing: readonly ExistingPartner[]
  /** Field by column, where the person matched them differently; missing places keep the guess. */
  mapping?: readonly (PartnerField | null | undefined)[]
  /** Lines whose suggested e-mail is taken. */
  taken?: readonly number[]
}

const filledIn = (cells: readonly string[]) => cells.filter(Boolean).length

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
    if (filledIn(cells) < 2) continue
    cells.forEach((cell, index) => {
      if (cell && cell.length <= 30 && !nameAt.has(index) && values.size < 20_000) values.add(fold(cell))
    })
  }
  return values
}

function checkTable({ lines, blank }: Table, { members, existing, mapping, taken }: Reading): CheckedSheet {
  const at = findHeadingRow(lines)
  const headings = at === null ? null : lines[at]!.cells
  const above = at === null ? [] : lines.slice(0, at)
  const below = at === null ? lines : lines.slice(at + 1)
  if (below.length > mostRows)
    throw new Refused('too_many_rows', 'This sheet has more than 50,000 rows. Split it and bring the parts one by one.')

  const ownerOf = ownersAmong(members)
  const width = widthOf(headings, below)
  const columns = guessColumns(headings ?? [], below, width, (cell) => ownerOf(cell) !== null)
  mapping?.forEach((field, index) => {
    const column = columns[index]
    if (column && field !== undefined && field !== column.field)
      Object.assign(column, { field, confidence: field ? 'sure' : 'skip' })
  })
  const places = placesOf(columns)
  const dates = (places.get('agreement_signed') ?? []).flatMap(({ index }) =>
    below.map(({ cells }) => cells[index] ?? ''),
  )
  const sheet: Sheet = { places, order: orderOf(dates), ownerOf, taken: new Set(taken) }
  const nameAt = new Set((places.get('legal_name') ?? []).map(({ index }) => index))
  const beside = valuesBeside(below, nameAt)
  const mapped = columns.filter(({ field }) => field)

  const rows = above.map(({ line, cells }) => droppedRow(line, cells, 'Above the headings'))
  for (const each of below) rows.push(checkLine(each))
  markDuplicates(
    rows,
    existing,
    members.map(({ email }) => companyDomain(email)).filter((domain) => domain !== null),
  )
  return { refused: null, columns, rows, counts: countRows(rows, blank) }

  function checkLine({ line, cells }: Line): CheckedRow {
    const filled = filledIn(cells)
    const first = cells.find(Boolean) ?? ''
    if (headings && filled > 1 && cells.every((cell, index) => cell === (headings[index] ?? '')))
      return droppedRow(line, cells, 'The headings again')
    if (filled === 1 && width > 1) {
      const why = whyNoPartner(first, beside.has(fold(first)))
      if (why) return droppedRow(line, cells, why)
    }
    const second = cells.filter(Boolean)[1] ?? ''
    if (filled === 2 && /^[\d.,\s]+$/.test(second) && whyNoPartner(first, false) === 'A total')
      return droppedRow(line, cells, 'A total')
    if (mapped.every(({ index }) => saysNothing(cells[index] ?? '')) && !cells.slice(width).some(Boolean)) {
      return droppedRow(line, cells, 'Nothing in the matched columns')
    }
    const row = checkRow({ line, cells }, sheet)
    const stray = cells.slice(width).filter(Boolean).join(' | ')
    if (stray) {
      row.state = 'broken'
      row.decision = 'skip'
      const problem =
        'This row has more cells than there are headings. Often a name with a comma lacks its quotation marks.'
      row.problems.unshift({ field: null, problem, value: stray.slice(0, 500), suggestion: null })
    }
    return row
  }
}

function countRows(rows: readonly CheckedRow[], blank: number): Counts {
  const counts = { new: 0, duplicates: 0, broken: 0, dropped: blank, blank, typos: 0, will_add: 0 }
  for (const { state, decision, contacts } of rows) {
    counts[state === 'duplicate' ? 'duplicates' : state]++
    if (decision === 'import') counts.will_add++
    if ((state === 'new' || state === 'duplicate') && contacts.some(({ email_suggested }) => email_suggested))
      counts.typos++
  }
  return counts
}

/**
 * Reads a sheet of partners. In: the bytes of a CSV, the team's members, the partners there already, and what the person changed.
 * Out: its columns with the field each feeds, and every filled row as new, duplicate, broken or dropped. Never throws for what is
 * in the file: one that cannot be read at all comes back with `refused`.
 */
export function readSheet(bytes: Uint8Array, reading: Reading): CheckedSheet {
  try {
    return checkTable(readTable(bytes), reading)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { refused: error.refusal, columns: [], rows: [], counts: countRows([], 0) }
  }
}
