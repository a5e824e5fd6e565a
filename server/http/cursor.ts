import { invalid } from './errors.ts'

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)$/
const key = /^[0-9A-Za-z-]{1,40}$/

/** Where a list that is ordered by time goes on: the last row's moment and the key that tells it from others of that moment. */
export type Place = { at: string; key: string }

/** In: the place after which a page ends. Out: an opaque word for the caller. */
export const writePlace = ({ at, key }: Place): string => Buffer.from(`${at} ${key}`).toString('base64url')

/** In: a cursor as it came back. Out: its place, or null for the first page. Errors: 422 for one that no list wrote. */
export function readPlace(cursor: string | undefined, form: RegExp = key): Place | null {
  if (cursor === undefined) return null
  const [at = '', last = '', ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (rest.length === 0 && moment.test(at) && form.test(last)) return { at, key: last }
  throw invalid('cursor', 'This page cannot be found. Start from the first one.')
}

/** Keys that are ids, and keys that are row numbers. */
export const ids = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const numbers = /^\d{1,18}$/

/** In: one row more than the page holds, and where a row stands. Out: the page and the cursor of the one after it. */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  placeOf: (row: Row) => Place,
): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? writePlace(placeOf(last)) : null }
}
