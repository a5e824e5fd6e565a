import { expect, test } from 'vitest'
import { confirmedWords } from './confirmed-words.ts'

const now = new Date('2026-11-26T15:00:00')
const words = (at: string | null) => confirmedWords(at, now).words

test('how long ago a contact was confirmed, in the largest word that fits', () => {
  expect(words(null)).toBe('Never')
  expect(words('2026-11-26T00:10:00')).toBe('Today')
  expect(words('2026-11-25T23:50:00')).toBe('Yesterday')
  expect(words('2026-11-20T09:00:00')).toBe('6 days ago')
  expect(words('2026-11-01T09:00:00')).toBe('3 weeks ago')
  expect(words('2026-08-20T09:00:00')).toBe('3 months ago')
  expect(words('2023-11-20T09:00:00')).toBe('3 years ago')
})
