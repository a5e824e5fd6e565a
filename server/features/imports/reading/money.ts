const codes = new Set(Intl.supportedValuesOf('currency'))
const symbols: Record<string, string> = {
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '₩': 'KRW',
  '₺': 'TRY',
  '₽': 'RUB',
  '₪': 'ILS',
  '₫': 'VND',
  '฿': 'THB',
  '₴': 'UAH',
  zł: 'PLN',
  kč: 'CZK',
  r$: 'BRL',
  us$: 'USD',
  a$: 'AUD',
  c$: 'CAD',
  ca$: 'CAD',
  au$: 'AUD',
  s$: 'SGD',
  hk$: 'HKD',
  nz$: 'NZD',
  mx$: 'MXN',
  円: 'JPY',
  元: 'CNY',
  fr: 'CHF',
  sfr: 'CHF',
  euro: 'EUR',
  euros: 'EUR',
  eu: 'EUR',
  dollar: 'USD',
  dollars: 'USD',
  dolares: 'USD',
  pounds: 'GBP',
  yen: 'JPY',
}
/** Signs that several currencies share: the company's own where it is one of them. */
const shared: Record<string, readonly string[]> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'CLP', 'COP', 'ARS'],
  '¥': ['JPY', 'CNY'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
}
const multipliers: Record<string, number> = {
  k: 1e3,
  t: 1e3,
  tsd: 1e3,
  thousand: 1e3,
  mil: 1e3,
  m: 1e6,
  mm: 1e6,
  mn: 1e6,
  mio: 1e6,
  mill: 1e6,
  million: 1e6,
  millions: 1e6,
  millionen: 1e6,
  millones: 1e6,
  bn: 1e9,
  b: 1e9,
  mrd: 1e9,
  md: 1e9,
  billion: 1e9,
  千: 1e3,
  万: 1e4,
  億: 1e8,
}

export type Money = { amount: number; currency: string | null }

/** "12.345,60" and "12,345.60": the last separator starts the cents when one or two digits follow it. Out: null for no number. */
export function readNumber(text: string): number | null {
  const plain = text.replace(/[\s'’_]/g, '')
  const negative = /^-|^\(.*\)$/.test(plain)
  const digits = plain.replace(/^[-+(]+|\)+$/g, '')
  if (digits.length > 40) return null
  const point = digits.lastIndexOf('.')
  const comma = digits.lastIndexOf(',')
  let value: number
  if (/^\d+$/.test(digits)) value = Number(digits)
  else if (point >= 0 && comma >= 0) {
    const [thousands, decimal] = point > comma ? [',', '.'] : ['.', ',']
    const cut = digits.lastIndexOf(decimal)
    const whole = digits.slice(0, cut)
    if (!new RegExp(`^\\d{1,3}(?:\\${thousands}\\d{2,3})*$`).test(whole) || !/^\d+$/.test(digits.slice(cut + 1)))
      return null
    value = Number(`${whole.replaceAll(thousands, '')}.${digits.slice(cut + 1)}`)
  } else {
    const sign = point >= 0 ? '.' : ','
    const groups = digits.split(sign)
    if (groups.some((group) => !/^\d+$/.test(group))) return null
    const thousands =
      groups.slice(1).every((group) => group.length === 3) && groups[0]!.length <= 3 && groups[0] !== '0'
    if (thousands) value = Number(groups.join(''))
    else if (groups.length === 2) value = Number(groups.join('.'))
    // 12,34,567 as written in India.
    else if (/^\d{1,2}(?:,\d{2})*,\d{3}$/.test(digits)) value = Number(groups.join(''))
    else return null
  }
  return Number.isFinite(value) ? (negative ? -value : value) : null
}

function currencyOf(word: string, own: string | null): string | null {
  const upper = word.toUpperCase()
  if (upper.length === 3 && codes.has(upper)) return upper
  const several = shared[word]
  if (several) return own && several.includes(own) ? own : several[0]!
  return symbols[word] ?? null
}

/** A cell that says nothing but a currency: "EUR", "€", "US dollars". */
export const readCurrency = (cell: string, own: string | null = null): string | null => {
  const words = cell.normalize('NFKC').toLowerCase().trim().split(/\s+/)
  return words.map((word) => currencyOf(word.replaceAll('¥', '¥'), own)).find((found) => found !== null) ?? null
}

const aboutWords =
  /^(?:~|≈|ca\.?|circa|about|approx\.?|approximately|around|etwa|ungefahr|env\.?|environ|aprox\.?|約|およそ|roughly|est\.?)\s*/i

/**
 * An amount as people write it: "USD 118000", "~203k EUR", "340.000,00 €", "1.2M", "120万円", "250 TEUR".
 * Out: the amount and the currency where one is named; 'range' where two amounts stand there; null where it is none.
 */
export function readMoney(cell: string, own: string | null = null): Money | 'range' | null {
  if (cell.length > 60) return null
  let text = cell
    .normalize('NFKC')
    .replace(/[\u2212\u2013\u2014]/g, '-')
    .trim()
  while (aboutWords.test(text)) text = text.replace(aboutWords, '')
  text = text.replace(/,\s*-+$|\.-+$/, '').trim()
  const numbers = text.match(/\d[\d.,'’ ]*/g)
  if (!numbers) return null
  if (numbers.length === 2 && /\d[^\d]*(?:-|\bto\b|\bbis\b|\bà\b|\ba\b|〜|~|\/|\bor\b)[^\d]*\d/i.test(text))
    return 'range'
  if (/^[<>≤≥]|\d\s*\+$/.test(text)) return 'range'
  if (numbers.length !== 1) return null
  const written = numbers[0]!.trim().replace(/[.,]$/, '')
  const amount = readNumber(written)
  if (amount === null) return null
  const [before, after] = [
    text.slice(0, text.indexOf(numbers[0]!)),
    text.slice(text.indexOf(numbers[0]!) + numbers[0]!.length),
  ]
  if (/-\s*$|^\s*-|^\(/.test(before)) return null
  let currency: string | null = null
  let times = 1
  for (const word of `${before} ${after}`.toLowerCase().match(/[\p{L}]*\p{Sc}|\p{Sc}|[\p{L}]+/gu) ?? []) {
    const found = currencyOf(word, own)
    if (found && !currency) currency = found
    else if (multipliers[word] && times === 1) times = multipliers[word]
    else if (!readJoined(word)) return null
  }
  const value = Math.round(amount * times * 1e4) / 1e4
  return { amount: value, currency }

  /** "TEUR", "k€", "万円": a multiplier and a currency in one word. */
  function readJoined(word: string): boolean {
    for (let cut = 1; cut < word.length; cut++) {
      for (const [first, second] of [
        [word.slice(0, cut), word.slice(cut)],
        [word.slice(cut), word.slice(0, cut)],
      ] as const) {
        const found = currencyOf(second, own)
        if (multipliers[first] && found && times === 1 && !currency) {
          times = multipliers[first]
          currency = found
          return true
        }
      }
    }
    return false
  }
}

/** Whether a cell is one amount. */
export const isAmount = (cell: string): boolean =>
  cell.length < 40 && /\d/.test(cell) && typeof readMoney(cell) === 'object' && readMoney(cell) !== null

const digitsKnown = new Map<string, number>()
/** How many digits of this currency are its minor unit. */
export function minorDigits(currency: string): number {
  let digits = digitsKnown.get(currency)
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
    digitsKnown.set(currency, digits)
  }
  return digits
}
