import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { join, type Sql, sql } from '#server/db/sql.ts'
import { conflict, forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { addContact as addEndpoint, Contact, editContact as editEndpoint } from '#shared/contacts.ts'
import type { Given } from '#shared/endpoint.ts'

/** How far the newest invitation `i` of contact `c` has come. */
export const invitationState = sql`case
  when c.access_removed_at is not null then 'access_removed'
  when c.person_id is not null then 'accepted'
  when i.id is null then 'not_invited'
  when i.withdrawn_at is not null then 'withdrawn'
  when i.prefers_email_at is not null then 'prefers_email'
  when i.declined_at is not null then 'declined'
  when i.expires_at <= (select app.now()) then 'expired'
  when i.effective_at > (select app.now()) then 'sending'
  else 'sent' end`

/** The newest invitation of a contact `c`, as `i`. */
export const newestInvitation = sql`left join lateral (
  select * from (
    select n.id, n.created_at, n.effective_at, n.expires_at, n.withdrawn_at, n.prefers_email_at, n.declined_at
    from invitations n where n.org_id = c.org_id and n.contact_id = c.id order by n.created_at desc, n.id desc limit 1) newest) i on true`

/** A contact `c` with its newest invitation, as `Contact` names it. */
export const contactColumns = sql`
  c.id, c.partner_id, c.name, c.email, c.phone, c.title, c.role, c.is_main, c.sees, c.confirmed_at, c.left_at, c.last_seen_at, c.created_at, c.version,
  c.person_id is not null and c.access_removed_at is null and c.left_at is null as can_sign_in,
  json_build_object('state', ${invitationState}, 'id', i.id, 'expires_at', i.expires_at, 'effective_at', i.effective_at,
    'sent_at', case when i.effective_at <= (select app.now()) then i.effective_at end) as invitation`

/** In: an id. Out: the contact with how far its invitation has come. Errors: 404. */
export async function readContact(tx: Tx, id: string): Promise<Contact> {
  const contact = await tx.row<Contact>(
    sql`select ${contactColumns} from contacts c ${newestInvitation} where c.id = ${id}::uuid`,
  )
  if (!contact) throw notFound()
  return contact
}

/** The people at a partner: the main contact first, those who left last. */
export async function listContacts(tx: Tx, partner: string): Promise<{ items: Contact[] }> {
  const rows = await tx.rows<Contact & { id: string | null }>(sql`
    select ${contactColumns}
    from partners p
    left join contacts c on c.org_id = p.org_id and c.partner_id = p.id
    ${newestInvitation}
    where p.id = ${partner}::uuid
    order by c.left_at is not null, c.is_main desc, c.name, c.id`)
  if (rows.length === 0) throw notFound()
  return { items: rows.filter((row) => row.id !== null) }
}

/** Only one contact is the main one: whoever was it before is not any more. */
async function unmakeMain(tx: Tx, partner: string, except: string): Promise<void> {
  await tx.run(sql`
    update contacts set is_main = false where partner_id = ${partner}::uuid and is_main and id <> ${except}::uuid`)
}

/** Adds a person; the first one becomes the main contact. Sends nothing. */
export async function addContact(tx: Tx, partner: string, body: Given<typeof addEndpoint>['body']): Promise<Contact> {
  const there = await tx.row<{ can: boolean; has_main: boolean }>(sql`
    select app.can_work_with(p.id) as can,
      exists (select from contacts c where c.partner_id = p.id and c.is_main) as has_main
    from partners p where p.id = ${partner}::uuid`)
  if (!there) throw notFound()
  if (!there.can) throw forbidden()
  const id = newId()
  const is_main = body.is_main ?? !there.has_main
  if (is_main) await unmakeMain(tx, partner, id)
  await tx.run(sql`
    insert into contacts (org_id, id, partner_id, name, email, phone, title, role, is_main, created_at)
    values (app.org(), ${id}::uuid, ${partner}::uuid, ${body.name}, ${body.email ?? null}, ${body.phone ?? null}, ${body.title ?? null},
      ${body.role ?? null}, ${is_main}, app.now())`)
  return readContact(tx, id)
}

type Changes = Given<typeof editEndpoint>['body']
const columns: { [Name in keyof Omit<Changes, 'version' | 'confirmed'>]-?: (value: Changes[Name]) => Sql } = {
  name: (value) => sql`name = ${value}`,
  email: (value) => sql`email = ${value}`,
  phone: (value) => sql`phone = ${value}`,
  title: (value) => sql`title = ${value}`,
  role: (value) => sql`role = ${value}`,
  is_main: (value) => sql`is_main = ${value}`,
  sees: (value) => sql`sees = ${value}`,
}

/** Reads a contact that is about to be changed. Errors: 404, 403. */
async function contactToChange(tx: Tx, id: string): Promise<Contact> {
  const row = await tx.row<Contact & { can: boolean }>(sql`
    select ${contactColumns}, app.can_work_with(c.partner_id) as can from contacts c ${newestInvitation} where c.id = ${id}::uuid`)
  if (!row) throw notFound()
  const { can, ...contact } = row
  if (!can) throw forbidden()
  return contact
}

/** Changes what is named, and confirms that the contact is still right. */
export async function editContact(tx: Tx, id: string, changes: Changes): Promise<Contact> {
  const contact = await contactToChange(tx, id)
  const stale = () => conflict('Someone changed this contact since you opened it.', contact)
  if (contact.version !== changes.version) throw stale()
  const other = changes.email !== undefined && changes.email?.toLowerCase() !== contact.email?.toLowerCase()
  // Whoever is in has proved this address; under another one they would stay in unseen.
  if (other && contact.can_sign_in)
    throw invalid(
      'email',
      `${contact.name} signs in with this address. Remove access first, or add the new address as a new contact.`,
    )
  const names = Object.keys(columns) as (keyof typeof columns)[]
  const sets = names.flatMap((name) => {
    const value = changes[name]
    return value === undefined ? [] : [(columns[name] as (value: unknown) => Sql)(value)]
  })
  if (changes.confirmed) sets.push(sql`confirmed_at = app.now()`)
  if (sets.length === 0) return contact
  if (changes.is_main) await unmakeMain(tx, contact.partner_id, id)
  const changed = await tx.run(sql`
    update contacts set ${join(sets, ', ')} where id = ${id}::uuid and version = ${changes.version}`)
  if (!changed) throw stale()
  return readContact(tx, id)
}

/** They are out from the next request on; their sessions stay, but lead nowhere here. */
export async function removeAccess(tx: Tx, id: string): Promise<Contact> {
  await contactToChange(tx, id)
  await tx.run(
    sql`update contacts set access_removed_at = app.now() where id = ${id}::uuid and access_removed_at is null`,
  )
  return readContact(tx, id)
}

export async function giveAccessBack(tx: Tx, id: string): Promise<Contact> {
  await contactToChange(tx, id)
  await tx.run(
    sql`update contacts set access_removed_at = null where id = ${id}::uuid and access_removed_at is not null`,
  )
  return readContact(tx, id)
}
