import { randomUUID } from 'node:crypto'
import type { Contract } from './contracts.ts'

export type Bag = Record<string, string>
export type Place = 'own' | 'other_partner' | 'other_company' | 'nowhere'
export type Bags = Record<Place, Bag>

const placeholder = /^@(\w+)$/

function visit(value: unknown, at: string, found: string[]): void {
  if (typeof value === 'string' && placeholder.test(value)) found.push(at)
  else if (value && typeof value === 'object')
    for (const [key, one] of Object.entries(value)) visit(one, at ? `${at}.${key}` : key, found)
}

/** Every place in a call where an id stands: path, query, body, nested lists. */
export function positions({ params, query, body }: Contract): string[] {
  const found: string[] = []
  visit({ params, query, body }, '', found)
  return found
}

/** The ways to put foreign ids in: none, each position by itself, and each two of them. */
export function swaps(contract: Contract): Record<string, Place>[] {
  const at = positions(contract)
  const foreign: Place[] = ['other_partner', 'other_company', 'nowhere']
  const single = at.flatMap((one) => foreign.map((place) => ({ [one]: place })))
  const pairs = at.flatMap((one, n) =>
    at
      .slice(n + 1)
      .flatMap((two) => foreign.slice(0, 2).flatMap((a) => foreign.slice(0, 2).map((b) => ({ [one]: a, [two]: b })))),
  )
  return [{}, ...single, ...pairs]
}

/** The call with its ids filled in. `#word` is the version of that thing in one's own bag. */
export function fill(
  contract: Contract,
  bags: Bags,
  swap: Record<string, Place>,
): { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown } {
  const put = (value: unknown, at: string): unknown => {
    if (typeof value === 'string' && value.startsWith('#')) return Number(bags.own[value] ?? 1)
    if (typeof value === 'string' && placeholder.test(value)) {
      const kind = value.slice(1)
      return (
        bags[swap[at] ?? 'own'][kind] ??
        (['slug', 'ref', 'workspace', 'session'].includes(kind) ? 'no-such-thing' : randomUUID())
      )
    }
    if (Array.isArray(value)) return value.map((one, n) => put(one, `${at}.${n}`))
    if (value && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, put(one, at ? `${at}.${key}` : key)]))
    return value
  }
  const { params, query, body } = contract
  return put({ params, query, body }, '') as ReturnType<typeof fill>
}
