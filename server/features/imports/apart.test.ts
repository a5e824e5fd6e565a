import { expect, test } from 'vitest'
import { readApart } from './apart.ts'

const sheet = 'Company,E-Mail\nNordlicht GmbH,ana@nordlicht.example\nFjordkraft AS,henrik@fjordkraft.example\n'
const given = (more: { text?: string; surroundings?: string } = {}) => ({
  file: new Uint8Array(Buffer.from(more.text ?? sheet)),
  kind: 'partners' as const,
  surroundings: more.surroundings ?? '{"members":[],"existing":[]}',
  changes: '{}',
})

test('hands over what it read, some rows at a time, and waits for each to be taken', async () => {
  const lines = Array.from({ length: 1234 }, (_, n) => `Firm ${n} Ltd,pat@firm-${n}.example`)
  const { sheet, rows } = await readApart(given({ text: ['Company,E-Mail', ...lines].join('\n') }))
  expect(sheet).toMatchObject({
    refused: null,
    kind: 'partners',
    columns: [{ field: 'legal_name' }, { field: 'email' }],
  })
  const found: string[] = []
  let busy = false
  await rows(async (json) => {
    expect(busy).toBe(false)
    busy = true
    await new Promise((done) => setTimeout(done, 5))
    for (const { row } of JSON.parse(String(json))) found.push(row.partner.legal_name)
    busy = false
  })
  expect(found).toEqual(lines.map((line) => line.split(',')[0]))
})

test('refuses in words what takes more memory than it may, and the server goes on', async () => {
  const many = `{"members":[],"existing":[${'{"id":"x"},'.repeat(8_000_000)}{"id":"x"}]}`
  const { sheet } = await readApart(given({ surroundings: many }))
  expect(sheet.refused).toBe('This file holds more than can be read at once. Split it and bring the parts one by one.')
})

test('tells a fault of ours as one', async () => {
  await expect(readApart(given({ surroundings: 'no JSON' }))).rejects.toThrow(/SyntaxError/)
})

test('ends the reader when its rows are not wanted', async () => {
  const { rows, end } = await readApart(given())
  end()
  await expect(rows(async () => {})).rejects.toThrow()
})
