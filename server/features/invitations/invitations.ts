import { randomBytes } from 'node:crypto'
import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import { contactToChange, readContact } from '#server/features/contacts/contacts.ts'
import { invitationText } from '#server/features/outbox/letters.ts'
import { hashToken } from '#server/features/session/session.ts'
import { conflict, forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { Contact } from '#shared/contacts.ts'

const days_it_lives = 14

/** Invites a contact; it leaves after ten seconds. */
export async function inviteContact(tx: Tx, contact_id: string, { message }: { message: string }): Promise<Contact> {
  const contact = await contactToChange(tx, contact_id)
  if (!contact.email) throw invalid('email', 'This contact has no email address. Add one first.')
  if (contact.left_at) throw invalid('contact', `${contact.name} has left this partner.`)
  const { state } = contact.invitation
  if (state === 'access_removed') throw conflict(`Access was removed from ${contact.name}. Give it back first.`)
  if (state === 'accepted') throw conflict(`${contact.name} is in already.`)
  if (state === 'sending' || state === 'sent')
    throw conflict(`${contact.name} has an open invitation. Withdraw it to send another.`)
  const invitation = newId()
  await tx.run(sql`
    with invited as (
      insert into invitations (org_id, id, partner_id, contact_id, message, sent_by, created_at, effective_at, expires_at)
      values (app.org(), ${invitation}::uuid, ${contact.partner_id}::uuid, ${contact_id}::uuid, ${message}, app.member(), app.now(),
        app.now() + interval '10 seconds', app.now() + make_interval(days => ${days_it_lives}))
      returning partner_id, contact_id, id, effective_at)
    select app.send_mail('invitation', partner_id, contact_id, id, null, effective_at) from invited`)
  return readContact(tx, contact_id)
}

/** The email as it would arrive, with a place where the link will stand. */
export async function previewInvitation(
  tx: Tx,
  contact_id: string,
  message: string,
  url: string,
): Promise<{ to: string; subject: string; text: string }> {
  const contact = await readContact(tx, contact_id)
  const from = await tx.row<{ sent_by_name: string; company_name: string; expires_at: string }>(sql`
    select m.name as sent_by_name, o.name as company_name, app.now() + make_interval(days => ${days_it_lives}) as expires_at
    from members m, organizations o where m.id = app.member()`)
  if (!from) throw notFound()
  return {
    to: contact.email ?? '',
    ...invitationText(
      { ...from, email: contact.email ?? '', contact_name: contact.name, message },
      `${url}/i/… (a link of its own)`,
    ),
  }
}

/** Within ten seconds: as if it never was. Later: the link dies at once. */
export async function withdrawInvitation(tx: Tx, invitation: string): Promise<Contact> {
  const it = await tx.row<{
    contact_id: string
    accepted_at: string | null
    withdrawn_at: string | null
    can: boolean
  }>(sql`
    select contact_id, accepted_at, withdrawn_at, app.can_work_with(partner_id) as can from invitations where id = ${invitation}::uuid`)
  if (!it) throw notFound()
  if (!it.can) throw forbidden()
  if (it.accepted_at) throw conflict('This invitation was accepted already. Remove access instead.')
  const undone = await tx.run(sql`delete from invitations where id = ${invitation}::uuid and effective_at > app.now()`)
  if (!undone && !it.withdrawn_at) {
    await tx.run(
      sql`update invitations set withdrawn_at = app.now() where id = ${invitation}::uuid and withdrawn_at is null`,
    )
  }
  return readContact(tx, it.contact_id)
}

/** A new link; the one before it dies, copied or mailed. A message that has not left yet brings one of its own. */
export async function copyInvitationLink(tx: Tx, invitation: string, url: string): Promise<{ link: string }> {
  const token = randomBytes(32).toString('base64url')
  const it = await tx.row<{ can: boolean; open: boolean }>(sql`
    select app.can_work_with(partner_id) as can, accepted_at is null and withdrawn_at is null and expires_at > app.now() as open
    from invitations where id = ${invitation}::uuid`)
  if (!it) throw notFound()
  if (!it.can) throw forbidden()
  if (!it.open) throw conflict('This invitation is no longer open. Send a new one.')
  await tx.run(sql`
    with renewed as (
      update invitations set token_hash = ${hashToken(token)}, mailed_hash = null where id = ${invitation}::uuid returning partner_id, id)
    select app.log_event('invitation_link', partner_id, id, '{}') from renewed`)
  return { link: `${url}/i/${token}` }
}
