import { saysNothing, shown } from './cells.ts'
import type { Column } from './columns.ts'
import type { Problem } from './rows.ts'

/** The cells of one row by field, and what there is to say about them. */
export function telling<Field extends string>(
  cells: readonly string[],
  places: ReadonlyMap<Field, readonly Column<Field>[]>,
) {
  const problems: Problem[] = []
  const notes: string[] = []
  let broken = false
  const none: readonly Column<Field>[] = []
  const columnsOf = (field: Field) => places.get(field) ?? none
  const all = (field: Field) => columnsOf(field).map(({ index }) => cells[index] ?? '')
  const tell = (field: Field | null, problem: string, value: string | null, suggestion: string | null = null) => {
    problems.push({ field, problem, value: value?.slice(0, 500) ?? null, suggestion })
  }
  return {
    problems,
    notes,
    all,
    tell,
    isBroken: () => broken,
    /** What cannot be added as it stands. */
    breaks(field: Field | null, problem: string, value: string | null, suggestion: string | null = null) {
      broken = true
      tell(field, problem, value, suggestion)
    },
    /** What has no field stays readable, as a line of the note. */
    keep(field: Field, text: string) {
      notes.push(`${columnsOf(field)[0]?.heading || field}: ${text}`)
    },
    /** What the cells of a field say together; '' where they say nothing. */
    one(field: Field): string {
      const columns = columnsOf(field)
      if (columns.length === 0) return ''
      if (columns.length === 1) {
        const cell = cells[columns[0]!.index] ?? ''
        return saysNothing(cell) ? '' : shown(cell)
      }
      const filled = all(field).filter((cell) => !saysNothing(cell))
      return shown(filled.join(field === 'contact_name' ? ' ' : '; '))
    },
  }
}
