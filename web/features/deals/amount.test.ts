import { expect, test } from 'vitest'
import { nextQuarters, readAmount, writeAmount } from './amount.ts'

test('reads amounts as people write them', () => {
  expect(readAmount('48000', 'EUR')).toBe(4_800_000)
  expect(readAmount('48,000', 'EUR')).toBe(4_800_000)
  expect(readAmount('48.000,50', 'EUR')).toBe(4_800_050)
  expect(readAmount('1 234 567.8', 'USD')).toBe(123_456_780)
  expect(readAmount("12'500", 'CHF')).toBe(1_250_000)
  expect(readAmount('0,99', 'EUR')).toBe(99)
  expect(readAmount('5000', 'JPY')).toBe(5000)
})

test('an empty amount is none, a broken one is refused', () => {
  expect(readAmount('  ', 'EUR')).toBeNull()
  for (const text of ['about 5', '-3', '1,2,3', '12.3456', '5.50 ', '1e5'])
    expect([text, readAmount(text, 'JPY')]).toEqual([text, undefined])
})

test('writes back what it reads', () => {
  for (const minor of [0, 99, 4_800_000, 4_800_050, 123_456_780])
    expect(readAmount(writeAmount(minor, 'EUR'), 'EUR')).toBe(minor)
})

test('names the next four quarters by their last day', () => {
  expect(nextQuarters(new Date(2026, 10, 23))).toEqual([
    { value: '2026-12-31', label: 'Q4 2026' },
    { value: '2027-03-31', label: 'Q1 2027' },
    { value: '2027-06-30', label: 'Q2 2027' },
    { value: '2027-09-30', label: 'Q3 2027' },
  ])
})
