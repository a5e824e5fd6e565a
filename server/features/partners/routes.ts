import { lone } from '#server/db/actor.ts'
import type { Routes } from '#server/http/serve.ts'
import { changeManyPartners, previewBulk } from '#shared/bulk.ts'
import * as api from '#shared/partners.ts'
import { addPartner, checkPartner } from './adding.ts'
import { archivePartner, previewArchive, restorePartner } from './archive.ts'
import * as bulk from './bulk.ts'
import { countMatchingPartners, countPartners, listPartners } from './list.ts'
import { editPartner, getPartner } from './partners.ts'

export function partnerRoutes({ team }: Routes): void {
  team(api.listPartners, ({ tx, query }) => listPartners(lone(tx), query))
  team(api.countPartners, ({ tx }) => countPartners(tx))
  team(api.countMatchingPartners, ({ tx, query }) => countMatchingPartners(lone(tx), query))
  team(previewBulk, ({ tx, body }) => bulk.previewBulk(tx, body))
  team(changeManyPartners, ({ tx, body }) => bulk.changeMany(tx, body))
  team(api.checkPartner, ({ tx, body }) => checkPartner(tx, body))
  team(api.addPartner, ({ tx, body }) => addPartner(tx, body))
  team(api.getPartner, ({ tx, params }) => getPartner(tx, params.slug))
  team(api.editPartner, ({ tx, params, body }) => editPartner(tx, params.partner, body))
  team(api.previewArchive, ({ tx, params }) => previewArchive(tx, params.partner))
  team(api.archivePartner, ({ tx, params }) => archivePartner(tx, params.partner))
  team(api.restorePartner, ({ tx, params }) => restorePartner(tx, params.partner))
}
