import { fold } from '#server/features/partners/spelling.ts'

const monthNames = [
  'jan january januar janner janvier janv enero ene gennaio gen janeiro januari',
  'feb february februar fevrier fevr fev febrero febbraio fevereiro februari',
  'mar march marz maerz mrz mars marzo marco maart mrt',
  'apr april avril avr abril abr aprile',
  'may mai mayo maggio mag maio mei',
  'jun june juni juin junio giugno giu junho',
  'jul july juli juillet juil julio luglio lug julho',
  'aug august aout agosto ago augustus',
  'sep sept september septembre septiembre setiembre settembre set setembro',
  'oct october oktober okt octobre octubre ottobre ott outubro out',
  'nov november novembre noviembre novembro',
  'dec december dezember dez decembre diciembre dic dicembre dezembro',
]
const months = new Map(monthNames.flatMap((names, at) => names.split(' ').map((name) => [name, at + 1] as const)))
const fillers = new Set(
  'de del of the le den am er st nd rd th on do da di du el vom mon tue wed thu fri sat sun'.split(' '),
)
const eras: Record<string, number> = { 令和: 2018, 平成: 1988, 昭和: 1925 }

export type Order = 'dmy' | 'mdy' | null
export type ReadDate = { date: string; unsure: boolean }

function dateOf(year: number, month: number, day: number): string | null {
  const full = year < 100 ? (year < 70 ? 2000 + year : 1900 + year) : year
  if (full < 1950 || full > 2100 || month < 1 || month > 12 || day < 1) return null
  if (day > new Date(Date.UTC(full, month, 0)).getUTCDate()) return null
  return `${full}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

const numeric = /^(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\.?(?:[ T]\d{1,2}:.*)?$/

/** In: the cells of one column. Out: whether it writes day or month first, where some cell gives it away; null where none does. */
export function orderOf(cells: readonly string[]): Order {
  let dayFirst = 0
  let monthFirst = 0
  let named = 0
  for (const cell of cells) {
    const found = numeric.exec(cell)
    if (found) {
      const [a, b] = [Number(found[1]), Number(found[3])]
      if (a > 12 && b <= 12) dayFirst++
      if (b > 12 && a <= 12) monthFirst++
    } else if (/^\p{L}{3,}\.? \d{1,2},? \d{4}$/u.test(cell)) named++
  }
  if (dayFirst !== monthFirst) return dayFirst > monthFirst ? 'dmy' : 'mdy'
  return dayFirst === 0 && named > 0 ? 'mdy' : null
}

function numericDate(cell: string, order: Order): ReadDate | null {
  const found = numeric.exec(cell)
  if (!found) return null
  const [a, b, year] = [Number(found[1]), Number(found[3]), Number(found[4])]
  const dotted = found[2] === '.'
  const wanted = dotted ? 'dmy' : (order ?? 'dmy')
  const dayFirst = a > 12 || (b <= 12 && wanted === 'dmy')
  const date = dayFirst ? dateOf(year, b, a) : dateOf(year, a, b)
  return date === null ? null : { date, unsure: !dotted && order === null && a <= 12 && b <= 12 && a !== b }
}

function namedDate(cell: string): string | null {
  const parts = fold(cell)
    .split(/[^\p{L}\p{N}]+|(?<=\d)(?=\p{L})/u)
    .filter(Boolean)
  if (parts.length > 9) return null
  const month = parts.map((part) => months.get(part)).filter((found) => found !== undefined)
  const numbers = parts.filter((part) => /^\d+$/.test(part))
  const rest = parts.filter((part) => !/^\d+$/.test(part) && !months.has(part) && !fillers.has(part))
  if (month.length !== 1 || numbers.length !== 2 || rest.length > 0) return null
  const [first, second] = numbers as [string, string]
  const yearFirst = first.length === 4
  return dateOf(Number(yearFirst ? first : second), month[0]!, Number(yearFirst ? second : first))
}

/** In: a cell, and the order its column writes in. Out: the day as YYYY-MM-DD; null when it is no date. Reads Excel's day numbers too. */
export function readDate(cell: string, order: Order = null): ReadDate | null {
  if (cell.length > 60) return null
  const text = cell.normalize('NFKC')
  const sure = (date: string | null): ReadDate | null => (date === null ? null : { date, unsure: false })
  const yearFirst = /^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?:日|$|[ T]\S.*$)/.exec(text)
  if (yearFirst) return sure(dateOf(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3])))
  const era = /^(令和|平成|昭和)(\d{1,2}|元)年(\d{1,2})月(\d{1,2})日$/.exec(text)
  if (era) {
    const year = (eras[era[1]!] ?? 0) + (era[2] === '元' ? 1 : Number(era[2]))
    return sure(dateOf(year, Number(era[3]), Number(era[4])))
  }
  if (/^(?:19|20)\d{6}$/.test(text))
    return sure(dateOf(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))))
  if (/^[2-7]\d{4}(?:[.,]\d+)?$/.test(text)) {
    const day = new Date(Date.UTC(1899, 11, 30 + Number.parseInt(text, 10)))
    return { date: day.toISOString().slice(0, 10), unsure: false }
  }
  return numericDate(text, order) ?? sure(namedDate(text))
}

const lastOf = (year: number, month: number): string | null =>
  month < 1 || month > 12
    ? null
    : dateOf(year, month, new Date(Date.UTC(year < 100 ? 2000 + year : year, month, 0)).getUTCDate())

/** In: "Q1 2027", "March 2027", "03/2027", "2027年3月". Out: its last day; null when it is neither a quarter nor a month. */
export function endOfPeriod(cell: string): string | null {
  if (cell.length > 40) return null
  const text = cell.normalize('NFKC').trim()
  const quarter =
    /^(?:q|t|第)?\s?([1-4])\s?(?:q|四半期|\. quartal|e trimestre|trimestre)?[\s/'’-]*((?:19|20)\d{2}|\d{2})$/i.exec(
      text,
    )
  if (quarter && /q|t|quartal|四半期/i.test(text)) return lastOf(Number(quarter[2]), Number(quarter[1]) * 3)
  const turned = /^(20\d{2})[\s/-]*(?:q|t)([1-4])$/i.exec(text)
  if (turned) return lastOf(Number(turned[1]), Number(turned[2]) * 3)
  const numeric = /^(\d{1,2})[/.-](20\d{2})$/.exec(text)
  if (numeric) return lastOf(Number(numeric[2]), Number(numeric[1]))
  const yearFirst = /^(20\d{2})[-/.年]\s?(\d{1,2})月?$/.exec(text)
  if (yearFirst) return lastOf(Number(yearFirst[1]), Number(yearFirst[2]))
  const parts = fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(
      (part) =>
        part && !fillers.has(part) && !/^(?:end|ende|fin|final|late|mid|early|anfang|mitte|debut|mi)$/.test(part),
    )
  const month = months.get(parts[0] ?? '')
  return parts.length === 2 && month && /^(?:20\d{2}|\d{2})$/.test(parts[1]!) ? lastOf(Number(parts[1]), month) : null
}
