import type { Routes } from '#server/http/serve.ts'
import * as editing from '#shared/editing.ts'
import * as api from '#shared/entries.ts'
import { editEntry, listEntryVersions, removeEntry } from './editing.ts'
import { listColleagues } from './mentions.ts'
import { addNote, listNotes, shareNoteCopy, stopSharingNote } from './notes.ts'
import { addDealEntry, listDealEntries } from './timeline.ts'

export function entryRoutes({ team }: Routes): void {
  team(api.listDealEntries, ({ tx, params, query }) => listDealEntries(tx, params.deal, query))
  team(api.addDealEntry, ({ tx, params, body }) => addDealEntry(tx, params.deal, body))
  team(api.listNotes, ({ tx, params, query }) => listNotes(tx, params.partner, query))
  team(api.addNote, ({ tx, params, body }) => addNote(tx, params.partner, body))
  team(api.shareNoteCopy, ({ tx, params, body }) => shareNoteCopy(tx, params.note, body.body))
  team(editing.editEntry, ({ tx, params, body }) => editEntry(tx, params.entry, body))
  team(editing.removeEntry, ({ tx, params }) => removeEntry(tx, params.entry))
  team(editing.listEntryVersions, ({ tx, params }) => listEntryVersions(tx, params.entry))
  team(api.listColleagues, ({ tx, params }) => listColleagues(tx, params.partner))
  team(api.stopSharingNote, ({ tx, params }) => stopSharingNote(tx, params.note))
}
