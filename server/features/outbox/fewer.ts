/** The last line of a mail that somebody may want fewer of. */
export const fewerLine = (link: string): string[] => ['', '—', `Fewer emails like this: ${link}`]

/** What lets a mail program unsubscribe by itself, for mail that comes by the week or day (RFC 8058). */
export const unsubscribing = (link: string): Record<string, string> => ({
  'List-Unsubscribe': `<${link}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

/** A subject is one line of a length that is shown. */
export const oneLine = (words: string): string => {
  const line = words.replace(/\s+/g, ' ').trim()
  return line.length > 150 ? `${line.slice(0, 149)}…` : line
}

/** "Hafen Terminal, Elbe Kliniken and 3 more". */
export function someOf(names: readonly string[], most = 2): string {
  const rest = names.length - most
  if (rest > 0) return `${names.slice(0, most).join(', ')} and ${rest} more`
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
