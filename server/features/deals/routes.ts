import { lone } from '#server/db/actor.ts'
import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/deals.ts'
import { addDeal } from './adding.ts'
import { getDeal, listDeals } from './deals.ts'
import { editDeal } from './editing.ts'
import { previewDeal } from './preview.ts'
import { shareDeal, stopSharingDeal } from './sharing.ts'

export function dealRoutes({ team }: Routes): void {
  team(api.listDeals, ({ tx, query }) => listDeals(lone(tx), query))
  team(api.getDeal, ({ tx, params }) => getDeal(lone(tx), params.ref))
  team(api.addDeal, ({ tx, params, body }) => addDeal(tx, params.partner, body))
  team(api.previewDeal, ({ tx, params, body }) => previewDeal(tx, params.partner, body))
  team(api.editDeal, ({ tx, params, body }) => editDeal(tx, params.deal, body))
  team(api.shareDeal, ({ tx, params, body }) => shareDeal(tx, params.deal, body))
  team(api.stopSharingDeal, ({ tx, params }) => stopSharingDeal(tx, params.deal))
}
