import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/custom-fields.ts'
import { addCustomField, editCustomField, listCustomFields, orderCustomFields } from './fields.ts'
import { editCustomValues } from './values.ts'

export function customFieldRoutes({ team }: Routes): void {
  team(api.listCustomFields, ({ tx }) => listCustomFields(tx))
  team(api.addCustomField, ({ tx, body }) => addCustomField(tx, body))
  team(api.orderCustomFields, ({ tx, body }) => orderCustomFields(tx, body.ids))
  team(api.editCustomField, ({ tx, params, body }) => editCustomField(tx, params.field, body))
  team(api.editCustomValues, ({ tx, params, body }) => editCustomValues(tx, params.partner, body.values))
}
