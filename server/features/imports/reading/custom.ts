import { fold } from '#server/features/partners/spelling.ts'
import { isWebsite } from './addresses.ts'
import { linked, shown } from './cells.ts'
import { type Order, readDate } from './dates.ts'
import { readMoney } from './money.ts'

/** A field that the company made itself. */
export type CustomField = {
  id: string
  name: string
  kind: 'text' | 'number' | 'date' | 'choice' | 'yes_no' | 'link'
  choices: readonly string[]
}
export type CustomValue = { id: string; kind: CustomField['kind']; value: string | number | boolean }

const yes = new Set('yes y true 1 x ja j oui o si s sim verdadero vrai wahr ✓ ✔ はい 有 あり ○ ◯'.split(' '))
const no = new Set('no n false 0 nein non nao falso faux falsch ✗ ✘ いいえ 無 × ✕'.split(' '))

const wanted: Record<CustomField['kind'], string> = {
  text: 'This is longer than 500 characters, so it is kept as a note.',
  number: 'This is not a number, so it is kept as a note.',
  date: 'This is not a full date, so it is kept as a note.',
  choice: 'This is not one of the choices, so it is kept as a note.',
  yes_no: 'This says neither yes nor no, so it is kept as a note.',
  link: 'This is not a web address, so it is kept as a note.',
}

function readValue(field: CustomField, cell: string, order: Order): CustomValue['value'] | null {
  const text = shown(cell)
  switch (field.kind) {
    case 'text':
      return text.length <= 500 ? text : null
    case 'number': {
      const bare = /^-/.test(text) ? text.slice(1) : text
      const found = readMoney(bare.replace(/\s*%$/, ''))
      if (found === null || found === 'range') return null
      return bare === text ? found.amount : -found.amount
    }
    case 'date':
      return readDate(text, order)?.date ?? null
    case 'choice':
      return field.choices.find((choice) => fold(choice) === fold(text)) ?? null
    case 'yes_no': {
      const word = fold(text)
      return yes.has(word) ? true : no.has(word) ? false : null
    }
    case 'link': {
      const address = linked(cell)
      return address.length <= 500 && isWebsite(address) ? address : null
    }
  }
}

/** In: a field, a cell that says something, the order of its dates. Out: its value, or why it is none. */
export function readCustom(
  field: CustomField,
  cell: string,
  order: Order,
): { value: CustomValue } | { problem: string } {
  const value = readValue(field, cell, order)
  return value === null ? { problem: wanted[field.kind] } : { value: { id: field.id, kind: field.kind, value } }
}
