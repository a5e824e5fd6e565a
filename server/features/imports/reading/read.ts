import { companyDomain } from '#server/features/partners/identity.ts'
import { checkRow, givenNameFirst, type Sheet } from './check-row.ts'
import type { PartnerField } from './columns.ts'
import { orderOf } from './dates.ts'
import { Refused } from './decode.ts'
import { findDuplicates, type Signs, signsOf } from './duplicates.ts'
import { roleReader, typeReader } from './kinds.ts'
import { layOut } from './layout.ts'
import { ownersAmong } from './owners.ts'
import { partnerGuide } from './partner-guide.ts'
import { type Changes, choicesOf, type OpenSheet, packed, type Surroundings, unknownWords } from './reading.ts'
import { type CheckedRow, droppedRow } from './rows.ts'
import { readTable, type Table } from './table.ts'

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
export type Reading = Surroundings &
  Changes<PartnerField> & {
    /** Lines whose suggested e-mail is taken. */
    taken?: readonly number[]
  }
export type OpenPartners = OpenSheet<CheckedRow, PartnerField, Counts>
export type CheckedSheet = Omit<OpenPartners, 'rows'> & { rows: CheckedRow[] }

const noCounts = (): Counts => ({ new: 0, duplicates: 0, broken: 0, dropped: 0, blank: 0, typos: 0, will_add: 0 })
const tooManyCells =
  'This row has more cells than there are headings. Often a name with a comma lacks its quotation marks.'

function checkTable(table: Table, reading: Reading): OpenPartners {
  const { members, existing, taken } = reading
  const ownerOf = ownersAmong(members)
  const custom = reading.custom_fields ?? []
  const layout = layOut(
    table,
    partnerGuide((cell) => ownerOf(cell) !== null, custom),
    reading,
  )
  givenNameFirst(layout)
  const unknown = unknownWords()
  const dated: PartnerField[] = ['agreement_signed', ...custom.map(({ id }) => `custom:${id}` as const)]
  const sheet: Sheet = {
    layout,
    orders: new Map(dated.map((field) => [field, orderOf(layout.cellsOf(field))])),
    ownerOf,
    typeOf: typeReader(reading.types),
    roleOf: roleReader(reading.roles),
    custom,
    taken: new Set(taken),
    choice: choicesOf(reading.values),
    unknown: unknown.add,
  }
  const counts = { ...noCounts(), dropped: table.blank, blank: table.blank }
  const kept = packed<CheckedRow>()
  const signs: Signs[] = []
  for (const { line, cells } of layout.above) keep(droppedRow(line, cells, 'Above the headings'))
  for (const line of layout.below) {
    const why = layout.whyDropped(line)
    if (why) {
      keep(droppedRow(line.line, line.cells, why))
      continue
    }
    const row = checkRow(line, sheet)
    const stray = layout.stray(line)
    if (stray) {
      Object.assign(row, { state: 'broken', decision: 'skip' })
      row.problems.unshift({ field: null, problem: tooManyCells, value: stray.slice(0, 500), suggestion: null })
    }
    keep(row)
  }
  const ours = members.map(({ email }) => companyDomain(email)).filter((domain) => domain !== null)
  const duplicates = findDuplicates(signs, existing, ours)
  counts.duplicates = duplicates.size
  counts.new -= duplicates.size
  counts.will_add = counts.new
  return {
    refused: null,
    columns: layout.columns,
    counts,
    unknown: unknown.all(),
    sheets: table.sheets,
    rows: kept.rows((row) => {
      const duplicate_of = duplicates.get(row.line)
      return duplicate_of ? { ...row, state: 'duplicate', decision: 'skip', duplicate_of } : row
    }),
  }

  function keep(row: CheckedRow): void {
    kept.add(row)
    counts[row.state === 'duplicate' ? 'duplicates' : row.state]++
    if (row.state !== 'new') return
    signs.push(signsOf(row))
    if (row.contacts.some(({ email_suggested }) => email_suggested)) counts.typos++
  }
}

/**
 * Reads a sheet of partners. In: the bytes of a CSV or a workbook, pasted text, or a table read before; what it is compared
 * with; what the person changed. Out: its columns with the field each feeds, and every filled row as new, duplicate, broken or
 * dropped. Never throws for what is in the file: one that cannot be read at all comes back with `refused`.
 */
export function openSheet(input: Uint8Array | string | Table, reading: Reading): OpenPartners {
  try {
    return checkTable(readTable(input, reading.sheet), reading)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { refused: error.refusal, columns: [], counts: noCounts(), unknown: [], sheets: [], rows: [] }
  }
}

/** The same with all rows at once. */
export function readSheet(input: Uint8Array | string | Table, reading: Reading): CheckedSheet {
  const sheet = openSheet(input, reading)
  return { ...sheet, rows: [...sheet.rows] }
}
