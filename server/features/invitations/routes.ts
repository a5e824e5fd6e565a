import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/contacts.ts'
import * as portal from '#shared/portal.ts'
import { acceptInvitation, preferEmail, readInvitation } from './accepting.ts'
import { copyInvitationLink, inviteContact, previewInvitation, withdrawInvitation } from './invitations.ts'

export function invitationRoutes({ team, open, product }: Routes): void {
  const { url } = product.config
  team(api.inviteContact, ({ tx, params, body }) => inviteContact(tx, params.contact, body))
  team(api.previewInvitation, ({ tx, params, body }) => previewInvitation(tx, params.contact, body.message, url))
  team(api.withdrawInvitation, ({ tx, params }) => withdrawInvitation(tx, params.invitation))
  team(api.copyInvitationLink, ({ tx, params }) => copyInvitationLink(tx, params.invitation, url))
  open(portal.readInvitation, ({ body, request }) => readInvitation(product, body.token, request.ip))
  open(portal.acceptInvitation, ({ body, token }) => acceptInvitation(product, body.token, token))
  open(portal.preferEmail, async ({ body, request }) => {
    await preferEmail(product, body.token, request.ip)
    return undefined
  })
}
