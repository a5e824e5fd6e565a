import { expect, test } from 'vitest'
import { fileKind, fileSize } from './file-words.ts'

test('what a file is comes from its bytes, then from its name', () => {
  expect(fileKind('holiday.exe', 'image/png')).toBe('PNG picture')
  expect(fileKind('prices.csv', 'text/plain')).toBe('CSV file')
  expect(fileKind('README', 'text/plain')).toBe('Text')
  expect(fileKind('thing', 'application/octet-stream')).toBe('File')
})

test('sizes are as short as they can be', () => {
  expect([1, 999, 1000, 12_345, 1_022_976, 1_048_576, 26_214_400].map(fileSize)).toEqual([
    '1 byte',
    '999 bytes',
    '1 kB',
    '12 kB',
    '999 kB',
    '1 MB',
    '25 MB',
  ])
})
