import { lone } from '#server/db/actor.ts'
import type { Routes } from '#server/http/serve.ts'
import * as answering from '#shared/answering.ts'
import { getBoard as board } from '#shared/board.ts'
import * as api from '#shared/deals.ts'
import { addDeal } from './adding.ts'
import { acceptDeal, askBack, declineDeal } from './answering.ts'
import { getBoard } from './board.ts'
import { getDeal, listDeals } from './deals.ts'
import { editDeal } from './editing.ts'
import { handOverDeal } from './handing-over.ts'
import { pauseDeal, resumeDeal } from './pausing.ts'
import { previewDeal } from './preview.ts'
import { protectDeal } from './protection.ts'
import { listReceived } from './received.ts'
import { listSameCustomer } from './same-customer.ts'
import { shareDeal, stopSharingDeal } from './sharing.ts'

export function dealRoutes({ team }: Routes): void {
  team(api.listDeals, ({ tx, query }) => listDeals(lone(tx), query))
  team(board, ({ tx, query }) => getBoard(tx, query))
  team(api.getDeal, ({ tx, params }) => getDeal(lone(tx), params.ref))
  team(api.addDeal, ({ tx, params, body }) => addDeal(tx, params.partner, body))
  team(api.previewDeal, ({ tx, params, body }) => previewDeal(tx, params.partner, body))
  team(api.editDeal, ({ tx, params, body }) => editDeal(tx, params.deal, body))
  team(api.handOverDeal, ({ tx, params, body }) => handOverDeal(tx, params.deal, body))
  team(api.shareDeal, ({ tx, params, body }) => shareDeal(tx, params.deal, body))
  team(api.stopSharingDeal, ({ tx, params }) => stopSharingDeal(tx, params.deal))
  team(answering.acceptDeal, ({ tx, params, body }) => acceptDeal(tx, params.deal, body))
  team(answering.declineDeal, ({ tx, params, body }) => declineDeal(tx, params.deal, body.reason))
  team(answering.askBack, ({ tx, params, body }) => askBack(tx, params.deal, body.body))
  team(answering.protectDeal, ({ tx, params, body }) => protectDeal(tx, params.deal, body))
  team(answering.pauseDeal, ({ tx, params, body }) => pauseDeal(tx, params.deal, body))
  team(answering.resumeDeal, ({ tx, params }) => resumeDeal(tx, params.deal))
  team(answering.listReceived, ({ tx, query }) => listReceived(lone(tx), query))
  team(answering.listSameCustomer, ({ tx, params }) => listSameCustomer(tx, params.deal))
}
