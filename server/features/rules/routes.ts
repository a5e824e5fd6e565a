import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/rules.ts'
import { confirmMainContacts } from './confirming.ts'
import { editGroundRule, listGroundRules } from './rules.ts'

export function ruleRoutes({ team }: Routes): void {
  team(api.listGroundRules, ({ tx }) => listGroundRules(tx))
  team(api.editGroundRule, ({ tx, params, body }) => editGroundRule(tx, params.rule, body))
  team(api.confirmMainContacts, ({ tx, body }) => confirmMainContacts(tx, body.partner_ids))
}
