import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, maybeText, text, version } from './fields.ts'

export const Tag = z.object({
  id: id(),
  name: z.string(),
  meaning: z.nullable(z.string()),
  /** One of eight hues. */
  colour: z.int(),
  /** How many partners that are not archived wear it, of those you see. */
  partners: z.int(),
  archived: z.boolean(),
  version: version(),
})
export type Tag = z.output<typeof Tag>
const colour = () =>
  z.optional(
    z
      .int('Choose a colour from 1 to 8.')
      .check(z.minimum(1, 'Choose a colour from 1 to 8.'), z.maximum(8, 'Choose a colour from 1 to 8.')),
  )

export const listTags = endpoint({
  id: 'list_tags',
  method: 'GET',
  path: '/api/v1/tags',
  caller: 'team',
  says: 'The tags of your company and how many partners wear each.',
  output: z.object({ items: z.array(Tag), can: z.object({ add: z.boolean(), edit: z.boolean() }) }),
})
export const listArchivedTags = endpoint({
  id: 'list_archived_tags',
  method: 'GET',
  path: '/api/v1/tags/archived',
  caller: 'team',
  says: 'Tags that are no longer offered. They stay on the partners that wear them.',
  output: z.object({ items: z.array(Tag) }),
})
export const addTag = endpoint({
  id: 'add_tag',
  method: 'POST',
  path: '/api/v1/tags',
  caller: 'team',
  says: 'Add a tag. Admins; members too where your company lets everyone.',
  body: z.strictObject({ name: text(40), meaning: maybeText(200), colour: colour() }),
  output: Tag,
})
const tagId = z.object({ tag: id() })
export const editTag = endpoint({
  id: 'edit_tag',
  method: 'PATCH',
  path: '/api/v1/tags/:tag',
  caller: 'team',
  says: 'Rename a tag, change its meaning or colour, archive or restore it. Archived, it stays on partners and is not offered. Admins only.',
  params: tagId,
  body: z.strictObject({
    version: version(),
    name: z.optional(text(40)),
    meaning: maybeText(200),
    colour: colour(),
    archived: z.optional(z.boolean()),
  }),
  output: Tag,
})
const into = z.strictObject({ into: id() })
const counts = {
  /** How many partners wear the tag and will wear the other one. */
  partners: z.int(),
  /** How many of them wear the other one already. */
  both: z.int(),
}
export const previewTagMerge = endpoint({
  id: 'preview_tag_merge',
  method: 'POST',
  path: '/api/v1/tags/:tag/merge/preview',
  caller: 'team',
  says: 'What merging a tag into another one would move. Changes nothing. Admins only.',
  params: tagId,
  body: into,
  output: z.object(counts),
})
export const mergeTags = endpoint({
  id: 'merge_tags',
  method: 'POST',
  path: '/api/v1/tags/:tag/merge',
  caller: 'team',
  says: 'Merge a tag into another one: its partners wear the other, and it is archived. Can be undone for 30 days. Admins only.',
  params: tagId,
  body: into,
  output: z.object({ act: id(), ...counts }),
})
export const tagEndpoints = [listTags, listArchivedTags, addTag, editTag, previewTagMerge, mergeTags]
