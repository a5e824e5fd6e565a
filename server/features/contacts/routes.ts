import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/contacts.ts'
import { addContact, editContact, giveAccessBack, listContacts, removeAccess } from './contacts.ts'
import { contactCameBack, contactLeft, previewContactLeft } from './leaving.ts'
import { listOutsiders } from './outsiders.ts'

export function contactRoutes({ team }: Routes): void {
  team(api.listContacts, ({ tx, params }) => listContacts(tx, params.partner))
  team(api.addContact, ({ tx, params, body }) => addContact(tx, params.partner, body))
  team(api.editContact, ({ tx, params, body }) => editContact(tx, params.contact, body))
  team(api.previewContactLeft, ({ tx, params, body }) => previewContactLeft(tx, params.contact, body))
  team(api.contactLeft, ({ tx, params, body }) => contactLeft(tx, params.contact, body))
  team(api.contactCameBack, ({ tx, params }) => contactCameBack(tx, params.contact))
  team(api.removeAccess, ({ tx, params }) => removeAccess(tx, params.contact))
  team(api.giveAccessBack, ({ tx, params }) => giveAccessBack(tx, params.contact))
  team(api.listOutsiders, ({ tx }) => listOutsiders(tx))
}
