import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, maybeText, text } from './fields.ts'

export const Tag = z.object({
  id: id(),
  name: z.string(),
  meaning: z.nullable(z.string()),
  colour: z.int(),
  partners: z.int(),
})
export type Tag = z.output<typeof Tag>
export const listTags = endpoint({
  id: 'list_tags',
  method: 'GET',
  path: '/api/v1/tags',
  caller: 'team',
  says: 'The tags of your company and how many partners wear each.',
  output: z.object({ items: z.array(Tag), can: z.object({ add: z.boolean() }) }),
})
export const addTag = endpoint({
  id: 'add_tag',
  method: 'POST',
  path: '/api/v1/tags',
  caller: 'team',
  says: 'Add a tag. Admins only.',
  body: z.strictObject({
    name: text(40),
    meaning: maybeText(200),
    colour: z.optional(z.int().check(z.minimum(1), z.maximum(8))),
  }),
  output: Tag,
})
export const tagEndpoints = [listTags, addTag]
