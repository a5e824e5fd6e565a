import { importFields } from '#shared/imports.ts'
import { fieldNames } from './import-words.ts'

const most_bytes = 20 * 1_048_576
const most_rows = 50_000

/** Says before anything is sent why a file cannot be read; null when it may be. */
export async function refuseFile(file: File): Promise<string | null> {
  if (file.size === 0) return 'This file is empty.'
  if (/\.(xlsx?|xlsm|ods|numbers)$/i.test(file.name))
    return 'This is a spreadsheet file. Save it as CSV, or copy its rows and paste them below.'
  if (/\.(pdf|docx?|pptx?|zip|png|jpe?g|gif|webp|json|xml|html?)$/i.test(file.name))
    return 'This is not a CSV file. Save your sheet as CSV, or copy its rows and paste them below.'
  if (file.size > most_bytes) return 'This file is larger than 20 MB. Split it and bring the parts one by one.'
  // A UTF-16 file has a zero byte in every Latin letter; its line ends count the same.
  if (countLines(new Uint8Array(await file.arrayBuffer())) > most_rows + 1)
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
export const templateFile = (): Blob =>
  new Blob([`${importFields.map((field) => fieldNames[field]).join(',')}\r\n`], { type: 'text/csv' })
