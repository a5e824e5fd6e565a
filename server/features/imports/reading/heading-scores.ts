import { importFields } from '#shared/imports.ts'
import { plainWords } from './cells.ts'
import type { PartnerField } from './columns.ts'
import { bareName, headingWords } from './heading-words.ts'

export type Scores = Partial<Record<PartnerField | 'skip', number>>

const exact = new Map<string, PartnerField | 'skip'>()
const within: { phrase: string; field: PartnerField | 'skip'; spaceless: boolean }[] = []
for (const field of Object.keys(headingWords) as (PartnerField | 'skip')[]) {
  for (const phrase of headingWords[field].split(',').map((each) => each.trim())) {
    if (!exact.has(phrase)) exact.set(phrase, field)
    const spaceless = /[^\x20-\x7e]/.test(phrase)
    if (spaceless ? phrase.length > 1 : phrase.length > 3) within.push({ phrase, field, spaceless })
  }
}

/** In a longer heading the more particular word counts: "contact email" is an e-mail, "owner of the contract" an owner. */
const rank = new Map(
  [
    'skip',
    'other_contacts',
    'email',
    'phone',
    'website',
    'owner',
    'agreement_signed',
    'status',
    'type',
    'tags',
    'notes',
    'contact_name',
    'legal_name',
  ].map((field, at) => [field, at]),
)

/** In: a heading. Out: how well it names each field, 1 for one of its usual names, 0.6 and less for a heading that holds one. */
export function headingScores(heading: string): Scores {
  const text = plainWords(heading)
  if (!text || text.length > 80) return {}
  const known = exact.get(text) ?? exact.get(text.replaceAll(' ', '')) ?? exact.get(text.replace(/s$/, ''))
  if (known) return { [known]: 1 }
  if (bareName.has(text)) return { legal_name: 0.5, contact_name: 0.45 }
  const spaced = ` ${text} `
  const scores: Scores = {}
  let longest = 0
  for (const { phrase, field, spaceless } of within) {
    if (!(spaceless ? text.includes(phrase) : spaced.includes(` ${phrase} `))) continue
    const score = 0.6 - (rank.get(field) ?? 0) * 0.01 + (spaceless ? phrase.length * 0.02 : 0)
    scores[field] = Math.max(scores[field] ?? 0, score)
    longest = Math.max(longest, score)
  }
  return scores
}

/** The field a heading names beyond doubt, by its words alone. */
export function namedField(heading: string): PartnerField | 'skip' | null {
  const scores = headingScores(heading)
  return ([...importFields, 'skip'] as const).find((field) => (scores[field] ?? 0) >= 0.5) ?? null
}
