import { Refused } from '../decode.ts'

/** What a walk over XML meets. Names come without their prefix; attributes as they are written. */
export type Walker = {
  open: (name: string, attributes: string) => void
  close: (name: string) => void
  text: (text: string) => void
}

const damaged = () =>
  new Refused('damaged', 'This workbook is damaged. Open it in a spreadsheet, save it again and retry.')
const longestTag = 64 * 1024
const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The five names and numbers that XML knows by itself. There are no others here: a document type is refused. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name) return named[name.toLowerCase()] ?? whole
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : ''
  })
}

/** In: the attributes of a tag and a name, with or without a prefix. Out: its value. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let from = 0; ; ) {
    const at = attributes.indexOf(name, from)
    if (at < 0) return undefined
    const before = attributes[at - 1]
    let next = at + name.length
    while (attributes[next] === ' ') next++
    if (attributes[next] === '=' && (before === undefined || /[\s:]/.test(before))) {
      next++
      while (attributes[next] === ' ') next++
      const quote = attributes[next]
      const end = quote === '"' || quote === "'" ? attributes.indexOf(quote, next + 1) : -1
      return end < 0 ? undefined : unescapeXml(attributes.slice(next + 1, end))
    }
    from = at + name.length
  }
}

/**
 * Walks over XML that arrives in pieces, holding no more of it than the tag it is in. In: what to tell. Out: a function that
 * takes the pieces. It knows what spreadsheets write: no document types, so nothing in a file can name another one or grow.
 */
export function walkXml(walker: Walker): (piece: string, last: boolean) => void {
  let rest = ''
  return (piece, last) => {
    const all = rest ? rest + piece : piece
    let at = 0
    for (;;) {
      const start = all.indexOf('<', at)
      if (start < 0) break
      if (start > at) walker.text(all.slice(at, start))
      at = start
      const next = all.charCodeAt(start + 1)
      if (next === 33 || next === 63) {
        const end = skipped(all, start, walker)
        if (end < 0) break
        at = end
        continue
      }
      const end = endOfTag(all, start)
      if (end < 0) break
      tag(all.slice(start + 1, end))
      at = end + 1
    }
    rest = all.slice(at)
    if (rest.length > longestTag && rest[0] === '<') throw damaged()
    if (last && rest.includes('<')) throw damaged()
    // Text goes on in the next piece: told together, so that no entity is cut in two.
    if (rest.length > 1_000_000) throw damaged()
  }

  function tag(inside: string): void {
    if (inside.charCodeAt(0) === 47) {
      walker.close(
        inside
          .slice(inside.lastIndexOf(':') + 1)
          .trim()
          .replace(/^\//, ''),
      )
      return
    }
    const alone = inside.endsWith('/')
    const cut = inside.search(/[\s/]/)
    const full = cut < 0 ? inside : inside.slice(0, cut)
    const name = full.slice(full.indexOf(':') + 1)
    walker.open(name, cut < 0 ? '' : inside.slice(cut, alone ? -1 : undefined))
    if (alone) walker.close(name)
  }
}

/** Past a comment, an instruction or quoted text. Out: where it ends; -1 where more has to come first. */
function skipped(all: string, start: number, walker: Walker): number {
  const past = (mark: string) => {
    const end = all.indexOf(mark, start)
    return end < 0 ? -1 : end + mark.length
  }
  const opening = all.slice(start, start + 9)
  if (opening.startsWith('<?')) return past('?>')
  if (opening.startsWith('<!--')) return past('-->')
  if (opening === '<![CDATA[') {
    const end = all.indexOf(']]>', start)
    if (end >= 0) walker.text(all.slice(start + 9, end).replaceAll('&', '&amp;'))
    return end < 0 ? -1 : end + 3
  }
  if ('<!--'.startsWith(opening) || '<![CDATA['.startsWith(opening)) return -1
  throw damaged()
}

/** A ">" between quotation marks belongs to a value. Looks at no more than the tag. */
function endOfTag(all: string, start: number): number {
  let quote = 0
  for (let at = start + 1; at < all.length; at++) {
    const code = all.charCodeAt(at)
    if (quote) {
      if (code === quote) quote = 0
    } else if (code === 62) return at
    else if (code === 34 || code === 39) quote = code
  }
  return -1
}
