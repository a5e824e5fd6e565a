import { fold } from '../../partners/spelling.ts'
import { readNames } from './people.ts'

export type Member = { id: string; name: string; email: string }

const spaced = (text: string) =>
  fold(text)
    .replace(/[^\p{L}\p{N}@._+-]+/gu, ' ')
    .trim()

/** In: the members of the team. Out: a reader of owner cells: by e-mail, by full name, or by a first or family name that only one member has. */
export function ownersAmong(members: readonly Member[]): (cell: string) => string | null {
  const found = new Map<string, string | null>()
  const add = (key: string, id: string) => {
    if (key) found.set(key, found.has(key) && found.get(key) !== id ? null : id)
  }
  for (const { id, name, email } of members) {
    const parts = spaced(name).split(' ')
    for (const key of new Set([spaced(name), parts[0]!, parts.at(-1)!, spaced(name).replaceAll(' ', '')])) add(key, id)
    add(spaced(email.split('@')[0] ?? ''), id)
  }
  for (const { id, name } of members)
    if (members.filter((other) => spaced(other.name) === spaced(name)).length === 1) found.set(spaced(name), id)
  for (const { id, email } of members) found.set(spaced(email), id)
  const known = new Map<string, string | null>()
  return (cell) => {
    if (!known.has(cell)) {
      const email = /[^\s<>(),;]{1,64}@[^\s<>(),;]{1,190}/.exec(cell.slice(0, 300))?.[0]
      const name = readNames(cell.slice(0, 300).replace(/\([^)]*\)|<[^>]*>/g, ' '))[0] ?? ''
      const id =
        (email && found.get(spaced(email))) || found.get(spaced(cell.slice(0, 300))) || found.get(spaced(name)) || null
      if (known.size > 5000) known.clear()
      known.set(cell, id)
    }
    return known.get(cell) ?? null
  }
}
