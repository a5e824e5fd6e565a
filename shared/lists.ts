import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, text, version } from './fields.ts'

export const ListName = z.enum(['types', 'roles'])
export type ListName = z.output<typeof ListName>

/** A partner type or a contact role. Records hold the key, which never changes; people read the name. */
export const ListItem = z.object({
  id: id(),
  key: z.string(),
  name: z.string(),
  archived: z.boolean(),
  version: version(),
})
export type ListItem = z.output<typeof ListItem>
const Lists = z.object({
  types: z.array(ListItem),
  roles: z.array(ListItem),
  can: z.object({ edit: z.boolean() }),
})

export const getLists = endpoint({
  id: 'get_lists',
  method: 'GET',
  path: '/api/v1/lists',
  caller: 'team',
  says: 'The types of partners and the roles of contacts, in their order. Archived ones stay on records and are not offered.',
  output: Lists,
})
export const countListUses = endpoint({
  id: 'count_list_uses',
  method: 'GET',
  path: '/api/v1/list_uses',
  caller: 'team',
  says: 'How many partners have each type and how many contacts each role, by key; of those you see.',
  output: z.object({ types: z.record(z.string(), z.int()), roles: z.record(z.string(), z.int()) }),
})
const list = { list: ListName }
export const addListItem = endpoint({
  id: 'add_list_item',
  method: 'POST',
  path: '/api/v1/lists/:list',
  caller: 'team',
  says: 'Add a type or a role. Admins only.',
  params: z.object(list),
  body: z.strictObject({ name: text(40) }),
  output: ListItem,
})
export const editListItem = endpoint({
  id: 'edit_list_item',
  method: 'PATCH',
  path: '/api/v1/lists/:list/:item',
  caller: 'team',
  says: 'Rename a type or a role, archive or restore it. Admins only.',
  params: z.object({ ...list, item: id() }),
  body: z.strictObject({ version: version(), name: z.optional(text(40)), archived: z.optional(z.boolean()) }),
  output: ListItem,
})
export const orderList = endpoint({
  id: 'order_list',
  method: 'PUT',
  path: '/api/v1/lists/:list/order',
  caller: 'team',
  says: 'Put the types or the roles into another order: name them all. Admins only.',
  params: z.object(list),
  body: z.strictObject({ ids: z.array(id()).check(z.minLength(1), z.maxLength(200)) }),
  output: Lists,
})
export const listEndpoints = [getLists, countListUses, addListItem, editListItem, orderList]
