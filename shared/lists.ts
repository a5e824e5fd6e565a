import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, text, version } from './fields.ts'

export const ListName = z.enum(['types', 'roles', 'stages'])
export type ListName = z.output<typeof ListName>

/** A partner type, a contact role or a deal stage. Records hold the key, which never changes; people read the name. */
export const ListItem = z.object({
  id: id(),
  key: z.string(),
  name: z.string(),
  archived: z.boolean(),
  version: version(),
})
export type ListItem = z.output<typeof ListItem>
/** Where deals begin. It is renamed, never archived. */
export const firstStage = 'New'
/** A board of more columns is read by nobody. */
export const most_stages = 8
/** A stage says after how many days without activity a deal in it is quiet; without a number the ground rule does. */
export const DealStage = z.object({
  ...ListItem.shape,
  quiet_days: z.nullable(z.int()),
  /** How soon three of four won deals left it; null while too few were won. */
  won_within_days: z.nullable(z.int()),
})
export type DealStage = z.output<typeof DealStage>
const Changed = z.object({ ...ListItem.shape, quiet_days: z.optional(z.nullable(z.int())) })
const Lists = z.object({
  types: z.array(ListItem),
  roles: z.array(ListItem),
  stages: z.array(DealStage),
  can: z.object({ edit: z.boolean() }),
})

export const getLists = endpoint({
  id: 'get_lists',
  method: 'GET',
  path: '/api/v1/lists',
  caller: 'team',
  says: 'The types of partners, the roles of contacts and the stages of deals, in their order. Archived ones stay on records and are not offered.',
  output: Lists,
})
export const countListUses = endpoint({
  id: 'count_list_uses',
  method: 'GET',
  path: '/api/v1/list_uses',
  caller: 'team',
  says: 'How many partners have each type, how many contacts each role and how many open deals are in each stage, by key; of those you see.',
  output: z.object({
    types: z.record(z.string(), z.int()),
    roles: z.record(z.string(), z.int()),
    stages: z.record(z.string(), z.int()),
  }),
})
const list = { list: ListName }
export const addListItem = endpoint({
  id: 'add_list_item',
  method: 'POST',
  path: '/api/v1/lists/:list',
  caller: 'team',
  says: 'Add a type, a role or a stage. Admins only.',
  params: z.object(list),
  body: z.strictObject({ name: text(40) }),
  output: Changed,
})
export const editListItem = endpoint({
  id: 'edit_list_item',
  method: 'PATCH',
  path: '/api/v1/lists/:list/:item',
  caller: 'team',
  says: 'Rename a type, a role or a stage, archive or restore it; say when a stage is quiet. Admins only.',
  params: z.object({ ...list, item: id() }),
  body: z.strictObject({
    version: version(),
    name: z.optional(text(40)),
    archived: z.optional(z.boolean()),
    quiet_days: z.optional(
      z.nullable(
        z.int('Write a whole number.').check(z.minimum(1, 'Use at least 1.'), z.maximum(365, 'Use at most 365.')),
      ),
    ),
  }),
  output: Changed,
})
export const orderList = endpoint({
  id: 'order_list',
  method: 'PUT',
  path: '/api/v1/lists/:list/order',
  caller: 'team',
  says: 'Put the types, the roles or the stages into another order: name them all. Admins only.',
  params: z.object(list),
  body: z.strictObject({ ids: z.array(id()).check(z.minLength(1), z.maxLength(200)) }),
  output: Lists,
})
export const listEndpoints = [getLists, countListUses, addListItem, editListItem, orderList]
