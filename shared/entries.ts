import * as z from 'zod/mini'
import { dealId } from './deals.ts'
import { endpoint } from './endpoint.ts'
import { cursor, id, limit, moment, page, text } from './fields.ts'
import { partnerId } from './partners.ts'

export const Audience = z.enum(['team', 'partner'])
export const EntryKind = z.enum([
  'comment',
  'note',
  'call',
  'email',
  'shared',
  'stopped',
  'answer',
  'stage',
  'owner',
  'outcome',
  'sent',
  'paused',
  'resumed',
  'protected',
  'viewed',
  'mailed',
])

/**
 * One line of a timeline as the team sees it. `viewed` lines come from the read records of the partner's people, `mailed`
 * ones from the mail that left for them.
 */
export const Entry = z.object({
  id: z.string(),
  kind: EntryKind,
  audience: Audience,
  body: z.nullable(z.string()),
  from_value: z.nullable(z.string()),
  to_value: z.nullable(z.string()),
  author: z.object({ name: z.string(), outside: z.boolean() }),
  created_at: moment(),
  /** Colleagues who are named in it, as @Name. */
  mentions: z.array(z.object({ id: id(), name: z.string() })),
  /** The team's own note that this one is a copy of. */
  copy_of: z.nullable(id()),
  /** Whether a copy of it was shared. */
  copied: z.boolean(),
  /** Whether the partner's people can read it now, and why. */
  visible: z.boolean(),
  why: z.string(),
  /** The author asked the partner for an answer. */
  needs_answer: z.boolean(),
  edited_at: z.nullable(moment()),
  /** Taken back by its author: no words are left. */
  removed: z.boolean(),
  /** Whether the reader wrote it and may say it better or take it back. */
  mine: z.boolean(),
})
export type Entry = z.output<typeof Entry>

export const mentions = z.optional(z.array(id()).check(z.maxLength(20, 'Mention at most 20 people.')))

export const listDealEntries = endpoint({
  id: 'list_deal_entries',
  method: 'GET',
  path: '/api/v1/deals/:deal/entries',
  caller: 'team',
  says: "A deal's timeline, newest first.",
  params: dealId,
  query: z.strictObject({ audience: z.optional(Audience), cursor: cursor(), limit: limit() }),
  output: page(Entry),
})
export const addDealEntry = endpoint({
  id: 'add_deal_entry',
  method: 'POST',
  path: '/api/v1/deals/:deal/entries',
  caller: 'team',
  says: 'Comment on a deal: for the team only, or for the partner to read. With needs_answer it is their turn then.',
  params: dealId,
  body: z.strictObject({ body: text(10_000), audience: Audience, needs_answer: z.optional(z.boolean()), mentions }),
  output: Entry,
})
export const listNotes = endpoint({
  id: 'list_notes',
  method: 'GET',
  path: '/api/v1/partners/:partner/notes',
  caller: 'team',
  says: 'Notes on a partner, newest first.',
  params: partnerId,
  query: z.strictObject({ cursor: cursor(), limit: limit() }),
  output: page(Entry),
})
export const addNote = endpoint({
  id: 'add_note',
  method: 'POST',
  path: '/api/v1/partners/:partner/notes',
  caller: 'team',
  says: 'Write a note: for the team only, or shared with the partner.',
  params: partnerId,
  body: z.strictObject({ body: text(10_000), audience: Audience, mentions }),
  output: Entry,
})
export const shareNoteCopy = endpoint({
  id: 'share_note_copy',
  method: 'POST',
  path: '/api/v1/notes/:note/copy',
  caller: 'team',
  says: 'Share a copy of a team-only note, as you write it here. The original stays with the team.',
  params: z.object({ note: id() }),
  body: z.strictObject({ body: text(10_000) }),
  output: Entry,
})
/** Who can be mentioned at a partner. */
export const listColleagues = endpoint({
  id: 'list_colleagues',
  method: 'GET',
  path: '/api/v1/partners/:partner/colleagues',
  caller: 'team',
  says: 'Colleagues who see this partner: they can be mentioned.',
  params: partnerId,
  output: z.object({ items: z.array(z.object({ id: id(), name: z.string() })) }),
})
export const stopSharingNote = endpoint({
  id: 'stop_sharing_note',
  method: 'DELETE',
  path: '/api/v1/notes/:note/share',
  caller: 'team',
  says: 'They no longer see this note from now on.',
  params: z.object({ note: id() }),
  output: Entry,
})
export const entryEndpoints = [
  listDealEntries,
  addDealEntry,
  listNotes,
  addNote,
  shareNoteCopy,
  stopSharingNote,
  listColleagues,
]
