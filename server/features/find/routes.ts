import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/find.ts'
import { find } from './find.ts'

export function findRoutes({ team }: Routes): void {
  team(api.find, ({ tx, query }) => find(tx, query.q))
}
