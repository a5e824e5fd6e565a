import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/imports.ts'
import { decide } from './deciding.ts'
import { cancelImport, listImports, readImport, runImport, startImport } from './imports.ts'
import { discardParkedDeal, listParkedDeals, placeParkedDeal } from './parked.ts'
import { brokenRows, listRows } from './rows.ts'

export function importRoutes({ team }: Routes): void {
  team(api.startImport, ({ tx, query, body }) => startImport(tx, query.file_name, body))
  team(api.listImports, ({ tx, query }) => listImports(tx, query))
  team(api.getImport, ({ tx, params }) => readImport(tx, params.import))
  team(api.listImportRows, ({ tx, params, query }) => listRows(tx, params.import, query))
  team(api.checkImport, ({ tx, params, body }) => decide(tx, params.import, body))
  team(api.runImport, ({ tx, params, body }) => runImport(tx, params.import, body.version))
  team(api.cancelImport, ({ tx, params }) => cancelImport(tx, params.import))
  team(api.getBrokenRows, ({ tx, params }) => brokenRows(tx, params.import))
  team(api.listParkedDeals, ({ tx, query }) => listParkedDeals(tx, query))
  team(api.placeParkedDeal, ({ tx, params, body }) => placeParkedDeal(tx, params.parked, body))
  team(api.discardParkedDeal, ({ tx, params }) => discardParkedDeal(tx, params.parked))
}
