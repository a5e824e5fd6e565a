type Kind = [media_type: string, is: (head: Buffer) => boolean]

const starts =
  (...bytes: number[]) =>
  (head: Buffer) =>
    bytes.every((byte, at) => head[at] === byte)
const says = (text: string, at: number) => (head: Buffer) => head.toString('latin1', at, at + text.length) === text

const open_document: Record<string, string> = {
  'word/': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'xl/': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'ppt/': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
}
const kinds: Kind[] = [
  ['image/png', starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ['image/jpeg', starts(0xff, 0xd8, 0xff)],
  ['image/gif', (head) => says('GIF87a', 0)(head) || says('GIF89a', 0)(head)],
  ['image/webp', (head) => says('RIFF', 0)(head) && says('WEBP', 8)(head)],
  ['image/avif', (head) => says('ftypavif', 4)(head) || says('ftypavis', 4)(head)],
  ['application/pdf', says('%PDF-', 0)],
  ['application/x-ole-storage', starts(0xd0, 0xcf, 0x11, 0xe0)],
  ['application/x-msdownload', says('MZ', 0)],
  ['application/x-executable', starts(0x7f, 0x45, 0x4c, 0x46)],
  ['application/gzip', starts(0x1f, 0x8b)],
  ['application/x-7z-compressed', starts(0x37, 0x7a, 0xbc, 0xaf)],
  ['video/mp4', says('ftyp', 4)],
]

function zipped(head: Buffer): string {
  const inside = head.toString('latin1')
  const found = Object.keys(open_document).find((folder) => inside.includes(folder))
  return (inside.includes('[Content_Types].xml') && found && open_document[found]) || 'application/zip'
}

/** Readable text, and what it would be to a browser. In: the first bytes, perhaps cut within a character. */
function written(head: Buffer): string | null {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
  } catch {
    return null
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what tells bytes from text
  if (/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text)) return null
  const begins = text.slice(0, 4096)
  if (/<svg[\s>]/i.test(begins)) return 'image/svg+xml'
  if (/<(!doctype html|html|head|body|script|iframe)[\s>]/i.test(begins)) return 'text/html'
  if (/^\s*<\?xml/.test(begins)) return 'application/xml'
  return 'text/plain'
}

/** What a file is, by its bytes: its name and what a browser says of it are not asked. In: its first piece. */
export function sniff(head: Buffer): string {
  const known = kinds.find(([, is]) => is(head))
  if (known) return known[0]
  if (starts(0x50, 0x4b, 0x03, 0x04)(head)) return zipped(head)
  return written(head) ?? 'application/octet-stream'
}
