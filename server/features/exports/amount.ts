const digits = new Map<string, number>()

/** An amount as a number of whole units. In: minor units and their currency. */
export function amount(minor: number | null, currency: string | null): number | null {
  if (minor === null) return null
  const code = currency ?? 'EUR'
  if (!digits.has(code))
    digits.set(
      code,
      new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2,
    )
  return minor / 10 ** (digits.get(code) ?? 2)
}
