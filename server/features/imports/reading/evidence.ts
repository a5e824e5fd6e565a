import { saysNothing, shown } from './cells.ts'
import type { Line } from './collect.ts'

/** Of the cells that say something: the share that could be each field's. */
export type Evidence<Field extends string> = Partial<Record<Field, number>> & { filled: number }
/** In: a cell as shown, as it stands in the file, and its row. Out: the fields it could be a value of. */
export type Recognise<Field extends string> = (
  cell: string,
  raw: string,
  row: readonly string[],
  index: number,
) => Field[]

/** In: the rows under the headings and one column's place. Out: what its values look like. Reads 300 rows at most. */
export function evidenceOf<Field extends string>(
  lines: readonly Line[],
  index: number,
  recognise: Recognise<Field>,
): Evidence<Field> {
  const step = Math.max(1, Math.floor(lines.length / 300))
  const hits = new Map<Field, number>()
  let filled = 0
  for (let at = 0; at < lines.length; at += step) {
    const cells = lines[at]!.cells
    const raw = cells[index] ?? ''
    if (saysNothing(raw) || cells.filter(Boolean).length < 2) continue
    filled++
    for (const field of recognise(shown(raw).slice(0, 400), raw, cells, index))
      hits.set(field, (hits.get(field) ?? 0) + 1)
  }
  const shares = Object.fromEntries([...hits].map(([field, count]) => [field, filled ? count / filled : 0]))
  return { ...shares, filled } as Evidence<Field>
}
