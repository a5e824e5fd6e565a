import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, word } from './fields.ts'

const partner = z.object({ slug: z.string(), legal_name: z.string() })
export const find = endpoint({
  id: 'find',
  method: 'GET',
  path: '/api/v1/find',
  caller: 'team',
  says: 'A few partners, people and deals that the words find.',
  query: z.strictObject({ q: word(200) }),
  output: z.object({
    partners: z.array(z.object({ id: id(), slug: z.string(), legal_name: z.string() })),
    contacts: z.array(z.object({ id: id(), name: z.string(), email: z.nullable(z.string()), partner })),
    deals: z.array(z.object({ id: id(), ref: z.string(), customer_company: z.string(), partner })),
  }),
})
export const findEndpoints = [find]
