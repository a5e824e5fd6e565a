import type { Cell, Put } from './cells.ts'
import { harmless } from './formula.ts'
import { writeZip } from './zip.ts'

const most_text = 32_767
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const pack = 'http://schemas.openxmlformats.org/package/2006'

/** Text inside XML as a spreadsheet reads it: what XML cannot hold is written as _x0001_. */
function escaped(text: string): string {
  return (text.length > most_text ? `${text.slice(0, most_text - 1)}…` : text)
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      /[^\P{Cc}\n\t]|[\ufffe\uffff]/gu,
      (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** A, B, ... Z, AA: the letters over a column. */
export function letters(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : letters(Math.floor(at / 26) - 1) + String.fromCharCode(65 + (at % 26))
}

const style = { plain: 0, heading: 1, day: 2, moment: 3, text: 4 }
const serial = (iso: string) => Math.round((Date.parse(iso) / 86_400_000 + 25_569) * 86_400) / 86_400

function cellXml(cell: Cell, place: string): string {
  if (cell === null || cell === undefined || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (typeof cell === 'object') {
    const [iso, look] = 'day' in cell ? [`${cell.day}T00:00:00Z`, style.day] : [cell.moment, style.moment]
    // Spreadsheets know no days before 1900.
    if (Date.parse(iso) >= Date.UTC(1900, 2, 1)) return `<c r="${place}" s="${look}"><v>${serial(iso)}</v></c>`
  }
  const text =
    typeof cell === 'boolean'
      ? cell
        ? 'Yes'
        : 'No'
      : typeof cell === 'object'
        ? 'day' in cell
          ? cell.day
          : cell.moment
        : cell
  // Text stays text by its kind; what looks like a formula is also marked so for whoever edits or saves it on.
  const look = harmless(text) === text ? '' : ` s="${style.text}"`
  return `<c r="${place}"${look} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
}

export const rowXml = (cells: readonly Cell[], row: number): string =>
  `<row r="${row}">${cells.map((cell, at) => cellXml(cell, `${letters(at)}${row}`)).join('')}</row>`

const headingXml = (headings: readonly string[]) =>
  `<row r="1">${headings.map((heading, at) => `<c r="${letters(at)}1" s="${style.heading}" t="inlineStr"><is><t xml:space="preserve">${escaped(heading)}</t></is></c>`).join('')}</row>`

const around: Record<string, string> = {
  '[Content_Types].xml': `<Types xmlns="${pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${pack}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${pack}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/></cellXfs></styleSheet>`,
}
const workbook = (name: string) =>
  `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(name).replaceAll('"', '&quot;')}" sheetId="1" r:id="rId1"/></sheets></workbook>`

/** Writes an XLSX as its rows come. In: where the bytes go, the sheet's name and headings, the moment, what hands over pages of rows. */
export function writeXlsx(
  write: Put,
  { name, headings, at }: { name: string; headings: readonly string[]; at: Date },
  fill: (add: (rows: readonly (readonly Cell[])[]) => Promise<void>) => Promise<void>,
): Promise<void> {
  return writeZip(write, at, async (add) => {
    for (const [file, xml] of Object.entries({ ...around, 'xl/workbook.xml': workbook(name) }))
      await add(file, (put) => put(Buffer.from(head + xml)))
    await add('xl/worksheets/sheet1.xml', async (put) => {
      const widths = headings.map(
        (heading, at) =>
          `<col min="${at + 1}" max="${at + 1}" width="${Math.max(12, Math.min(40, heading.length + 6))}" customWidth="1"/>`,
      )
      await put(
        Buffer.from(
          `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>${headingXml(headings)}`,
        ),
      )
      let row = 1
      await fill((rows) => put(Buffer.from(rows.map((cells) => rowXml(cells, ++row)).join(''))))
      await put(Buffer.from(`</sheetData><autoFilter ref="A1:${letters(headings.length - 1)}${row}"/></worksheet>`))
    })
  })
}
