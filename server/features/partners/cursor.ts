import { invalid } from '#server/http/errors.ts'

/** Where a list goes on: the order it was in, the last row's sort key and its id. */
export type Cursor = { sort: string; key: string; id: string }

export const writeCursor = ({ sort, key, id }: Cursor): string =>
  Buffer.from(JSON.stringify([sort, key, id])).toString('base64url')

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** In: a cursor as it came back, the order asked for. Out: its parts. Errors: 422 for one this list did not write. */
export function readCursor(text: string, sort: string): Cursor {
  try {
    const [its, key, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[]
    const whole = typeof key === 'string' && !key.includes('\0') && typeof id === 'string' && uuid.test(id)
    if (its === sort && whole) return { sort, key, id }
  } catch {}
  throw invalid('cursor', 'This page cannot be found. Start from the first one.')
}
