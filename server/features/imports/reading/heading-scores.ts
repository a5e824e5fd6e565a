import { plainWords } from './cells.ts'

export type Scores<Field extends string> = Partial<Record<Field | 'skip', number>>
/** In: a heading. Out: how well it names each field, 1 for one of its usual names, 0.6 and less for a heading that holds one. */
export type ScoreHeading<Field extends string> = (heading: string) => Scores<Field>

type Phrase<Name> = { phrase: string; field: Name; spaceless: boolean }

/**
 * In: what columns are called, field by field; the fields from the most particular word to the least ("contact email" is an
 * e-mail, "owner of the contract" an owner); and what a bare word for a name may mean.
 */
export function headingScorer<Field extends string>(
  words: Record<Field | 'skip', string>,
  particularFirst: readonly (Field | 'skip')[],
  bare: { words: ReadonlySet<string>; scores: Scores<Field> },
): ScoreHeading<Field> {
  const exact = new Map<string, Field | 'skip'>()
  const within: Phrase<Field | 'skip'>[] = []
  for (const field of Object.keys(words) as (Field | 'skip')[]) {
    for (const phrase of words[field].split(',').map((each) => each.trim())) {
      if (!exact.has(phrase)) exact.set(phrase, field)
      const spaceless = /[^\x20-\x7e]/.test(phrase)
      if (spaceless ? phrase.length > 1 : phrase.length > 3) within.push({ phrase, field, spaceless })
    }
  }
  const rank = new Map(particularFirst.map((field, at) => [field, at]))

  return (heading) => {
    const text = plainWords(heading)
    if (!text || text.length > 80) return {}
    const known = exact.get(text) ?? exact.get(text.replaceAll(' ', '')) ?? exact.get(text.replace(/s$/, ''))
    const scores: Scores<Field> = {}
    if (known) {
      scores[known] = 1
      return scores
    }
    if (bare.words.has(text)) return { ...bare.scores }
    const spaced = ` ${text} `
    for (const { phrase, field, spaceless } of within) {
      if (!(spaceless ? text.includes(phrase) : spaced.includes(` ${phrase} `))) continue
      const score = 0.6 - (rank.get(field) ?? 0) * 0.01 + (spaceless ? phrase.length * 0.02 : 0)
      scores[field] = Math.max(scores[field] ?? 0, score)
    }
    return scores
  }
}

/** The field a heading names beyond doubt, by its words alone. */
export function namedField<Field extends string>(
  heading: string,
  score: ScoreHeading<Field>,
  fields: readonly Field[],
): Field | 'skip' | null {
  const scores = score(heading)
  return ([...fields, 'skip'] as const).find((field) => (scores[field] ?? 0) >= 0.5) ?? null
}
