/** An amount in minor units as text: "€48,000", with cents only where there are any. */
export function formatMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  const amount = minor / 10 ** digits
  if (!Number.isInteger(amount)) return format.format(amount)
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount)
}

export function Money({ minor, currency }: { minor: number; currency: string }) {
  return <span className="ui-num">{formatMoney(minor, currency)}</span>
}
