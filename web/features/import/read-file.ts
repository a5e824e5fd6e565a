import { most_import_bytes, most_import_rows } from '#shared/imports.ts'
import { headingsOf } from './import-words.ts'

/** Says before anything is sent why a file cannot be read; null when it may be. */
export async function refuseFile(file: File): Promise<string | null> {
  if (file.size === 0) return 'This file is empty.'
  if (/\.(xls|xlsm|xlsb|ods|numbers)$/i.test(file.name))
    return 'This kind of workbook cannot be read. Save it as XLSX or CSV, or copy its rows and paste them below.'
  if (/\.(pdf|docx?|pptx?|zip|png|jpe?g|gif|webp|svg|json|xml|html?)$/i.test(file.name))
    return 'This is not a sheet. Save your list as CSV or XLSX, or copy its rows and paste them below.'
  if (file.size > most_import_bytes) return 'This file is larger than 20 MB. Split it and bring the parts one by one.'
  if (/\.xlsx$/i.test(file.name)) return null
  // A UTF-16 file has a zero byte in every Latin letter; its line ends count the same.
  if (countLines(new Uint8Array(await file.arrayBuffer())) > most_import_rows + 1)
    return 'This file has more than 50,000 rows. Split it and bring the parts one by one.'
  return null
}

function countLines(bytes: Uint8Array): number {
  let lines = 1
  let quoted = false
  for (const byte of bytes) {
    if (byte === 0x22) quoted = !quoted
    else if (byte === 0x0a && !quoted) lines++
  }
  return lines
}

/** Rows copied out of a spreadsheet, as the file they would have been. */
export const pastedFile = (text: string): File =>
  new File([text], 'Pasted rows.tsv', { type: 'text/tab-separated-values' })

/** A CSV with the headings that are known, to fill in. */
export const templateFile = (kind: 'partners' | 'deals' = 'partners'): Blob =>
  new Blob([`${headingsOf[kind].join(',')}\r\n`], { type: 'text/csv' })
