import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/inbox.ts'
import { countInbox, doneInbox, listInbox, readInbox, snoozeInbox } from './inbox.ts'

export function inboxRoutes({ team }: Routes): void {
  team(api.listInbox, ({ tx, query }) => listInbox(tx, query))
  team(api.countInbox, ({ tx }) => countInbox(tx))
  team(api.readInbox, ({ tx, body }) => readInbox(tx, body))
  team(api.doneInbox, ({ tx, body }) => doneInbox(tx, body))
  team(api.snoozeInbox, ({ tx, body }) => snoozeInbox(tx, body))
}
