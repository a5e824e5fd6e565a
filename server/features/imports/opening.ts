import { type DealReading, openDeals } from './reading/deals/read.ts'
import type { CheckedDealRow } from './reading/deals/rows.ts'
import { kindOf } from './reading/kind-of.ts'
import { openSheet as openPartners, type Reading } from './reading/read.ts'
import type { CheckedRow } from './reading/rows.ts'
import { readTable, type Table } from './reading/table.ts'

/** Everything the reader needs, as texts where they are large: they are unpacked where they are read. */
export type Input = {
  file: Uint8Array<ArrayBuffer>
  kind: 'partners' | 'deals' | null
  surroundings: string
  changes: string
}

type More = {
  /** The row as it stands in the file, where it is broken or its suggested address was taken. */
  cells?: string[]
  /** Whether the file says a status: a row that says none must not change one. */
  says_status?: boolean
}
export type PartnerRow = CheckedRow & More
export type DealRow = CheckedDealRow & More
export type Opened = {
  refused: string | null
  kind: 'partners' | 'deals'
  columns: { index: number; heading: string; samples: string[]; field: string | null; confidence: string }[]
  unknown: { field: string; word: string; count: number }[]
  sheets: { name: string; chosen: boolean }[]
  rows: Iterable<PartnerRow | DealRow>
}
const nothing: Omit<Opened, 'refused'> = { kind: 'partners', columns: [], unknown: [], sheets: [], rows: [] }

/** In: what the job handed over. Out: the sheet as it reads; where it cannot be read, why. Errors: faults of ours. */
export function openSheet({ file, kind: wanted, surroundings, changes }: Input): Opened {
  const reading = { ...JSON.parse(surroundings), ...JSON.parse(changes) }
  let table: Table
  try {
    table = readTable(file, reading.sheet)
  } catch (error) {
    const { refusal } = error as { refusal?: { problem: string; line: number | null } }
    if (!refusal) throw error
    return { ...nothing, refused: refusal.line ? `Line ${refusal.line}: ${refusal.problem}` : refusal.problem }
  }
  const kind = wanted ?? kindOf(table) ?? 'partners'
  const sheet = kind === 'deals' ? openDeals(table, reading as DealReading) : openPartners(table, reading as Reading)
  const { refused, columns, unknown, sheets } = sheet
  if (refused) return { ...nothing, kind, refused: refused.problem }
  const lines = new Map(table.lines.map(({ line, cells }) => [line, cells]))
  const taken = new Set<number>(reading.taken)
  const statusAt = columns.filter(({ field }) => field === 'status').map(({ index }) => index)
  function* whole(): Iterable<PartnerRow | DealRow> {
    for (const row of sheet.rows) {
      const cells = lines.get(row.line) ?? []
      if (row.state === 'broken' || taken.has(row.line)) yield { ...row, cells }
      else if (row.state === 'duplicate') yield { ...row, says_status: statusAt.some((at) => cells[at]) }
      else yield row
    }
  }
  return { refused: null, kind, columns, unknown, sheets, rows: whole() }
}
