export type Refusal = { code: string; problem: string; line: number | null }

/** Thrown inside the reading folder for a file that cannot be read at all; `readSheet` turns it into its `refused`. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(code: string, problem: string, line: number | null = null) {
    super(problem)
    this.refusal = { code, problem, line }
  }
}

export const mostBytes = 20 * 1024 * 1024

const signatures: readonly (readonly [string, string])[] = [
  [
    'd0cf11e0',
    'This is an old Excel workbook, or one with a password. In Excel, save it as .xlsx or CSV without a password.',
  ],
  ['89504e47', 'This is a picture, not a sheet.'],
  ['ffd8ff', 'This is a picture, not a sheet.'],
  ['47494638', 'This is a picture, not a sheet.'],
  ['25504446', 'This is a PDF. Save the sheet as .xlsx or CSV and choose that file.'],
  ['1f8b', 'This file is compressed. Unpack it first.'],
]

function refuseBinary(bytes: Uint8Array): void {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex')
  const known = signatures.find(([signature]) => start.startsWith(signature))
  if (known) throw new Refused('not_text', known[1])
}

/** UTF-16 without a mark shows itself by the empty half of most characters. */
function wideWithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const seen = bytes.subarray(0, 4096)
  if (seen.length < 4 || bytes.length % 2 === 1) return null
  let even = 0
  let odd = 0
  for (let at = 0; at < seen.length; at++) if (seen[at] === 0) at % 2 === 0 ? even++ : odd++
  const most = seen.length / 2
  if (odd > most * 0.3 && even < most * 0.05) return 'utf-16le'
  if (even > most * 0.3 && odd < most * 0.05) return 'utf-16be'
  return null
}

function tryDecode(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function narrow(bytes: Uint8Array): string {
  const utf8 = tryDecode('utf-8', bytes)
  if (utf8 !== null) return utf8
  // Excel in Japan writes Shift_JIS. European bytes can pass for it by chance, but not as kana or as these words.
  const japanese = tryDecode('shift_jis', bytes)
  if (japanese && /[\u3041-\u3096\u30a1-\u30fa]|会社|電話|担当/.test(japanese)) return japanese
  return new TextDecoder('windows-1252').decode(bytes)
}

function decoded(bytes: Uint8Array): string {
  refuseBinary(bytes)
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  const wide = marked ?? wideWithoutMark(bytes)
  return wide ? new TextDecoder(wide).decode(bytes) : narrow(bytes)
}

export function refuseTooLarge(size: number): void {
  if (size > mostBytes)
    throw new Refused('too_large', 'This file is over 20 MB. Split it and bring the parts one by one.')
}

/** In: the bytes of a file, or pasted text. Out: its text. Throws Refused for anything that is not text. */
export function toText(input: Uint8Array | string): string {
  refuseTooLarge(input.length)
  const text = typeof input === 'string' ? input : decoded(input)
  if (text.includes('\0'))
    throw new Refused('not_text', 'This file holds data that is not text. Save the sheet as .xlsx or CSV.')
  if (/^\s*<(?:!doctype html|html|\?xml|table)\b/i.test(text.slice(0, 200)))
    throw new Refused(
      'not_text',
      'This is a web page or XML, not a sheet. Open it in a spreadsheet and save it as .xlsx or CSV.',
    )
  return text
}
