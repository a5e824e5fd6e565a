import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/lists.ts'
import { addListItem, countListUses, editListItem, getLists, orderList } from './lists.ts'

export function listRoutes({ team }: Routes): void {
  team(api.getLists, ({ tx }) => getLists(tx))
  team(api.countListUses, ({ tx }) => countListUses(tx))
  team(api.addListItem, ({ tx, params, body }) => addListItem(tx, params.list, body.name))
  team(api.editListItem, ({ tx, params, body }) => editListItem(tx, params, body))
  team(api.orderList, ({ tx, params, body }) => orderList(tx, params.list, body.ids))
}
