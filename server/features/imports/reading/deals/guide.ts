import { dealImportFields } from '#shared/imports.ts'
import { isPhone, isWebsite, readEmails } from '../addresses.ts'
import type { DealField } from '../columns.ts'
import { readDate } from '../dates.ts'
import type { Evidence } from '../evidence.ts'
import { headingScorer } from '../heading-scores.ts'
import { bareName } from '../heading-words.ts'
import type { Guide } from '../headings.ts'
import { isAmount, readCurrency } from '../money.ts'
import { dealHeadingWords } from './heading-words.ts'
import { readDirection, readKind } from './words.ts'

export const scoreDealHeading = headingScorer<DealField>(
  dealHeadingWords,
  [
    'skip',
    'customer_contact_email',
    'customer_contact_phone',
    'customer_domain',
    'their_owner',
    'our_owner',
    'expected_close',
    'currency',
    'value',
    'direction',
    'ask',
    'stage',
    'kind',
    'notes',
    'customer_contact_name',
    'partner',
    'customer_company',
  ],
  { words: bareName, scores: { customer_company: 0.5 } },
)

/** What the values add to or take from a heading's claim. */
function weigh(field: DealField, claim: number, seen: Evidence<DealField>): number {
  if (seen.filled === 0) return claim
  const share = seen[field] ?? 0
  const shaped = share < 0.15 ? -0.5 : 0
  switch (field) {
    case 'customer_domain':
    case 'customer_contact_email':
    case 'customer_contact_phone':
    case 'expected_close':
      return claim + shaped + share * 0.6
    case 'value':
      // A number alone may be a day as Excel counts them, or a year.
      return claim + shaped + (claim === 0 && (seen.expected_close ?? 0) > 0.5 ? 0 : share * 0.6)
    case 'our_owner':
      return claim + share * 0.6
    case 'kind':
    case 'stage':
    case 'direction':
    case 'currency':
      return claim + share * 0.55 - (share < 0.15 ? 0.3 : 0)
    case 'partner':
    case 'customer_company':
    case 'their_owner':
    case 'customer_contact_name':
    case 'notes': {
      const wrong = Math.max(seen.customer_contact_email ?? 0, seen.expected_close ?? 0, seen.value ?? 0)
      const others = field === 'customer_company' ? (seen.partner ?? 0) * 0.3 : 0
      return claim + (field === 'partner' ? share * 0.6 : 0) - (wrong > 0.6 ? 0.7 : 0) - others
    }
    default:
      return claim
  }
}

/** In: who our owners are, what is a partner's name, what is a stage. Out: what is known of a sheet of deals. */
export function dealGuide(
  isOwner: (cell: string) => boolean,
  isPartner: (cell: string) => boolean,
  isStage: (cell: string) => boolean,
): Guide<DealField> {
  return {
    fields: dealImportFields,
    score: scoreDealHeading,
    weigh,
    many: new Set(['notes']),
    name: 'customer_company',
    isPart: () => false,
    recognise(cell, raw) {
      const found: DealField[] = []
      if (isWebsite(raw)) found.push('customer_domain')
      const email = readEmails(cell)
      if (email.emails.length > 0 && email.rest.length < 3) found.push('customer_contact_email')
      const isDate = readDate(cell) !== null
      if (isDate) found.push('expected_close')
      if (isAmount(cell)) found.push('value')
      else if (!isDate && isPhone(cell)) found.push('customer_contact_phone')
      if (cell.length < 40) {
        if (readKind(cell) !== null) found.push('kind')
        if (isStage(cell)) found.push('stage')
        if (readDirection(cell) !== null) found.push('direction')
        if (cell.length < 12 && !/\d/.test(cell) && readCurrency(cell) !== null) found.push('currency')
      }
      if (isOwner(cell)) found.push('our_owner')
      if (isPartner(cell)) found.push('partner')
      return found
    },
  }
}
