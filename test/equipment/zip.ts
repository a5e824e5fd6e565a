import { crc32, deflateRawSync } from 'node:zlib'

type Part = { name: string; bytes: Uint8Array; declared?: number; method?: number; flags?: number }

/** Writes a zip for tests, hostile ones too: what it declares may differ from what it holds. */
export function zipped(parts: readonly Part[]): Uint8Array {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const { name, bytes, declared, method = 8, flags = 0 } of parts) {
    const packed = method === 8 ? deflateRawSync(bytes, { level: 6 }) : Buffer.from(bytes)
    const title = Buffer.from(name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(flags, 6)
    head.writeUInt16LE(method, 8)
    head.writeUInt32LE(crc32(bytes), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(declared ?? bytes.length, 22)
    head.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 6)
    entry.writeUInt16LE(flags, 8)
    head.copy(entry, 10, 8, 30)
    entry.writeUInt32LE(at, 42)
    local.push(head, title, packed)
    central.push(entry, title)
    at += 30 + title.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...local, directory, end])
}

export const text = (name: string, content: string): Part => ({ name, bytes: Buffer.from(content) })
const escaped = (cell: string) => cell.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The parts of a workbook with one sheet of texts; `more` replaces or adds parts. */
export function workbookParts(rows: readonly (readonly string[])[], more: readonly Part[] = []): Part[] {
  const cells = rows
    .map((row) => `<row>${row.map((cell) => `<c t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`).join('')}</row>`)
    .join('')
  const parts = [
    text('[Content_Types].xml', '<Types/>'),
    text('xl/workbook.xml', '<workbook><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    text(
      'xl/_rels/workbook.xml.rels',
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    text('xl/worksheets/sheet1.xml', `<worksheet><sheetData>${cells}</sheetData></worksheet>`),
  ]
  return [...parts.filter(({ name }) => !more.some((other) => other.name === name)), ...more]
}
export const workbook = (rows: readonly (readonly string[])[], more: readonly Part[] = []): Uint8Array =>
  zipped(workbookParts(rows, more))
