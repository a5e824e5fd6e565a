import { isEmail } from '#server/features/partners/email-typos.ts'
import { importFields } from '#shared/imports.ts'
import { isPhone, isWebsite } from './addresses.ts'
import { plainWords, saysNothing } from './cells.ts'
import { type Column, manyColumns, type PartnerField } from './columns.ts'
import { readDate } from './dates.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import { headingScores, namedField } from './heading-scores.ts'
import { familyNameHeadings, givenNameHeadings } from './heading-words.ts'
import type { Line } from './table.ts'

const isData = (cell: string) => isEmail(cell) || isWebsite(cell) || isPhone(cell) || readDate(cell) !== null

/** Where no heading is known: a first row without addresses above columns full of them is still a heading row. */
function standsOut(lines: readonly Line[]): boolean {
  const [first, ...rest] = lines.slice(0, 60)
  if (!first || rest.length === 0 || first.cells.some(isData)) return false
  return first.cells.some((cell, index) => {
    const below = rest.map(({ cells }) => cells[index] ?? '').filter((value) => !saysNothing(value))
    return cell && below.length > 0 && below.filter(isData).length > below.length * 0.6
  })
}

/** In: the filled rows. Out: the place of the heading row among the first 30, or null for a sheet without headings. */
export function findHeadingRow(lines: readonly Line[]): number | null {
  let best: number | null = null
  let most = 1
  lines.slice(0, 30).forEach(({ cells }, at) => {
    const filled = cells.filter(Boolean)
    if (filled.some(isData)) return
    const fields = new Set(filled.map(namedField).filter((field) => field !== null))
    const enough =
      fields.size >= Math.max(2, filled.length * 0.4) ||
      (filled.length === 1 && lines.length > 1 && at === 0 && fields.has('legal_name') && cells.length === 1)
    const score = fields.size
    if (enough && (score > most || best === null)) {
      best = at
      most = score
    }
  })
  return best ?? (standsOut(lines) ? 0 : null)
}

/** What the values add to or take from a heading's claim. */
function weigh(field: PartnerField, claim: number, seen: Evidence): number {
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

/** In: the heading cells, the rows below, the width, who our owners are. Out: each column with the field it most likely feeds. */
export function guessColumns(
  headings: readonly string[],
  lines: readonly Line[],
  width: number,
  isOwner: (cell: string) => boolean,
): Column[] {
  const claims: { index: number; field: PartnerField; score: number; claim: number }[] = []
  const columns = Array.from({ length: width }, (_, index): Column => {
    const heading = headings[index] ?? ''
    const scores = headingScores(heading)
    const seen = evidenceOf(lines, index, isOwner)
    if ((scores.skip ?? 0) < 0.5) {
      for (const field of importFields) {
        const claim = scores[field] ?? 0
        const score = weigh(field, claim, seen)
        if (score >= (claim > 0 ? 0.4 : 0.36)) claims.push({ index, field, score, claim })
      }
    }
    const samples = [...new Set(lines.slice(0, 200).map(({ cells }) => (cells[index] ?? '').slice(0, 80)))].filter(
      Boolean,
    )
    return { index, heading, samples: samples.slice(0, 3), field: null, confidence: 'skip' }
  })
  const taken = new Set<PartnerField>()
  for (const { index, field, score, claim } of claims.sort((a, b) => b.score - a.score || a.index - b.index)) {
    const column = columns[index]!
    const part = field === 'contact_name' && isNamePart(column.heading)
    if (column.field || (taken.has(field) && !(manyColumns.has(field) && claim >= 0.5) && !part)) continue
    column.field = field
    column.confidence = claim === 1 || (claim >= 0.5 && score >= 1) ? 'sure' : 'guess'
    taken.add(field)
  }
  if (!taken.has('legal_name')) nameByDefault(columns, lines)
  return columns.sort((a, b) => a.index - b.index)
}

const isNamePart = (heading: string) =>
  familyNameHeadings.has(plainWords(heading)) || givenNameHeadings.has(plainWords(heading))

/** A list of partners has their names somewhere: the first free column of mostly different words. */
function nameByDefault(columns: Column[], lines: readonly Line[]): void {
  const column = columns.find(({ index, field, heading }) => {
    if (field || (headingScores(heading).skip ?? 0) >= 0.5) return false
    const values = lines
      .slice(0, 300)
      .map(({ cells }) => cells[index] ?? '')
      .filter((cell) => !saysNothing(cell))
    return (
      values.length > 0 &&
      new Set(values).size > values.length * 0.7 &&
      values.filter((cell) => /\p{L}{2}/u.test(cell)).length > values.length * 0.7
    )
  })
  if (column) {
    column.field = 'legal_name'
    column.confidence = 'guess'
  }
}
