import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, text, version } from './fields.ts'

export const most_pins = 5

/** Filters and an order of a list, kept under a name. */
export const SavedView = z.object({
  id: id(),
  screen: z.enum(['partners', 'deals']),
  name: z.string(),
  /** The words after `?` in the address. */
  query: z.string(),
  shared: z.boolean(),
  pinned: z.boolean(),
  by: z.string(),
  version: version(),
  can: z.object({ edit: z.boolean() }),
})
export type SavedView = z.output<typeof SavedView>

const screen = z.enum(['partners', 'deals'])
const query = z.string('Write some text.').check(z.maxLength(2000), z.regex(/^[\x20-\x7e]*$/, 'Use an encoded query.'))
const viewId = z.object({ view: id() })

export const listSavedViews = endpoint({
  id: 'list_saved_views',
  method: 'GET',
  path: '/api/v1/saved_views',
  caller: 'team',
  says: 'Your saved views and those shared with the team, oldest first.',
  output: z.object({ items: z.array(SavedView), can: z.object({ share: z.boolean() }) }),
})
export const addSavedView = endpoint({
  id: 'add_saved_view',
  method: 'POST',
  path: '/api/v1/saved_views',
  caller: 'team',
  says: 'Keep filters and an order under a name, for yourself or for the team.',
  body: z.strictObject({ screen, name: text(40), query, shared: z.boolean() }),
  output: SavedView,
})
export const editSavedView = endpoint({
  id: 'edit_saved_view',
  method: 'PATCH',
  path: '/api/v1/saved_views/:view',
  caller: 'team',
  says: 'Rename a view, change what it shows or who has it. Name the version that you saw.',
  params: viewId,
  body: z.strictObject({
    version: version(),
    name: z.optional(text(40)),
    query: z.optional(query),
    shared: z.optional(z.boolean()),
  }),
  output: SavedView,
})
export const removeSavedView = endpoint({
  id: 'remove_saved_view',
  method: 'DELETE',
  path: '/api/v1/saved_views/:view',
  caller: 'team',
  says: 'Remove a view, for everybody who has it.',
  params: viewId,
  output: null,
})
export const restoreSavedView = endpoint({
  id: 'restore_saved_view',
  method: 'POST',
  path: '/api/v1/saved_views/:view/restore',
  caller: 'team',
  says: 'Bring a removed view back, with everybody’s pins.',
  params: viewId,
  output: SavedView,
})
export const pinSavedView = endpoint({
  id: 'pin_saved_view',
  method: 'PUT',
  path: '/api/v1/saved_views/:view/pin',
  caller: 'team',
  says: 'Pin a view to your sidebar, or take it off. At most five are pinned.',
  params: viewId,
  body: z.strictObject({ pinned: z.boolean() }),
  output: SavedView,
})
export const savedViewEndpoints = [
  listSavedViews,
  addSavedView,
  editSavedView,
  removeSavedView,
  restoreSavedView,
  pinSavedView,
]
