import type { Routes } from '#server/http/serve.ts'
import { listActs, undoAct } from '#shared/acts.ts'
import * as acts from './acts.ts'

export function actRoutes(routes: Routes): void {
  routes.team(listActs, ({ tx, query }) => acts.listActs(tx, query))
  routes.team(undoAct, ({ tx, params }) => acts.undoAct(tx, params.act))
}
