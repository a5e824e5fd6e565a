import { expect, test } from 'vitest'
import { splitContact } from './contact-words.ts'

test.each([
  ['Jane Voss', 'Jane Voss', null],
  ['jane@hafen.example', null, 'jane@hafen.example'],
  ['Jane Voss <jane@hafen.example>', 'Jane Voss', 'jane@hafen.example'],
  ['jane@hafen.example, Jane Voss', 'Jane Voss', 'jane@hafen.example'],
  ['  ', null, null],
])('%s', (text, customer_contact_name, customer_contact_email) => {
  expect(splitContact(text)).toEqual({ customer_contact_name, customer_contact_email })
})
