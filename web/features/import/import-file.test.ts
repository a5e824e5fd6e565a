import { describe, expect, it } from 'vitest'
import { groupRows, mainProblem, type Row } from './import-words.ts'
import { pastedFile, refuseFile, templateFile } from './read-file.ts'

const file = (text: string, name = 'partners.csv') => new File([text], name)
const remark = (problem: string, field: string | null = null) => ({ field, problem, value: null, suggestion: null })
const row = (line: number, state: Row['state'], ...problems: Row['problems']) => ({ line, state, problems }) as Row

describe('a file before it is sent', () => {
  it.each([
    [file(''), 'This file is empty.'],
    [file('x', 'Partners.ODS'), 'This kind of workbook cannot be read.'],
    [file('%PDF', 'partners.pdf'), 'This is not a sheet.'],
    [file(`Name\n${'a\n'.repeat(50_001)}`), 'This file has more than 50,000 rows.'],
  ])('%o is refused in words', async (given, words) => {
    expect(await refuseFile(given)).toContain(words)
  })
  it('takes 50,000 rows, and lines inside quotation marks are not rows', async () => {
    expect(await refuseFile(file(`Name\n${'a\n'.repeat(49_999)}a`))).toBe(null)
    expect(await refuseFile(file(`Name\n"${'a\n'.repeat(60_000)}"`))).toBe(null)
  })
  it('takes what was pasted and the template', async () => {
    expect(await refuseFile(pastedFile('Name\tEmail\nAcme\tana@acme.example'))).toBe(null)
    expect((await templateFile().text()).split(',')).toContain('Legal company name')
  })
})

describe('rows by what was said about them', () => {
  it('puts the largest group first and silent rows last', () => {
    const groups = groupRows([
      row(2, 'new'),
      row(3, 'new', remark('Did you mean a@b.example?', 'email')),
      row(4, 'new', remark('Read as 2024-02-03. Day and month may be the other way round.')),
      row(5, 'new', remark('Read as 2024-03-04. Day and month may be the other way round.')),
    ])
    expect(groups.map(({ kind, rows }) => [kind, rows.map(({ line }) => line)])).toEqual([
      ['Day and month may be the other way round.', [4, 5]],
      ['The email address may be misspelled.', [3]],
      [null, [2]],
    ])
  })
  it('names what broke a row, whatever else was said before', () => {
    const broken = [remark('No one has this name.', 'owner'), remark('This is not an email address.', 'email')]
    expect(mainProblem(row(2, 'broken', ...broken))?.problem).toBe('This is not an email address.')
    expect(mainProblem(row(2, 'new', ...broken))?.problem).toBe('No one has this name.')
  })
})
