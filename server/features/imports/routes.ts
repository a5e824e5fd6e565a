import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/imports.ts'
import { listRows, readImport, recheck, runImport, startImport } from './imports.ts'

export function importRoutes({ team }: Routes): void {
  team(api.startImport, ({ tx, query, body }) => startImport(tx, query.file_name, body))
  team(api.getImport, ({ tx, params }) => readImport(tx, params.import))
  team(api.listImportRows, ({ tx, params, query }) => listRows(tx, params.import, query))
  team(api.checkImport, ({ tx, params, body }) => recheck(tx, params.import, body))
  team(api.runImport, ({ tx, params, body }) => runImport(tx, params.import, body.version))
}
