import { Inflate } from 'fflate'
import { Refused } from '../decode.ts'

const mostEntries = 2000
const mostInflated = 256 * 1024 * 1024
/** What one pass may inflate a part to. Real sheets of 50,000 rows stay far below. */
export const mostOfPart = 192 * 1024 * 1024
const piece = 16 * 1024

const damaged = () =>
  new Refused('damaged', 'This workbook is damaged. Open it in a spreadsheet, save it again and retry.')
const bomb = () =>
  new Refused(
    'too_large',
    'This workbook unpacks to far more than a sheet holds. Save the sheet as CSV and choose that.',
  )

type Entry = { name: string; method: number; packed: number; declared: number; at: number }
export type Archive = {
  names: ReadonlySet<string>
  /** Unpacks one part piece by piece; stops when `take` answers false. Refuses what grows beyond `most`, whatever was declared. */
  unpack: (name: string, take: (bytes: Uint8Array, last: boolean) => boolean, most?: number) => void
}

function findDirectory(view: DataView): { at: number; entries: number; size: number } {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue
    const entries = view.getUint16(at + 10, true)
    const size = view.getUint32(at + 12, true)
    const start = view.getUint32(at + 16, true)
    if (entries === 0xffff || start === 0xffffffff || start + size > at) throw damaged()
    return { at: start, entries, size }
  }
  throw damaged()
}

/** In: the bytes of a zip. Out: its parts, by name. Reads the list of contents alone; throws Refused where it cannot be a workbook. */
export function openZip(bytes: Uint8Array): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const directory = findDirectory(view)
  if (directory.entries > mostEntries) throw bomb()
  const parts = new Map<string, Entry>()
  let declared = 0
  let packed = 0
  let at = directory.at
  for (let count = 0; count < directory.entries; count++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw damaged()
    const lengths = [
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ] as const
    const entry: Entry = {
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + lengths[0])).replaceAll('\\', '/'),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      declared: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    }
    if (view.getUint16(at + 8, true) & 1)
      throw new Refused('protected', 'This workbook has a password. Save it without one, or as CSV.')
    declared += entry.declared
    packed += entry.packed
    if (parts.has(entry.name)) throw damaged()
    parts.set(entry.name, entry)
    at += 46 + lengths[0] + lengths[1] + lengths[2]
  }
  // Parts that lie over one another are packed once and unpack many times.
  if (packed > bytes.length) throw bomb()
  if (declared > mostInflated) throw bomb()
  let inflated = 0

  return {
    names: new Set(parts.keys()),
    unpack(name, take, most = mostOfPart) {
      const entry = parts.get(name)
      if (!entry) return
      if (entry.declared > most) throw bomb()
      if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== 0x04034b50) throw damaged()
      const start = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true)
      const end = start + entry.packed
      if (end > bytes.length) throw damaged()
      let size = 0
      let going = true
      const give = (chunk: Uint8Array, last: boolean) => {
        size += chunk.length
        inflated += chunk.length
        if (size > most || inflated > 2 * mostInflated) throw bomb()
        if (going) going = take(chunk, last)
      }
      if (entry.method === 0) give(bytes.subarray(start, end), true)
      else if (entry.method === 8) inflate(bytes.subarray(start, end), give, () => going)
      else throw damaged()
    },
  }
}

function inflate(packed: Uint8Array, give: (chunk: Uint8Array, last: boolean) => void, going: () => boolean): void {
  const stream = new Inflate(give)
  try {
    for (let from = 0; going() && (from < packed.length || from === 0); from += piece)
      stream.push(packed.subarray(from, from + piece), from + piece >= packed.length)
  } catch (error) {
    if (error instanceof Refused) throw error
    throw damaged()
  }
}
