import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { cursor, day, id, limit, moment, page, word } from './fields.ts'

export const Channel = z.string()
/** One change in words, with before and after. */
export const Change = z.object({
  id: z.string(),
  at: moment(),
  who: z.string(),
  outside: z.boolean(),
  channel: Channel,
  sentence: z.string(),
  link: z.nullable(z.string()),
  changes: z.array(z.object({ field: z.string(), before: z.nullable(z.string()), after: z.nullable(z.string()) })),
  /** What was done to many at once with it, while the reader can take that back. */
  act: z.nullable(z.object({ id: id(), says: z.string(), undo_until: moment() })),
})
export type Change = z.output<typeof Change>
export const View = z.object({
  id: z.string(),
  at: moment(),
  who: z.string(),
  outside: z.boolean(),
  partner_name: z.nullable(z.string()),
  channel: Channel,
  sentence: z.string(),
  fields: z.array(z.string()),
  link: z.nullable(z.string()),
})
export type View = z.output<typeof View>
/** The chips that choose lines of the log. */
export const LogChosen = {
  partner: z.optional(id()),
  record: z.optional(id()),
  person: z.optional(id()),
  channel: z.optional(word(20)),
  from: z.optional(day()),
  until: z.optional(day()),
}
const filters = { ...LogChosen, cursor: cursor(), limit: limit() }
export const listChanges = endpoint({
  id: 'list_changes',
  method: 'GET',
  path: '/api/v1/log/changes',
  caller: 'team',
  says: 'What was changed, by whom and how, newest first.',
  query: z.strictObject(filters),
  output: page(Change),
})
export const listViews = endpoint({
  id: 'list_views',
  method: 'GET',
  path: '/api/v1/log/views',
  caller: 'team',
  says: 'Who saw what, newest first. For admins, and owners about their partners.',
  query: z.strictObject(filters),
  output: page(View),
})
export const logEndpoints = [listChanges, listViews]
