import { fold } from '#server/features/partners/spelling.ts'
import { findEmails } from './addresses.ts'
import { saysNothing } from './cells.ts'

export type Person = { name: string | null; email: string | null; phone: string | null; title: string | null }

const afterName = /^(?:jr|sr|ii|iii|iv|phd|ph\.d|md|mba|cpa|esq|msc|bsc|ceo|cto|cfo|coo|cmo|dr|dipl|mag)\b\.?/i
const particles = /^(?:van|von|de|del|della|di|da|dos|du|le|la|el|al|ter|ten|zu|zur|bin|ben|st|mac|mc|o')(?:\s|$)/i
const count = (text: string) => text.split(/\s+/).filter(Boolean).length

/** Whether the address is made of this first and this family name, as in luca.nakamura@ for "Nakamura, Luca". */
function emailAgrees(email: string | null, first: string, family: string): boolean {
  const local = fold(email?.split('@')[0] ?? '')
  const starts = (name: string) =>
    fold(name)
      .split(/[^\p{L}]+/u)
      .find(Boolean)
  const [a, b] = [starts(first), starts(family)]
  return Boolean(local && a && b && local.indexOf(a) === 0 && local.includes(b))
}

/** "Nakamura, Luca" is one person written backwards; "Ana Müller, Luca Lee" are two. */
function byCommas(text: string, email: string | null): string[] {
  const parts = text.split(/\s*[,、，]\s*/).filter(Boolean)
  if (parts.length < 2) return parts
  const [family, first] = parts as [string, string]
  if (parts.length === 2) {
    if (afterName.test(first)) return [`${family}, ${first}`]
    const both = count(family) > 1 && count(first) > 1
    if (!both || particles.test(family) || emailAgrees(email, first, family)) return [`${first} ${family}`]
    return parts
  }
  if (parts.length % 2 === 0 && parts.every((part) => count(part) === 1 && !/[^\p{Script=Latin}.'-]/u.test(part))) {
    return Array.from({ length: parts.length / 2 }, (_, at) => `${parts[at * 2 + 1]} ${parts[at * 2]}`)
  }
  return parts
}

/** In: a cell of names in any usual shape, and the address beside it. Out: each person's name, given name first. */
export function readNames(cell: string, email: string | null = null): string[] {
  const pieces = cell
    .slice(0, 2000)
    .split(/\s*[;|\n\r・]\s*|\s+[/&+]\s+|\s+(?:and|und)\s+/i)
    .flatMap((piece) => {
      const [left, right, ...more] = piece.split(/\s+(?:et|y|e|og|och)\s+/i)
      return left && right && more.length === 0 && count(left) > 1 && count(right) > 1 ? [left, right] : [piece]
    })
  return pieces
    .map((piece) => piece.replace(/^[\s,:<>–-]+|[\s,:<>–-]+$/g, '').replace(/[^\S\n]+/g, ' '))
    .filter((piece) => piece && !saysNothing(piece))
    .flatMap((piece) => byCommas(piece, email))
}

const phoneInText = /\+?\(?\d[\d\s()./-]{5,24}\d/

/** The words around an address: a name, perhaps a role in brackets, perhaps a phone. */
function describe(text: string, email: string | null, beside: string | null = email): Person[] {
  const phone = phoneInText.exec(text)?.[0]?.trim() ?? null
  const noPhone = phone ? text.replace(phone, ' ') : text
  const title = /\(([^()@]{1,60})\)|\[([^[\]@]{1,60})\]/.exec(noPhone)
  const bare = (title ? noPhone.replace(title[0], ' ') : noPhone)
    .replace(/mailto:/gi, ' ')
    .replace(/\b(?:e-?mail|mail|tel|phone|mob(?:ile)?)\s*\.?:/gi, ' ')
    .replace(/[<>"()[\]{}]+/g, ' ')
  let role = title ? (title[1] ?? title[2] ?? null) : null
  let names = readNames(bare, beside)
  if (names.length === 0 && email && role) {
    names = [role]
    role = null
  }
  if (names.length === 0) return email ? [{ name: null, email, phone, title: role }] : []
  // The address belongs to the name next to it, the last one before it.
  return names.map((name, at) => {
    const own = at === names.length - 1
    return { name, email: own ? email : null, phone: own ? phone : null, title: own ? role : null }
  })
}

/** In: a cell that may hold several people with their addresses, and the address in the next cell. Out: the people, in order. */
export function readPeople(cell: string, beside: string | null = null): Person[] {
  const text = cell.slice(0, 10_000)
  const found = findEmails(text)
  if (found.length === 0) return text.split(/[;|\n]+/).flatMap((piece) => describe(piece, null, beside))
  const leads = !/[\p{L}\p{N}]/u.test(text.slice(0, found[0]!.from).replace(/mailto:|e-?mail:/gi, ''))
  const people: Person[] = []
  found.forEach(({ email, to }, at) => {
    const before = text.slice(found[at - 1]?.to ?? 0, found[at]!.from)
    const after = text.slice(to, found[at + 1]?.from ?? text.length)
    if (leads) people.push(...describeAfter(after, email))
    else {
      const inBrackets = /^\s*>?\s*\(([^()@]{1,60})\)/.exec(after)
      const owned = at > 0 ? before.replace(/^\s*>?\s*\([^()@]{1,60}\)/, ' ') : before
      const all = describe(owned, email)
      const last = all.at(-1)
      if (last && inBrackets && !last.title) last.title = inBrackets[1] ?? null
      people.push(...all)
      if (at === found.length - 1) people.push(...describe(after.replace(/^\s*>?\s*(?:\([^()@]{1,60}\))?/, ''), null))
    }
  })
  return people
}

/** For cells that write the address first: "ana@x.example (Ana Müller), luca@x.example". */
function describeAfter(after: string, email: string): Person[] {
  const [own = '', ...more] = after.split(/[;|\n,]+/)
  const [person = { name: null, email, phone: null, title: null }] = describe(own, email)
  return [person, ...more.flatMap((piece) => describe(piece, null))]
}
