const most_characters = 150
const most_bytes = 220
const most_ending = 16

/** Control characters, marks that turn the direction of reading, and what is not drawn at all. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu
const forbidden = /[<>:"|?*]/g
const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$| )/i

const bytesOf = (text: string) => Buffer.byteLength(text)

/** The longest beginning that fits, in whole characters. */
function beginning(text: string, characters: number, bytes: number): string {
  let kept = ''
  let left = bytes
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    left -= bytesOf(segment)
    if (kept.length + segment.length > characters || left < 0) break
    kept += segment
  }
  return kept
}

/** A name that is the same on every system and leads nowhere: no folder, no mark that hides its ending, nothing reserved. In: whatever a file was called. */
export function safeName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .normalize('NFC')
    .replace(unseen, '')
    .replace(forbidden, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const dot = plain.lastIndexOf('.')
  const ending = dot > 0 && plain.length - dot <= most_ending ? plain.slice(dot) : ''
  const stem = beginning(
    plain.slice(0, plain.length - ending.length),
    most_characters - ending.length,
    most_bytes - bytesOf(ending),
  ).replace(/[. ]+$/, '')
  const name = `${stem || 'file'}${ending}`
  return device.test(name) ? `_${name}` : name
}
