import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/saved-views.ts'
import * as views from './views.ts'

export function viewRoutes({ team }: Routes): void {
  team(api.listSavedViews, ({ tx }) => views.listViews(tx))
  team(api.addSavedView, ({ tx, body }) => views.addView(tx, body))
  team(api.editSavedView, ({ tx, params, body }) => views.editView(tx, params.view, body))
  team(api.removeSavedView, ({ tx, params }) => views.removeView(tx, params.view))
  team(api.restoreSavedView, ({ tx, params }) => views.restoreView(tx, params.view))
  team(api.pinSavedView, ({ tx, params, body }) => views.pinView(tx, params.view, body.pinned))
}
