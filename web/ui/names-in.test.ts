import { expect, test } from 'vitest'
import { nameBefore, namedIn, namesIn, peopleLike } from './names-in.ts'

const ira = { id: '1', name: 'Ira Novak' }
const longer = { id: '2', name: 'Ira Novakova' }
const jana = { id: '3', name: 'Jana Dvořáková' }
const people = [ira, longer, jana]

test('a text is cut at the people it names, the longest name first', () => {
  expect(namesIn('Ask @Ira Novakova, not @Ira Novak.', people)).toEqual(['Ask ', longer, ', not ', ira, '.'])
  expect(namedIn('@Ira Novak @Ira Novak', people)).toEqual(['1'])
})

test('an address or half a name names nobody', () => {
  expect(namedIn('mail@Ira Novak or @Ira', people)).toEqual([])
  expect(namedIn('@Ira Novaks list', people)).toEqual([])
})

test('what is typed after an @ is found at the caret, and nothing after it is written out', () => {
  expect(nameBefore('Hello @ira no', 13)).toEqual({ from: 6, typed: 'ira no' })
  expect(nameBefore('@', 1)).toEqual({ from: 0, typed: '' })
  expect(nameBefore('ana@nordlicht', 13)).toBeNull()
  expect(nameBefore('@ira\nnext', 9)).toBeNull()
})

test('people are offered by the beginning of any of their names, accents aside', () => {
  expect(peopleLike(people, 'dvor')).toEqual([jana])
  expect(peopleLike(people, 'ira nova')).toEqual([ira, longer])
  expect(peopleLike(people, '')).toHaveLength(3)
})
