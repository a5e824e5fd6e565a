import { isEmail } from '#server/features/partners/email-typos.ts'
import { isPhone, isWebsite } from './addresses.ts'
import { saysNothing } from './cells.ts'
import type { Line } from './collect.ts'
import type { Column } from './columns.ts'
import { readDate } from './dates.ts'
import { type Evidence, evidenceOf, type Recognise } from './evidence.ts'
import { namedField, type ScoreHeading } from './heading-scores.ts'
import { isAmount } from './money.ts'

/** What is known about the columns of one kind of sheet. */
export type Guide<Field extends string> = {
  fields: readonly Field[]
  score: ScoreHeading<Field>
  recognise: Recognise<Field>
  /** What the values add to or take from a heading's claim. */
  weigh: (field: Field, claim: number, seen: Evidence<Field>) => number
  /** Fields that several columns may feed; of the others there is one. */
  many: ReadonlySet<Field>
  /** Whether this heading names one part of a value that stands in two columns. */
  isPart: (field: Field, heading: string) => boolean
  /** A list of nothing but these. */
  name: Field
}

/** An address, a number to dial or a day: what no heading is. */
export const isData = (cell: string) => isEmail(cell) || isWebsite(cell) || isPhone(cell) || readDate(cell) !== null
const isValue = (cell: string) => isData(cell) || isAmount(cell)

/** Where no heading is known: a first row without addresses above columns full of them is still a heading row. */
function standsOut(lines: readonly Line[]): boolean {
  const [first, ...rest] = lines.slice(0, 60)
  if (!first || rest.length === 0 || first.cells.some(isValue)) return false
  return first.cells.some((cell, index) => {
    const below = rest.map(({ cells }) => cells[index] ?? '').filter((value) => !saysNothing(value))
    return cell && below.length > 0 && below.filter(isData).length > below.length * 0.6
  })
}

/** In: the filled rows. Out: the place of the heading row among the first 30, or null for a sheet without headings. */
export function findHeadingRow<Field extends string>(lines: readonly Line[], guide: Guide<Field>): number | null {
  const alone = lines.every(({ cells }) => cells.length <= 1 || !cells.slice(1).some(Boolean))
  let best: number | null = null
  let most = 1
  lines.slice(0, 30).forEach(({ cells }, at) => {
    const filled = cells.filter(Boolean)
    if (filled.some(isData)) return
    const named = filled.map((cell) => namedField(cell, guide.score, guide.fields)).filter((field) => field !== null)
    const fields = new Set(named)
    const enough =
      fields.size >= Math.max(2, filled.length * 0.4) ||
      (filled.length === 1 && lines.length > 1 && at === 0 && fields.has(guide.name) && alone)
    const score = fields.size
    if (enough && (score > most || best === null)) {
      best = at
      most = score
    }
  })
  return best ?? (standsOut(lines) ? 0 : null)
}

/** In: the heading cells, the rows below, the width, what is known of such sheets. Out: each column with the field it most likely feeds. */
export function guessColumns<Field extends string>(
  headings: readonly string[],
  lines: readonly Line[],
  width: number,
  guide: Guide<Field>,
): Column<Field>[] {
  const claims: { index: number; field: Field; score: number; claim: number }[] = []
  const columns = Array.from({ length: width }, (_, index): Column<Field> => {
    const heading = headings[index] ?? ''
    const scores = guide.score(heading)
    const seen = evidenceOf(lines, index, guide.recognise)
    if ((scores.skip ?? 0) < 0.5) {
      for (const field of guide.fields) {
        const claim = (scores as Record<Field, number | undefined>)[field] ?? 0
        const score = guide.weigh(field, claim, seen)
        if (score >= (claim > 0 ? 0.4 : 0.36)) claims.push({ index, field, score, claim })
      }
    }
    const samples = [...new Set(lines.slice(0, 200).map(({ cells }) => (cells[index] ?? '').slice(0, 80)))].filter(
      Boolean,
    )
    return { index, heading, samples: samples.slice(0, 3), field: null, confidence: 'skip' }
  })
  const taken = new Set<Field>()
  for (const { index, field, score, claim } of claims.sort((a, b) => b.score - a.score || a.index - b.index)) {
    const column = columns[index]!
    if (
      column.field ||
      (taken.has(field) && !(guide.many.has(field) && claim >= 0.5) && !guide.isPart(field, column.heading))
    )
      continue
    column.field = field
    column.confidence = claim === 1 || (claim >= 0.5 && score >= 1) ? 'sure' : 'guess'
    taken.add(field)
  }
  if (!taken.has(guide.name)) nameByDefault(columns, lines, guide)
  return columns
}

/** A list of companies has their names somewhere: the first free column of mostly different words. */
function nameByDefault<Field extends string>(
  columns: Column<Field>[],
  lines: readonly Line[],
  guide: Guide<Field>,
): void {
  const column = columns.find(({ index, field, heading }) => {
    if (field || (guide.score(heading).skip ?? 0) >= 0.5) return false
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
    column.field = guide.name
    column.confidence = 'guess'
  }
}
