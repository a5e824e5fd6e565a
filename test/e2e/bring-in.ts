import { copyInvitationLink, inviteContact, listContacts } from '#shared/contacts.ts'
import { addPartner, editPartnerAccess, getPartnerAccess } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import { acceptInvitation } from '#shared/portal.ts'
import type { Stage } from './stage.ts'
import type { Visitor } from './visitor.ts'

/** A partner that works together with the team, and its contact at a browser, past the first visit. Out: the partner's id, its workspace, and the contact. */
export async function bringIn(
  { server, visitor }: Stage,
  session: string,
  legal_name: string,
  name: string,
  email: string,
): Promise<{ partner: string; workspace: string; contact: Visitor }> {
  const partner = await server.ask(session, addPartner, { body: { legal_name, email, contact_name: name } })
  const { version } = await server.ask(session, getPartnerAccess, { params: { partner: partner.id } })
  await server.ask(session, editPartnerAccess, {
    params: { partner: partner.id },
    body: { version, team_access: 'everyone', members: [], permissions: presets.together.rows },
  })
  const { items } = await server.ask(session, listContacts, { params: { partner: partner.id } })
  const { invitation } = await server.ask(session, inviteContact, {
    params: { contact: items[0]?.id ?? '' },
    body: { message: `${name}, you will see our leads here, and send us yours.` },
  })
  await server.hurryInvitations()
  const { link } = await server.ask(session, copyInvitationLink, { params: { invitation: invitation.id ?? '' } })
  const theirs = await server.session(email, name)
  await server.ask(theirs, acceptInvitation, { body: { token: link.split('/i/')[1] ?? '' } })
  const contact = await visitor({ session: theirs })
  const workspace = `/p/${partner.workspace}`
  await contact.open(workspace)
  await contact.button('Open your deals').click()
  return { partner: partner.id, workspace, contact }
}
