import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/give-and-get.ts'
import { getGiveAndGet, getPortalGiveAndGet } from './give-and-get.ts'

export function giveAndGetRoutes({ team, contact }: Routes): void {
  team(api.getGiveAndGet, ({ tx, params }) => getGiveAndGet(tx, params.partner))
  contact(api.getPortalGiveAndGet, ({ tx }) => getPortalGiveAndGet(tx))
}
