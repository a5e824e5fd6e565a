import { type Collector, collectRows } from '../collect.ts'
import { Refused, refuseTooLarge } from '../decode.ts'
import type { SheetName } from '../reading.ts'
import { gatherFormats } from './formats.ts'
import { plainText, type Surrounding, sheetWalker } from './sheet.ts'
import { attribute, unescapeXml, type Walker, walkXml } from './xml.ts'
import { type Archive, openZip } from './zip.ts'

const small = 16 * 1024 * 1024
const strings_at_most = 96 * 1024 * 1024
const most_strings = 1_500_000
const sheets_looked_at = 20
const rows_looked_at = 60

/** Whether the bytes begin as a zip does, which every workbook is. */
export const isWorkbook = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)

const others: readonly (readonly [string, string])[] = [
  ['xl/workbook.bin', 'This is a binary workbook (.xlsb). In Excel, save it as .xlsx or CSV.'],
  ['word/document.xml', 'This is a Word document, not a sheet. Save the table as .xlsx or CSV.'],
  ['ppt/presentation.xml', 'This is a presentation, not a sheet. Save the table as .xlsx or CSV.'],
  ['content.xml', 'This is an OpenDocument file. Save it as .xlsx or CSV and choose that file.'],
  ['Index/Document.iwa', 'This is a Numbers file. In Numbers, export it to Excel or CSV and choose that file.'],
]

function refuseOthers(archive: Archive): void {
  if (archive.names.has('xl/workbook.xml')) return
  const known = others.find(([name]) => archive.names.has(name))
  throw new Refused(
    'not_a_sheet',
    known?.[1] ?? 'This is a zip file, not a workbook. Unpack it and choose the sheet inside.',
  )
}

function walk(archive: Archive, name: string, walker: Walker, most = small, going: () => boolean = () => true): void {
  const decoder = new TextDecoder()
  const take = walkXml(walker)
  archive.unpack(
    name,
    (bytes, last) => {
      take(decoder.decode(bytes, { stream: !last }), last)
      return going()
    },
    most,
  )
}

const quiet = () => {}

type Listed = { name: string; part: string; hidden: boolean }

/** The sheets in the order of their tabs, and how the workbook counts days. Links to other files are not followed. */
function listSheets(archive: Archive): { sheets: Listed[]; from1904: boolean } {
  const parts = new Map<string, string>()
  walk(archive, 'xl/_rels/workbook.xml.rels', {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return
      const target = (attribute(attributes, 'Target') ?? '').replace(/^\/?(?:xl\/)?/, '')
      parts.set(attribute(attributes, 'Id') ?? '', `xl/${target}`)
    },
    close: quiet,
    text: quiet,
  })
  const sheets: Listed[] = []
  let from1904 = false
  walk(archive, 'xl/workbook.xml', {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute(attributes, 'date1904') ?? '')
      if (name !== 'sheet' || sheets.length >= 1000) return
      const part = parts.get(attribute(attributes, 'id') ?? '') ?? ''
      const hidden = (attribute(attributes, 'state') ?? 'visible') !== 'visible'
      if (part.startsWith('xl/worksheets/')) sheets.push({ name: attribute(attributes, 'name') ?? '', part, hidden })
    },
    close: quiet,
    text: quiet,
  })
  return { sheets, from1904 }
}

function readStrings(archive: Archive): string[] {
  const strings: string[] = []
  let text = ''
  let shown = false
  let spoken = 0
  walk(
    archive,
    'xl/sharedStrings.xml',
    {
      open(name) {
        if (name === 'si') text = ''
        else if (name === 'rPh') spoken++
        else if (name === 't') shown = spoken === 0
      },
      close(name) {
        if (name === 't') shown = false
        else if (name === 'rPh') spoken--
        else if (name === 'si') {
          strings.push(plainText(unescapeXml(text)))
          if (strings.length > most_strings)
            throw new Refused('too_large', 'This workbook holds too much text. Save the sheet as CSV and choose that.')
        }
      },
      text(piece) {
        if (shown) text += piece
      },
    },
    strings_at_most,
  )
  return strings
}

/** Whether a table stands on the sheet: two rows with two cells each. Looks at its beginning alone. */
function holdsTable(archive: Archive, part: string, surrounding: Surrounding): boolean {
  const rows = collectRows()
  const { walker } = sheetWalker(rows, surrounding)
  walk(archive, part, walker, undefined, () => rows.lines.length < rows_looked_at)
  return rows.lines.filter(({ cells }) => cells.filter(Boolean).length > 1).length > 1
}

/**
 * In: the bytes of a workbook, where the rows of one sheet go, and which sheet: without a name the first with a table. Out: the
 * sheets that are not hidden, and which was taken. Throws Refused before anything grows beyond its limit.
 */
export function readWorkbook(bytes: Uint8Array, rows: Collector, wanted?: string): SheetName[] {
  refuseTooLarge(bytes.length)
  const archive = openZip(bytes)
  refuseOthers(archive)
  const { sheets, from1904 } = listSheets(archive)
  const visible = sheets.filter(({ hidden, part }) => !hidden && archive.names.has(part))
  if (visible.length === 0) throw new Refused('empty', 'This workbook has no sheet with rows.')
  const { walker: formats, formatOf } = gatherFormats()
  walk(archive, 'xl/styles.xml', formats)
  const surrounding = { strings: readStrings(archive), formatOf, from1904 }
  const named = wanted === undefined ? undefined : visible.find(({ name }) => name === wanted)
  if (wanted !== undefined && !named)
    throw new Refused('no_such_sheet', 'This workbook has no sheet of that name. Choose another one.')
  const chosen =
    named ??
    (visible.length === 1
      ? undefined
      : visible.slice(0, sheets_looked_at).find(({ part }) => holdsTable(archive, part, surrounding))) ??
    visible[0]!
  const { walker, finish } = sheetWalker(rows, surrounding)
  walk(archive, chosen.part, walker, 192 * 1024 * 1024)
  finish()
  return visible.map(({ name }) => ({ name, chosen: name === chosen.name }))
}
