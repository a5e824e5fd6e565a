// What a spreadsheet runs instead of showing. Depending on the country a machine is set to, a cell begins anew after a
// semicolon, a tab or a line break, even inside quotes; spaces and quotes before the sign do not stop it everywhere.
const runs = '[ \\u00a0"\']*[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20]'
const begins = '(?<=^|[;\\t\\r\\n])'
const blank = '["\']*[\\t\\r\\n]'
const dangerous = new RegExp(`${begins}(?=${runs})|^(?=${blank})`, 'g')
const marked = new RegExp(`${begins}'(?=${runs})|^'(?=${blank})`, 'g')
const suspicious = /[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/** Text that no spreadsheet runs: an apostrophe stands before whatever would. `asTyped` takes exactly those away again. */
export const harmless = (text: string): string => (suspicious.test(text) ? text.replace(dangerous, "'") : text)

/** The text as it was before `harmless`, for reading our own files back. */
export const asTyped = (text: string): string => (suspicious.test(text) ? text.replace(marked, '') : text)
