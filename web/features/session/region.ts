/** Where the browser says it is: only a first guess that the form shows and people can change. */
const regionsOf: Record<string, string> = {
  EUR: 'AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK',
  USD: 'US EC SV',
  GBP: 'GB',
  CHF: 'CH LI',
  SEK: 'SE',
  NOK: 'NO',
  DKK: 'DK',
  PLN: 'PL',
  CZK: 'CZ',
  HUF: 'HU',
  RON: 'RO',
  TRY: 'TR',
  AED: 'AE',
  ILS: 'IL',
  ZAR: 'ZA',
  INR: 'IN',
  CNY: 'CN',
  HKD: 'HK',
  SGD: 'SG',
  JPY: 'JP',
  KRW: 'KR',
  AUD: 'AU',
  NZD: 'NZ',
  CAD: 'CA',
  MXN: 'MX',
  BRL: 'BR',
}

/** The currency of a language tag's region ("de-AT" is EUR); USD where it is not in the list. */
export function currencyOf(language: string): string {
  const region = new Intl.Locale(language).maximize().region ?? 'US'
  return Object.keys(regionsOf).find((currency) => regionsOf[currency]?.split(' ').includes(region)) ?? 'USD'
}

const names = new Intl.DisplayNames('en', { type: 'currency' })
export const currencyOptions = Object.keys(regionsOf).map((value) => ({
  value,
  label: value,
  hint: names.of(value) ?? value,
}))

/** Every currency there is, those of `currencyOptions` first. */
export const allCurrencies = (): { value: string; label: string; hint: string }[] => [
  ...currencyOptions,
  ...Intl.supportedValuesOf('currency')
    .filter((value) => !(value in regionsOf))
    .map((value) => ({ value, label: value, hint: names.of(value) ?? value })),
]

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

export function zoneOptions(): { value: string; label: string }[] {
  const zones = new Set([browserZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')])
  return [...zones].sort().map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}
