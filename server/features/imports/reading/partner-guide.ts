import { hasLegalForm } from '#server/features/partners/identity.ts'
import { fold } from '#server/features/partners/spelling.ts'
import { importFields } from '#shared/imports.ts'
import { findEmails, isPhone, isWebsite, readEmails } from './addresses.ts'
import { plainWords } from './cells.ts'
import type { PartnerField } from './columns.ts'
import type { CustomField } from './custom.ts'
import { readDate } from './dates.ts'
import type { Evidence } from './evidence.ts'
import { headingScorer, type ScoreHeading } from './heading-scores.ts'
import { bareName, familyNameHeadings, givenNameHeadings, headingWords } from './heading-words.ts'
import type { Guide } from './headings.ts'
import { readStatus, readType } from './kinds.ts'

const scoreBuiltIn = headingScorer<(typeof importFields)[number]>(
  headingWords,
  [
    'skip',
    'other_contacts',
    'email',
    'phone',
    'website',
    'contact_role',
    'contact_title',
    'owner',
    'agreement_signed',
    'works_via',
    'status',
    'type',
    'tags',
    'description',
    'notes',
    'contact_name',
    'legal_name',
  ],
  { words: bareName, scores: { legal_name: 0.5, contact_name: 0.45 } },
)

function looksLikePerson(cell: string, email: string | undefined): boolean {
  const local = fold(email?.split('@')[0] ?? '')
  return fold(cell)
    .split(/[^\p{L}]+/u)
    .some((word) => word.length >= 3 && local.includes(word))
}

/** What the values add to or take from a heading's claim. */
function weigh(field: PartnerField, claim: number, seen: Evidence<PartnerField>): number {
  if (seen.filled === 0) return claim
  const share = seen[field] ?? 0
  switch (field) {
    case 'email':
    case 'website':
    case 'phone':
    case 'owner':
    case 'agreement_signed': {
      const shaped = field !== 'owner' && share < 0.15 ? -0.5 : 0
      // A date alone says nothing about what happened that day.
      const alone = field === 'agreement_signed' && claim === 0 ? 0 : share * 0.6
      return claim + shaped + alone
    }
    case 'type':
    case 'status':
      return claim + share * 0.55 - (share < 0.15 ? 0.3 : 0)
    case 'other_contacts':
    case 'contact_name':
    case 'legal_name': {
      const wrong = Math.max(
        field === 'contact_name' ? 0 : (seen.email ?? 0),
        seen.email ?? 0,
        seen.agreement_signed ?? 0,
        seen.phone ?? 0,
      )
      const kind = field === 'other_contacts' ? 0 : Math.max((seen.type ?? 0) - (seen.legal_name ?? 0), 0) * 0.3
      return claim + share * 0.5 - (wrong > 0.6 && field !== 'other_contacts' ? 0.7 : 0) - kind
    }
    default:
      return claim
  }
}

/** A field of the company's own answers to its exact name, before the words that are usually left out. */
function withOwnFields(custom: readonly CustomField[]): ScoreHeading<PartnerField> {
  const named = new Map(custom.map(({ id, name }) => [plainWords(name), `custom:${id}` as const]))
  return (heading) => {
    const scores: ReturnType<ScoreHeading<PartnerField>> = scoreBuiltIn(heading)
    const own = named.get(plainWords(heading))
    if (!own) return scores
    const alsoBuiltIn = Object.entries(scores).some(([field, score]) => field !== 'skip' && score === 1)
    return alsoBuiltIn ? { ...scores, [own]: 0.9 } : { [own]: 1 }
  }
}

/** In: who our owners are, and the fields that the company made itself. Out: what is known of a sheet of partners. */
export function partnerGuide(
  isOwner: (cell: string) => boolean,
  custom: readonly CustomField[] = [],
): Guide<PartnerField> {
  return {
    fields: [...importFields, ...custom.map(({ id }) => `custom:${id}` as const)],
    score: custom.length > 0 ? withOwnFields(custom) : scoreBuiltIn,
    weigh,
    many: new Set(['notes', 'tags', 'other_contacts', 'description']),
    name: 'legal_name',
    isPart: (field, heading) =>
      field === 'contact_name' &&
      (familyNameHeadings.has(plainWords(heading)) || givenNameHeadings.has(plainWords(heading))),
    recognise(cell, raw, row, index) {
      const found: PartnerField[] = []
      const email = readEmails(cell)
      const isAddress = email.emails.length > 0 && email.rest.length < 3
      const isSite = isWebsite(raw)
      const isDate = readDate(cell) !== null
      const isCompany = hasLegalForm(cell)
      const kind = cell.length < 40 && !isAddress && !isCompany
      if (isAddress) found.push('email')
      if (isSite) found.push('website')
      if (!isDate && isPhone(cell)) found.push('phone')
      if (isDate) found.push('agreement_signed')
      if (kind && readType(cell) !== null) found.push('type')
      if (kind && readStatus(cell) !== null) found.push('status')
      if (isOwner(cell)) found.push('owner')
      if (isCompany) found.push('legal_name')
      if (!isAddress && findEmails(cell).length > 0) found.push('other_contacts')
      const beside = row.find((other, place) => place !== index && other.includes('@') && other.length < 200)
      if (!isAddress && !isSite && cell.length < 60 && !isCompany && looksLikePerson(cell, beside))
        found.push('contact_name')
      return found
    },
  }
}
