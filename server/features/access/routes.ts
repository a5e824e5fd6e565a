import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/partners.ts'
import { editPartnerAccess, getPartnerAccess } from './access.ts'
import { previewPartnerAccess } from './preview.ts'
import { getPartnerSight } from './sight.ts'

export function accessRoutes({ team }: Routes): void {
  team(api.getPartnerAccess, ({ tx, params }) => getPartnerAccess(tx, params.partner))
  team(api.previewPartnerAccess, ({ tx, params, body }) => previewPartnerAccess(tx, params.partner, body))
  team(api.editPartnerAccess, ({ tx, params, body }) => editPartnerAccess(tx, params.partner, body))
  team(api.getPartnerSight, ({ tx, params, query }) => getPartnerSight(tx, params.partner, query.contact))
}
