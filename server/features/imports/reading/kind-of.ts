import { dealImportFields, importFields } from '#shared/imports.ts'
import type { DealField, PartnerField } from './columns.ts'
import { dealGuide } from './deals/guide.ts'
import { namedField } from './heading-scores.ts'
import { findHeadingRow, type Guide } from './headings.ts'
import { partnerGuide } from './partner-guide.ts'
import { readTable, type Table } from './table.ts'

const never = () => false
const onlyPartners: readonly PartnerField[] = [
  'email',
  'phone',
  'agreement_signed',
  'other_contacts',
  'contact_name',
  'tags',
  'works_via',
]
const onlyDeals: readonly DealField[] = [
  'value',
  'expected_close',
  'direction',
  'their_owner',
  'customer_company',
  'currency',
]

function named<Field extends string>({ lines }: Table, guide: Guide<Field>, fields: readonly Field[]): Set<string> {
  const at = findHeadingRow(lines, guide)
  const headings = at === null ? [] : lines[at]!.cells
  return new Set(headings.map((heading) => namedField(heading, guide.score, fields)).filter((field) => field !== null))
}

/** In: a sheet. Out: what its headings say it lists; null where they do not tell. Throws Refused for what cannot be read. */
export function kindOf(input: Uint8Array | string | Table, sheet?: string): 'partners' | 'deals' | null {
  const table = readTable(input, sheet)
  const asDeals = named(table, dealGuide(never, never, never), dealImportFields)
  const asPartners = named(table, partnerGuide(never), importFields)
  const deals = onlyDeals.filter((field) => asDeals.has(field)).length
  const partners = onlyPartners.filter((field) => asPartners.has(field)).length
  const both = asDeals.has('partner') && asDeals.has('customer_company')
  if (both && deals >= 2) return 'deals'
  if (deals > partners && deals >= 2 && (asDeals.has('partner') || asDeals.has('value'))) return 'deals'
  return asPartners.has('legal_name') || partners > 0 ? 'partners' : null
}
