import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/log.ts'
import { listChanges } from './changes.ts'
import { listViews } from './views.ts'

export function logRoutes({ team, product }: Routes): void {
  team(api.listChanges, ({ tx, query }) => listChanges(tx, query))
  team(api.listViews, async ({ tx, query }) => {
    // Who looks at once after somebody read finds it.
    await product.database.reads.flush()
    return listViews(tx, query)
  })
}
