import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { cursor, id, limit, moment, page } from './fields.ts'

export const ActKind = z.enum(['bulk', 'repair', 'tag_merge', 'merge', 'import', 'left', 'took_off'])

/** What was changed again since, and so stayed as it is. */
export const Kept = z.object({
  table: z.string(),
  id: z.nullable(id()),
  partner: z.nullable(z.object({ id: id(), slug: z.string(), legal_name: z.string() })),
  field: z.nullable(z.string()),
})

/** Something done to many records at once, and until when it can be taken back. */
export const Act = z.object({
  id: id(),
  kind: ActKind,
  says: z.string(),
  by: z.string(),
  created_at: moment(),
  undo_until: moment(),
  undone_at: z.nullable(moment()),
  undone_by: z.nullable(z.string()),
  /** Once it is undone: what stayed, the first hundred. */
  kept: z.array(Kept),
  can: z.object({ undo: z.boolean() }),
})
export type Act = z.output<typeof Act>

export const actId = z.object({ act: id() })

export const listActs = endpoint({
  id: 'list_acts',
  method: 'GET',
  path: '/api/v1/acts',
  caller: 'team',
  says: 'What you did to many records at once, newest first. Admins see what everybody did.',
  query: z.strictObject({ person: z.optional(id()), cursor: cursor(), limit: limit() }),
  output: page(Act),
})
export const undoAct = endpoint({
  id: 'undo_act',
  method: 'POST',
  path: '/api/v1/acts/:act/undo',
  caller: 'team',
  says: 'Take it back. What was changed again since stays as it is, and is listed.',
  params: actId,
  output: z.object({ act: Act, kept: z.array(Kept) }),
})
export const actEndpoints = [listActs, undoAct]
