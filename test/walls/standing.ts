import type pg from 'pg'
import { now, ours } from './ids.ts'

/** Where a check looks: at some tables or views alone, and no further than the first problem. */
export type Look = { at?: string[]; first?: boolean }
export const looksAt = (look: Look, ...things: string[]): boolean =>
  look.at === undefined || things.some((thing) => look.at?.includes(thing))

export type Standing = {
  role: string
  member?: string
  team_role?: string
  contact?: string
  partner?: string
  channel?: string
}

/**
 * Does something as one role of the database, in one company, and takes it back.
 * In: a connection inside a transaction, who, what. Out: what `act` returns.
 */
export async function standingAs<Result>(
  client: pg.Client,
  who: Standing,
  act: () => Promise<Result>,
): Promise<Result> {
  await client.query('savepoint standing')
  await client.query(
    `select set_config('app.org', $1, true), set_config('app.member', $2, true), set_config('app.team_role', $3, true), set_config('app.contact', $4, true),
      set_config('app.partner', $5, true), set_config('app.channel', $6, true), set_config('app.clock', $7, true), set_config('role', $8, true)`,
    [
      ours,
      who.member ?? '',
      who.team_role ?? '',
      who.contact ?? '',
      who.partner ?? '',
      who.channel ?? 'app',
      now,
      who.role,
    ],
  )
  try {
    return await act()
  } finally {
    await client.query('rollback to savepoint standing')
  }
}

/** Tries one statement and takes it back. Out: the rows, or the code of the refusal. */
export async function attempt(
  client: pg.Client,
  text: string,
  values: unknown[] = [],
): Promise<{ rows: Record<string, unknown>[]; count: number; refused: string | null }> {
  await client.query('savepoint attempt')
  try {
    const { rows, rowCount } = await client.query(text, values)
    return { rows, count: rowCount ?? 0, refused: null }
  } catch (error) {
    return { rows: [], count: 0, refused: (error as { code?: string }).code ?? String(error) }
  } finally {
    await client.query('rollback to savepoint attempt')
  }
}

/** What differs between two sets, in words. */
export function difference(what: string, found: Iterable<unknown>, wanted: Iterable<unknown>): string[] {
  const [a, b] = [[...found].map(String).sort(), [...wanted].map(String).sort()]
  if (a.join() === b.join()) return []
  const count = (list: string[]) =>
    list.reduce((map, one) => map.set(one, (map.get(one) ?? 0) + 1), new Map<string, number>())
  const [in_a, in_b] = [count(a), count(b)]
  const extra = a.filter((one) => (in_a.get(one) ?? 0) > (in_b.get(one) ?? 0))
  const missing = b.filter((one) => (in_b.get(one) ?? 0) > (in_a.get(one) ?? 0))
  return [
    `${what}: ${extra.length} too many (${extra.slice(0, 3)}), ${missing.length} missing (${missing.slice(0, 3)})`,
  ]
}
