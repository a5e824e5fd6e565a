import { lone } from '#server/db/actor.ts'
import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/partners.ts'
import { addPartner, checkPartner } from './adding.ts'
import { countPartners, listPartners } from './list.ts'
import { editPartner, getPartner } from './partners.ts'

export function partnerRoutes({ team }: Routes): void {
  team(api.listPartners, ({ tx, query }) => listPartners(lone(tx), query))
  team(api.countPartners, ({ tx }) => countPartners(tx))
  team(api.checkPartner, ({ tx, body }) => checkPartner(tx, body))
  team(api.addPartner, ({ tx, body }) => addPartner(tx, body))
  team(api.getPartner, ({ tx, params }) => getPartner(tx, params.slug))
  team(api.editPartner, ({ tx, params, body }) => editPartner(tx, params.partner, body))
}
