import { nameKey } from '#server/features/partners/identity.ts'
import type { DealField } from '../columns.ts'
import { orderOf } from '../dates.ts'
import { Refused } from '../decode.ts'
import { layOut } from '../layout.ts'
import { ownersAmong } from '../owners.ts'
import { type Changes, choicesOf, type OpenSheet, packed, type Surroundings, unknownWords } from '../reading.ts'
import { droppedRow } from '../rows.ts'
import { readTable, type Table } from '../table.ts'
import { checkDeal, contactsByName, type DealSheet, type PartnerContact } from './check-deal.ts'
import { dealGuide } from './guide.ts'
import { partnersByName } from './partner-names.ts'
import type { CheckedDeal, CheckedDealRow, SameDeal } from './rows.ts'
import { stageReader, usualStages } from './words.ts'

export type DealCounts = {
  new: number
  parked: number
  duplicates: number
  broken: number
  dropped: number
  blank: number
  will_add: number
}
export type ExistingDeal = {
  id: string
  ref: string
  partner_id: string
  customer_company: string
  customer_domain: string | null
  kind: string
}
export type DealReading = Surroundings &
  Changes<DealField> & {
    /** The company's own. */
    currency: string
    contacts?: readonly PartnerContact[]
    existing_deals?: readonly ExistingDeal[]
  }
export type OpenDeals = OpenSheet<CheckedDealRow, DealField, DealCounts>
export type CheckedDeals = Omit<OpenDeals, 'rows'> & { rows: CheckedDealRow[] }

const noCounts = (): DealCounts => ({
  new: 0,
  parked: 0,
  duplicates: 0,
  broken: 0,
  dropped: 0,
  blank: 0,
  will_add: 0,
})

type Wanted = { customer_company: string; customer_domain: string | null; partner: string; kind: string | null }

/** One deal by two signs: the same customer, by name or by domain, with the same partner and of the same kind. */
function keysOf({ customer_company, customer_domain, partner, kind }: Wanted): string[] {
  const rest = `${partner} ${kind}`
  const name = `n ${nameKey(customer_company)} ${rest}`
  return customer_domain ? [name, `d ${customer_domain.toLowerCase()} ${rest}`] : [name]
}

/** Tells which deals were there before: in the product, or further up in the sheet. */
function deals(existing: readonly ExistingDeal[]) {
  const index = new Map<string, SameDeal>()
  const add = (keys: readonly string[], it: SameDeal) => {
    for (const key of keys) if (!index.has(key)) index.set(key, it)
  }
  for (const { id, ref, partner_id, customer_company, customer_domain, kind } of existing) {
    const why = `Deal ${ref} has the same customer, partner and kind`
    const keys = keysOf({ customer_company, customer_domain, partner: partner_id, kind })
    add(keys, { line: null, deal_id: id, ref, customer_company, why })
  }
  return (line: number, deal: CheckedDeal): SameDeal | null => {
    const keys = keysOf({ ...deal, partner: deal.partner_id ?? `? ${nameKey(deal.partner_name)}` })
    const before = keys.map((key) => index.get(key)).find((found) => found !== undefined)
    if (before) return before
    const why = `Line ${line} has the same customer, partner and kind`
    add(keys, { line, deal_id: null, ref: null, customer_company: deal.customer_company, why })
    return null
  }
}

function checkTable(table: Table, reading: DealReading): OpenDeals {
  const { members, existing } = reading
  const ownerOf = ownersAmong(members)
  const partnerOf = partnersByName(existing)
  const stageOf = stageReader(reading.stages)
  const layout = layOut(
    table,
    dealGuide(
      (cell) => ownerOf(cell) !== null,
      (cell) => partnerOf(cell).partner !== null,
      (cell) => stageOf(cell) !== null,
    ),
    reading,
  )
  const unknown = unknownWords()
  const names = new Map(existing.map(({ id, legal_name }) => [id, legal_name]))
  const sheet: DealSheet = {
    layout,
    order: orderOf(layout.cellsOf('expected_close')),
    currency: reading.currency,
    ownerOf,
    partnerOf,
    legalNameOf: (id) => names.get(id) ?? null,
    contactOf: contactsByName(reading.contacts ?? []),
    stageOf,
    isStage: (key) => (reading.stages ?? usualStages).some((stage) => stage.key === key),
    choice: choicesOf(reading.values),
    unknown: unknown.add,
  }
  const before = deals(reading.existing_deals ?? [])
  const counts = { ...noCounts(), dropped: table.blank, blank: table.blank }
  const kept = packed<CheckedDealRow>()
  for (const { line, cells } of layout.above) drop(line, cells, 'Above the headings')
  for (const line of layout.below) {
    const why = layout.whyDropped(line)
    if (why) {
      drop(line.line, line.cells, why)
      continue
    }
    const row = checkDeal(line, sheet)
    const stray = layout.stray(line)
    if (stray) {
      Object.assign(row, { state: 'broken', decision: 'skip' })
      const problem =
        'This row has more cells than there are headings. Often an amount with a comma lacks its quotation marks.'
      row.problems.unshift({ field: null, problem, value: stray.slice(0, 500), suggestion: null })
    }
    const same = row.state === 'broken' ? null : before(row.line, row.deal!)
    if (same) Object.assign(row, { state: 'duplicate', decision: 'skip', duplicate_of: same })
    keep(row)
  }
  counts.will_add = counts.new + counts.parked
  return {
    refused: null,
    columns: layout.columns,
    counts,
    unknown: unknown.all(),
    sheets: table.sheets,
    rows: kept.rows((row) => row),
  }

  function drop(line: number, cells: readonly string[], why: string): void {
    const {
      state: _,
      partner: _partner,
      contacts: _contacts,
      duplicate_of: _same,
      ...row
    } = droppedRow(line, cells, why)
    keep({ ...row, state: 'dropped', deal: null, duplicate_of: null })
  }

  function keep(row: CheckedDealRow): void {
    kept.add(row)
    counts[row.state === 'duplicate' ? 'duplicates' : row.state]++
  }
}

/** Reads a sheet of deals, as `openSheet` reads one of partners. A deal whose partner is not known is parked under the name it gives. */
export function openDeals(input: Uint8Array | string | Table, reading: DealReading): OpenDeals {
  try {
    return checkTable(readTable(input, reading.sheet), reading)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { refused: error.refusal, columns: [], counts: noCounts(), unknown: [], sheets: [], rows: [] }
  }
}

/** The same with all rows at once. */
export function readDeals(input: Uint8Array | string | Table, reading: DealReading): CheckedDeals {
  const sheet = openDeals(input, reading)
  return { ...sheet, rows: [...sheet.rows] }
}
