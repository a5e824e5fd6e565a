import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { fold } from '#server/features/partners/spelling.ts'
import { plainWords } from './cells.ts'
import type { Column } from './columns.ts'
import type { CustomField } from './custom.ts'
import type { Refusal } from './decode.ts'
import type { ExistingPartner } from './duplicates.ts'
import type { ListItem } from './kinds.ts'
import type { Member } from './owners.ts'

/** One cell as the person wrote it anew. */
export type Edit = { line: number; index: number; text: string }
/** What a word means in a field, said once for all rows: a key, an id, or nothing for leaving it empty. */
export type ValueChoice = { field: string; word: string; value: string | null }

/** What the person changed about the reading. */
export type Changes<Field extends string> = {
  /** Field by column, where the person matched them differently; missing places keep the guess. */
  mapping?: readonly (Field | null | undefined)[]
  edits?: readonly Edit[]
  values?: readonly ValueChoice[]
  /** The sheet of a workbook; without it the first one with a table. */
  sheet?: string
}
/** Everything a sheet is compared with. */
export type Surroundings = {
  members: readonly Member[]
  existing: readonly ExistingPartner[]
  types?: readonly ListItem[]
  roles?: readonly ListItem[]
  stages?: readonly ListItem[]
  custom_fields?: readonly CustomField[]
}

/** A word that nothing is known for, and how many rows say it. */
export type UnknownWord = { field: string; word: string; count: number }
export type SheetName = { name: string; chosen: boolean }

/** A sheet that was read. Its rows can be walked more than once; each is made when it is asked for. */
export type OpenSheet<Row, Field extends string, Counts> = {
  refused: Refusal | null
  columns: Column<Field>[]
  counts: Counts
  unknown: UnknownWord[]
  /** The sheets of a workbook that are not hidden; none for a CSV. */
  sheets: SheetName[]
  rows: Iterable<Row>
}

const wordKey = (field: string, word: string) => `${field} ${plainWords(word) || fold(word)}`

/** In: what the person said about words. Out: what a word in a field means; undefined where nothing was said. */
export function choicesOf(values: readonly ValueChoice[] = []): (field: string, word: string) => string | undefined {
  const said = new Map(values.map(({ field, word, value }) => [wordKey(field, word), value ?? '']))
  return said.size === 0 ? () => undefined : (field, word) => said.get(wordKey(field, word))
}

const mostWords = 200

/** Collects the words nothing is known for. */
export function unknownWords(): { add: (field: string, word: string) => void; all: () => UnknownWord[] } {
  const found = new Map<string, UnknownWord>()
  return {
    add(field, word) {
      const key = wordKey(field, word)
      const before = found.get(key)
      if (before) before.count++
      else if (found.size < 5000) found.set(key, { field, word: word.slice(0, 100), count: 1 })
    },
    all: () => [...found.values()].sort((a, b) => b.count - a.count).slice(0, mostWords),
  }
}

const packed_at_once = 200

/** Rows in a shape that takes little room, since a sheet may have 50,000 of them. */
export function packed<Row extends { line: number }>(): {
  add: (row: Row) => void
  rows: (mend: (row: Row) => Row) => Iterable<Row>
} {
  const kept: Uint8Array[] = []
  let last: Row[] = []
  return {
    add(row) {
      last.push(row)
      if (last.length < packed_at_once) return
      kept.push(deflateRawSync(JSON.stringify(last), { level: 1 }))
      last = []
    },
    rows: (mend) => ({
      *[Symbol.iterator]() {
        for (const some of kept) yield* (JSON.parse(inflateRawSync(some).toString()) as Row[]).map(mend)
        yield* (JSON.parse(JSON.stringify(last)) as Row[]).map(mend)
      },
    }),
  }
}
