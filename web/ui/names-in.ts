export type Named = { id: string; name: string }
/** A piece of a text: words, or a person named in them. */
export type Piece = string | Named

const edge = /[\p{L}\p{N}_]/u

/** Cuts a text at the people it names as @Name; the longest name wins. */
export function namesIn(text: string, people: readonly Named[]): Piece[] {
  const longest = [...people].sort((a, b) => b.name.length - a.name.length)
  const pieces: Piece[] = []
  let said = ''
  let at = 0
  while (at < text.length) {
    const person =
      text[at] === '@' && !edge.test(text[at - 1] ?? ' ')
        ? longest.find(({ name }) => text.startsWith(name, at + 1) && !edge.test(text[at + 1 + name.length] ?? ' '))
        : undefined
    if (person) {
      if (said) pieces.push(said)
      pieces.push(person)
      said = ''
      at += person.name.length + 1
    } else said += text[at++]
  }
  return said ? [...pieces, said] : pieces
}

/** Who is named in a text, each once. */
export const namedIn = (text: string, people: readonly Named[]): string[] => [
  ...new Set(namesIn(text, people).flatMap((piece) => (typeof piece === 'string' ? [] : [piece.id]))),
]

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()

/** The name being typed after an @ that ends at the caret: where it begins and what is typed of it. */
export function nameBefore(text: string, caret: number): { from: number; typed: string } | null {
  const found = /(?:^|[\s(])@([^\s@][^@\n]{0,40}|)$/u.exec(text.slice(0, caret))
  return found ? { from: caret - (found[1] ?? '').length - 1, typed: found[1] ?? '' } : null
}

/** People whose name, or a word of it, begins with what is typed. */
export function peopleLike(people: readonly Named[], typed: string): Named[] {
  const wanted = plain(typed)
  return people
    .filter(
      ({ name }) =>
        plain(name).startsWith(wanted) ||
        plain(name)
          .split(/\s+/)
          .some((word) => word.startsWith(wanted)),
    )
    .slice(0, 6)
}
