import { lone } from '#server/db/actor.ts'
import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/exports.ts'
import { exportCompany } from './company.ts'
import { exportDeals } from './deals.ts'
import { companyContents, deleteCompany } from './deleting.ts'
import { exportLog } from './log.ts'
import { exportPartners } from './partners.ts'

export function exportRoutes({ team, open, product }: Routes): void {
  team(api.exportPartners, ({ tx, again, body }) => exportPartners(tx, again, body))
  team(api.exportDeals, ({ tx, again, body }) => exportDeals(tx, again, body))
  team(api.exportLog, async ({ tx, again, body }) => {
    await product.database.reads.flush()
    return exportLog(tx, again, body)
  })
  team(api.exportCompany, async ({ tx, again }) => {
    await product.database.reads.flush()
    return exportCompany(tx, again)
  })
  team(api.getCompanyContents, ({ tx }) => companyContents(lone(tx)))
  open(api.deleteCompany, (call) => deleteCompany(product, call))
}
