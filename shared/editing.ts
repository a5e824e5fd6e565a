import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Entry, mentions } from './entries.ts'
import { id, moment, text, word } from './fields.ts'
import { PortalEntry } from './portal.ts'

const entryId = z.object({ entry: id() })
const inWorkspace = z.object({ workspace: word(120), entry: id() })
const most_words = 10_000

export const editEntry = endpoint({
  id: 'edit_entry',
  method: 'PATCH',
  path: '/api/v1/entries/:entry',
  caller: 'team',
  says: 'Say your own comment or note better. Who could read it reads the new words; the team can see how it read before.',
  params: entryId,
  body: z.strictObject({ body: text(most_words), mentions }),
  output: Entry,
})
export const removeEntry = endpoint({
  id: 'remove_entry',
  method: 'DELETE',
  path: '/api/v1/entries/:entry',
  caller: 'team',
  says: 'Take your own comment or note back. That you did stays on the timeline, its words do not.',
  params: entryId,
  output: Entry,
})
export const listEntryVersions = endpoint({
  id: 'list_entry_versions',
  method: 'GET',
  path: '/api/v1/entries/:entry/versions',
  caller: 'team',
  says: 'How an edited comment or note read before, newest first.',
  params: entryId,
  output: z.object({ items: z.array(z.object({ body: z.string(), at: moment() })) }),
})
export const editPortalEntry = endpoint({
  id: 'edit_portal_entry',
  method: 'PATCH',
  path: '/api/v1/p/:workspace/entries/:entry',
  caller: 'contact',
  says: 'Say your own comment better.',
  params: inWorkspace,
  body: z.strictObject({ body: text(most_words) }),
  output: PortalEntry,
  reads: 'entries',
})
export const removePortalEntry = endpoint({
  id: 'remove_portal_entry',
  method: 'DELETE',
  path: '/api/v1/p/:workspace/entries/:entry',
  caller: 'contact',
  says: 'Take your own comment back.',
  params: inWorkspace,
  output: PortalEntry,
  reads: 'entries',
})
export const editingEndpoints = [editEntry, removeEntry, listEntryVersions, editPortalEntry, removePortalEntry]
