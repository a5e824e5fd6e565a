import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/inbox.ts'
import { getHome } from './home.ts'

export function homeRoutes({ team }: Routes): void {
  team(api.getHome, ({ tx }) => getHome(tx))
}
