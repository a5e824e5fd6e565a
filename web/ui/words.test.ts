import { describe, expect, it } from 'vitest'
import { formatMoney } from './money.tsx'
import { sayDay, sayWhen } from './time.tsx'

describe('money', () => {
  it('leaves out cents that are zero and keeps the others', () => {
    expect(formatMoney(4_800_000, 'EUR')).toBe('€48,000')
    expect(formatMoney(1999, 'GBP')).toBe('£19.99')
  })
  it('counts minor units the way the currency does', () => {
    expect(formatMoney(83_000, 'JPY')).toBe('JP¥83,000')
    expect(formatMoney(83_000, 'KWD').replace(/\s/, ' ')).toBe('KWD 83')
  })
})

describe('time', () => {
  const now = new Date(2026, 10, 23, 12, 0)
  it('names today and yesterday by calendar day, not by 24 hours', () => {
    expect(sayWhen(new Date(2026, 10, 23, 0, 5), now)).toBe('Today, 00:05')
    expect(sayWhen(new Date(2026, 10, 22, 23, 55), now)).toBe('Yesterday, 23:55')
    expect(sayWhen(new Date(2026, 10, 22, 23, 55), now, 'ago')).toBe('Yesterday')
  })
  it('counts days, then gives the date, with the year when it is another one', () => {
    expect(sayWhen(new Date(2026, 9, 7), now, 'ago')).toBe('47 days ago')
    expect(sayWhen(new Date(2026, 10, 20, 14, 31), now)).toBe('20 Nov, 14:31')
    expect(sayWhen(new Date(2025, 10, 20), now)).toBe('20 Nov 2025')
  })
  it('keeps a calendar day whatever the time zone', () => {
    expect(sayDay('2026-12-07')).toBe('7 December 2026')
  })
})
