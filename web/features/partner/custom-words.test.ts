import { expect, test } from 'vitest'
import { customWords, inputOf, valueFrom } from './custom-words.ts'

const field = (
  kind: 'text' | 'number' | 'date' | 'choice' | 'yes_no' | 'link',
  value: string | number | boolean | null,
) => ({
  field_id: 'f',
  name: 'F',
  purpose: 'P',
  kind,
  choices: [],
  value,
})

test('what stands in an input goes back as it was', () => {
  for (const one of [
    field('number', 12.5),
    field('yes_no', false),
    field('yes_no', true),
    field('text', 'a'),
    field('date', '2026-11-23'),
    field('choice', null),
  ])
    expect(valueFrom(one.kind, inputOf(one))).toBe(one.value)
})

test('a decimal comma is a number; what is no number goes as it stands', () => {
  expect([valueFrom('number', '12,5'), valueFrom('number', 'twelve'), valueFrom('number', ' ')]).toEqual([
    12.5,
    'twelve',
    null,
  ])
})

test('values are said in words', () => {
  expect([
    customWords(field('yes_no', false)),
    customWords(field('number', 1234.5)),
    customWords(field('text', null)),
  ]).toEqual(['No', '1,234.5', ''])
})
