import { lone } from '#server/db/actor.ts'
import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/files.ts'
import { readContent, readPortalContent } from './content.ts'
import { listDealFiles, listFiles, putFileBack, removeFile } from './files.ts'
import { listPortalFiles } from './portal-files.ts'
import { beginFile, finishFile, giveUpFile, sendPiece } from './sending.ts'
import { shareFile, stopSharingFile } from './sharing.ts'

export function fileRoutes({ team, contact }: Routes): void {
  team(api.listFiles, ({ tx, params, query }) => listFiles(tx, params.partner, query))
  team(api.listDealFiles, ({ tx, params, query }) => listDealFiles(tx, params.deal, query))
  team(api.beginFile, ({ tx, params, body }) => beginFile(tx, params.partner, body))
  team(api.sendPiece, ({ tx, params, body }) => sendPiece(tx, params.file, Number(params.place), body))
  team(api.finishFile, ({ tx, params, body }) => finishFile(tx, params.file, body))
  team(api.giveUpFile, ({ tx, params }) => giveUpFile(tx, params.file))
  team(api.shareFile, ({ tx, params }) => shareFile(tx, params.file))
  team(api.stopSharingFile, ({ tx, params }) => stopSharingFile(tx, params.file))
  team(api.removeFile, ({ tx, params }) => removeFile(tx, params.file))
  team(api.putFileBack, ({ tx, params }) => putFileBack(tx, params.file))
  team(api.getFileContent, ({ tx, again, params, query }) => readContent(tx, again, params.file, query.inline === '1'))
  contact(api.listPortalFiles, ({ tx, query }) => listPortalFiles(lone(tx), query))
  contact(api.getPortalFileContent, ({ tx, again, params, query }) =>
    readPortalContent(tx, again, params.file, query.inline === '1'),
  )
}
