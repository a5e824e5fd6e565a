const digitsOf = (currency: string) =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/**
 * An amount as people write it ("48,000", "48.000,50", "48 000") in minor units. Out: null when empty, undefined when
 * it is not an amount. The last separator starts the cents when one or two digits follow it.
 */
export function readAmount(text: string, currency: string): number | null | undefined {
  const plain = text.replace(/[\s'’]/g, '')
  if (plain === '') return null
  const parts = /^(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?$/.exec(plain)
  if (!parts) return undefined
  const digits = digitsOf(currency)
  const cents = (parts[2] ?? '').padEnd(digits, '0')
  if (cents.length > digits) return undefined
  return Number(`${parts[1]?.replace(/[.,]/g, '')}${cents}`)
}

/** An amount in minor units as one types it into a field. */
export function writeAmount(minor: number | null, currency: string): string {
  if (minor === null) return ''
  const digits = digitsOf(currency)
  const amount = minor / 10 ** digits
  return new Intl.NumberFormat('en-GB', {
    minimumFractionDigits: Number.isInteger(amount) ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(amount)
}

/** Every currency the browser knows; `first` on top. */
export function currencies(first: string): { value: string; label: string; hint: string }[] {
  const names = new Intl.DisplayNames('en-GB', { type: 'currency' })
  const codes = new Set([first, 'EUR', 'USD', 'GBP', 'CHF', ...Intl.supportedValuesOf('currency')])
  return Array.from(codes, (code) => ({ value: code, label: code, hint: names.of(code) ?? code }))
}

/** The ends of the next four quarters, beginning with the running one. */
export function nextQuarters(today = new Date()): { value: string; label: string }[] {
  return Array.from({ length: 4 }, (_, index) => {
    const month = Math.floor(today.getMonth() / 3) * 3 + 3 * (index + 1)
    const end = new Date(Date.UTC(today.getFullYear(), month, 0))
    return {
      value: end.toISOString().slice(0, 10),
      label: `Q${(end.getUTCMonth() + 1) / 3} ${end.getUTCFullYear()}`,
    }
  })
}
