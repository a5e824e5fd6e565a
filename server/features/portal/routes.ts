import { lone } from '#server/db/actor.ts'
import type { Routes } from '#server/http/serve.ts'
import * as editing from '#shared/editing.ts'
import * as api from '#shared/portal.ts'
import {
  addPortalEntry,
  answerDeal,
  getPortalDeal,
  getWorkspace,
  listPortalDeals,
  listPortalEntries,
  listPortalNotes,
  listPortalPeople,
  moveDeal,
} from './portal.ts'
import { editPortalEntry, removePortalEntry } from './rewriting.ts'
import { sendDeal } from './sending.ts'

export function portalRoutes({ contact }: Routes): void {
  contact(api.getWorkspace, ({ tx }) => getWorkspace(tx))
  contact(api.listPortalDeals, ({ tx, query }) => listPortalDeals(lone(tx), query))
  contact(api.getPortalDeal, ({ tx, params }) => getPortalDeal(tx, params.ref))
  contact(api.listPortalEntries, ({ tx, params, query }) => listPortalEntries(tx, params.ref, query))
  contact(api.answerDeal, ({ tx, params, body }) => answerDeal(tx, params.ref, body))
  contact(api.sendDeal, ({ tx, body }) => sendDeal(tx, body))
  contact(api.moveDeal, ({ tx, params, body }) => moveDeal(tx, params.ref, body.stage))
  contact(api.addPortalEntry, ({ tx, params, body }) => addPortalEntry(tx, params.ref, body.body))
  contact(api.listPortalNotes, ({ tx, query }) => listPortalNotes(tx, query))
  contact(api.listPortalPeople, ({ tx }) => listPortalPeople(tx))
  contact(editing.editPortalEntry, ({ tx, params, body }) => editPortalEntry(tx, params.entry, body.body))
  contact(editing.removePortalEntry, ({ tx, params }) => removePortalEntry(tx, params.entry))
}
