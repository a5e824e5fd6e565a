import { fold } from '#server/features/partners/spelling.ts'
import { readNames } from './people.ts'

export type Member = { id: string; name: string; email: string }

const spaced = (text: string) =>
  fold(text)
    .replace(/[^\p{L}\p{N}@._+-]+/gu, ' ')
    .trim()

/** One way of naming a member; where two answer to the same word, none does. */
function namedBy(members: readonly Member[], wordOf: (member: Member) => string): Map<string, string | null> {
  const found = new Map<string, string | null>()
  for (const member of members) {
    const word = spaced(wordOf(member))
    if (word) found.set(word, found.has(word) ? null : member.id)
  }
  return found
}

/** In: the members of the team. Out: a reader of owner cells: by e-mail, full name, or a first or family name only one member has. */
export function ownersAmong(members: readonly Member[]): (cell: string) => string | null {
  const ways = [
    namedBy(members, ({ email }) => email),
    namedBy(members, ({ name }) => name),
    namedBy(members, ({ name }) => name.trim().split(/\s+/)[0] ?? ''),
    namedBy(members, ({ email }) => email.split('@')[0] ?? ''),
    namedBy(members, ({ name }) => name.trim().split(/\s+/).at(-1) ?? ''),
  ]
  const named = (text: string) => {
    const word = spaced(text)
    const way = ways.find((each) => each.has(word))
    return way?.get(word) ?? null
  }
  const known = new Map<string, string | null>()
  return (cell) => {
    if (!known.has(cell)) {
      const email = /[^\s<>(),;]{1,64}@[^\s<>(),;]{1,190}/.exec(cell.slice(0, 300))?.[0]
      const name = readNames(cell.slice(0, 300).replace(/\([^)]*\)|<[^>]*>/g, ' '))[0] ?? ''
      const id = (email && named(email)) || named(cell.slice(0, 300)) || named(name) || null
      if (known.size > 5000) known.clear()
      known.set(cell, id)
    }
    return known.get(cell) ?? null
  }
}
