import type { Names } from './words.ts'

const formats: Record<string, string> = { csv: 'CSV', xlsx: 'Excel', json: 'JSON', zip: 'a zip' }
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** "status active, owner Ira Novak": what an export was narrowed to. Ids whose name the page does not know are left out. */
function filterWords(filter: unknown, names: Names): string {
  const chosen = Object.entries((filter ?? {}) as Record<string, unknown>).filter(
    ([name, value]) => name !== 'sort' && value !== 'all',
  )
  const said = chosen.flatMap(([name, value]) => {
    if (name === 'open') return [value === 'true' ? 'open ones' : 'closed ones']
    const words = [value].flat().map((one) => (uuid.test(String(one)) ? names[String(one)] : String(one)))
    const known = words.filter(Boolean)
    return known.length > 0 ? [`${name} ${known.join(' or ')}`] : []
  })
  return said.length > 0 ? ` (${said.join(', ')})` : ''
}

/** What was taken out, for a sentence. In: the details as they were logged. */
export function exportWords(details: Record<string, unknown>, names: Names): string {
  const { what, format, count, picked, filter, lens } = details
  const as = ` as ${formats[String(format)] ?? 'a file'}`
  if (what === 'company') return 'exported the whole company'
  if (what === 'log')
    return `exported the log of ${lens === 'views' ? 'views' : 'changes'}${as}${filterWords(filter, names)}`
  if (what !== 'partners' && what !== 'deals') return 'exported data'
  const things = `${Number(count).toLocaleString('en')} ${count === 1 ? what.slice(0, -1) : what}`
  return `exported ${picked ? `${things}, picked one by one,` : things}${as}${filterWords(filter, names)}`
}
