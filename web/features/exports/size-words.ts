/** 812 kB, 2.1 MB: as machines show it. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  const units = ['kB', 'MB', 'GB']
  let size = bytes / 1000
  let unit = 0
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`
}

const many = (count: number, one: string, more = `${one}s`) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

type Contents = {
  partners: number
  contacts: number
  deals: number
  entries: number
  files: number
  file_bytes: number
}
/** "312 partners, 540 contacts, ...": what a company keeps, in its own order. */
export const contentsWords = (it: Contents): string[] => [
  many(it.partners, 'partner'),
  many(it.contacts, 'contact'),
  many(it.deals, 'deal'),
  `${many(it.entries, 'note and event', 'notes and events')}`,
  it.files > 0 ? `${many(it.files, 'file')} (${sizeWords(it.file_bytes)})` : 'no files',
]
export { many }
