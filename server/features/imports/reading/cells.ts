import { asTyped } from '#server/features/exports/formula.ts'
import { fold } from '#server/features/partners/spelling.ts'

/** Trims every kind of space, drops what cannot be seen, and composes accents. */
export function tidy(cell: string): string {
  const plain = /[^\x20-\x7e]/.test(cell)
    ? cell
        .replace(/\r\n?/g, '\n')
        .replace(/[^\P{Cc}\n\t]|[\u200b\u2060\ufeff]/gu, '')
        .normalize('NFC')
    : cell
  return plain.replace(/\u00a0/g, ' ').trim()
}

/** A cell of a file: tidied, and without the apostrophe that exports put before a formula's sign. */
export function tidyCell(cell: string): string {
  return asTyped(tidy(cell)).trim()
}

const nothing = new Set(
  `n/a|na|n.a.|tbd|tba|tbc|none|null|nil|unknown|missing|not known|not yet|-|--|---|–|—|?|??|???|.|#n/a|#ref!|#value!|#name?|#div/0!|#null!|#num!|
  k.a.|k. a.|keine|kein|keiner|unbekannt|fehlt|s/o|aucun|aucune|neant|inconnu|a definir|nd|n.d.|n/d|s/d|ninguno|ninguna|desconocido|por definir|
  n.v.t.|onbekend|未定|なし|無し|不明|未入力|該当なし|ー`
    .split('|')
    .map((word) => word.trim()),
)

/** Whether the cell says that there is nothing to say: blank, n/a, TBD, 未定. */
export function saysNothing(cell: string): boolean {
  return cell === '' || (cell.length <= 14 && nothing.has(fold(cell)))
}

/** What a formula shows: the label of a link, or the text of ="0049". Any other cell stays as it is. */
export function shown(cell: string): string {
  if (!cell.startsWith('=') || cell.length > 2000) return cell
  const link = /^=HYPERLINK\(\s*"([^"]*)"\s*(?:[,;]\s*"([^"]*)"\s*)?\)$/i.exec(cell)
  if (link) return tidy(link[2] || link[1] || '')
  const text = /^="([^"]*)"$/.exec(cell)
  return text ? tidy(text[1] ?? '') : cell
}

/** Where a link formula leads; any other cell stays as it is. */
export function linked(cell: string): string {
  return /^=HYPERLINK\(\s*"([^"]{1,1000})"/i.exec(cell)?.[1] ?? shown(cell)
}

/** Words of a heading or a value for comparing: folded, punctuation as spaces. */
export function plainWords(cell: string): string {
  return fold(cell.slice(0, 200))
    .replace(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim()
}
