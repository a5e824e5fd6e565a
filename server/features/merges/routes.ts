import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/merges.ts'
import { getTwin, listLookalikes, markDifferent, unmarkDifferent } from './lookalikes.ts'
import { mergePartners } from './merges.ts'
import { previewMerge } from './preview.ts'

export function mergeRoutes({ team }: Routes): void {
  team(api.listLookalikes, ({ tx, params }) => listLookalikes(tx, params.partner))
  team(api.getTwin, ({ tx, params }) => getTwin(tx, params.partner))
  team(api.markDifferent, ({ tx, params }) => markDifferent(tx, params.partner, params.other))
  team(api.unmarkDifferent, ({ tx, params }) => unmarkDifferent(tx, params.partner, params.other))
  team(api.previewMerge, ({ tx, params, body }) => previewMerge(tx, params.partner, body))
  team(api.mergePartners, ({ tx, params, body }) => mergePartners(tx, params.partner, body))
}
