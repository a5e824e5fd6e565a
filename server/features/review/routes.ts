import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/inbox.ts'
import { listReview, markReviewed, undoReviewed } from './review.ts'

export function reviewRoutes({ team }: Routes): void {
  team(api.listReview, ({ tx }) => listReview(tx))
  team(api.markReviewed, ({ tx, params }) => markReviewed(tx, params.partner))
  team(api.undoReviewed, ({ tx, params }) => undoReviewed(tx, params.partner))
}
