import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/log.ts'
import { listChanges } from './changes.ts'
import { listViews } from './views.ts'

export function logRoutes({ team }: Routes): void {
  team(api.listChanges, ({ tx, query }) => listChanges(tx, query))
  team(api.listViews, ({ tx, query }) => listViews(tx, query))
}
