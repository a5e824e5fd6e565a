import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { join, type Sql, sql } from '#server/db/sql.ts'
import { conflict, forbidden, invalid, notFound, Refusal } from '#server/http/errors.ts'
import type { addContact as addEndpoint, Contact, editContact as editEndpoint } from '#shared/contacts.ts'
import type { Given } from '#shared/endpoint.ts'

/** How far the newest invitation `i` of contact `c` has come. */
export const invitationState = sql`case
  when c.access_removed_at is not null then 'access_removed'
  when c.person_id is not null then 'accepted'
  when i.id is null or i.accepted_at is not null then 'not_invited'
  when i.withdrawn_at is not null then 'withdrawn'
  when i.prefers_email_at is not null then 'prefers_email'
  when i.declined_at is not null then 'declined'
  when app.undelivered(i.id) then 'bounced'
  when i.expires_at <= (select app.now()) then 'expired'
  when i.effective_at > (select app.now()) then 'sending'
  else 'sent' end`

/** The newest invitation of a contact `c`, as `i`. */
export const newestInvitation = sql`left join lateral (
  select * from (
    select n.id, n.created_at, n.effective_at, n.expires_at, n.accepted_at, n.withdrawn_at, n.prefers_email_at, n.declined_at
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

const unmakeMain = (tx: Tx, partner: string, except: string) =>
  tx.run(
    sql`update contacts set is_main = false where partner_id = ${partner}::uuid and is_main and id <> ${except}::uuid`,
  )

/** Makes someone the main contact: whoever was it before is not any more. */
export async function makeMain(tx: Tx, partner: string, contact: string): Promise<void> {
  await unmakeMain(tx, partner, contact)
  await tx.run(sql`update contacts set is_main = true where id = ${contact}::uuid and not is_main`)
}

/** An address is there once at a partner: refused with the name of who has it. */
async function refuseTaken(tx: Tx, partner: string, email: string | null | undefined, except: string): Promise<void> {
  if (!email) return
  const other = await tx.row<{ name: string }>(sql`
    select c.name from contacts c
    where c.partner_id = ${partner}::uuid and lower(c.email) = lower(${email}) and c.left_at is null and c.id <> ${except}::uuid`)
  if (!other) return
  const detail = `${other.name} at this partner has this address already.`
  throw new Refusal({
    status: 409,
    code: 'taken',
    title: 'Already there',
    detail,
    errors: [{ field: 'email', detail }],
  })
}

const refuseArchived = (it: { archived: boolean; legal_name: string }): void => {
  if (it.archived) throw conflict(`${it.legal_name} is archived. Restore it first.`)
}

/** Adds a person; the first one becomes the main contact. Sends nothing. */
export async function addContact(tx: Tx, partner: string, body: Given<typeof addEndpoint>['body']): Promise<Contact> {
  const there = await tx.row<{ can: boolean; has_main: boolean; archived: boolean; legal_name: string }>(sql`
    select app.can_work_with(p.id) as can, p.archived_at is not null as archived, p.legal_name,
      exists (select from contacts c where c.partner_id = p.id and c.is_main) as has_main
    from partners p where p.id = ${partner}::uuid`)
  if (!there) throw notFound()
  if (!there.can) throw forbidden()
  refuseArchived(there)
  const id = newId()
  await refuseTaken(tx, partner, body.email, id)
  const is_main = body.is_main ?? !there.has_main
  if (is_main) await unmakeMain(tx, partner, id)
  await tx.run(sql`
    insert into contacts (org_id, id, partner_id, name, email, phone, title, role, is_main, created_at)
    values (app.org(), ${id}::uuid, ${partner}::uuid, ${body.name}, ${body.email ?? null}, ${body.phone ?? null}, ${body.title ?? null},
      ${body.role ?? null}, ${is_main}, app.now())`)
  return readContact(tx, id)
}

type Changes = Given<typeof editEndpoint>['body']
type Column = Exclude<keyof Changes, 'version' | 'confirmed' | 'ends_sign_in' | 'is_main'>
const columns: { [Name in Column]-?: (value: Changes[Name]) => Sql } = {
  name: (value) => sql`name = ${value}`,
  email: (value) => sql`email = ${value}`,
  phone: (value) => sql`phone = ${value}`,
  title: (value) => sql`title = ${value}`,
  role: (value) => sql`role = ${value}`,
  sees: (value) => sql`sees = ${value}`,
}

/** Reads a contact that is about to be changed. Errors: 404, 403, and 409 at an archived partner, unless that does not matter. */
export async function contactToChange(tx: Tx, id: string, { even_archived = false } = {}): Promise<Contact> {
  const row = await tx.row<Contact & { can: boolean; archived: boolean; legal_name: string }>(sql`
    select ${contactColumns}, app.can_work_with(c.partner_id) as can, p.archived_at is not null as archived, p.legal_name
    from contacts c join partners p on p.org_id = c.org_id and p.id = c.partner_id ${newestInvitation} where c.id = ${id}::uuid`)
  if (!row) throw notFound()
  const { can, archived, legal_name, ...contact } = row
  if (!can) throw forbidden()
  if (!even_archived) refuseArchived({ archived, legal_name })
  return contact
}

/** Whoever signs in has proved this address; with another one they are out, and that is said, not done in passing. */
async function refuseAddress(tx: Tx, contact: Contact, { email, ends_sign_in }: Changes): Promise<void> {
  if (email === undefined || email?.toLowerCase() === contact.email?.toLowerCase()) return
  await refuseTaken(tx, contact.partner_id, email, contact.id)
  const tied = await tx.row<{ tied: boolean }>(
    sql`select person_id is not null as tied from contacts where id = ${contact.id}::uuid`,
  )
  if (tied?.tied && !ends_sign_in)
    throw invalid(
      'email',
      `${contact.name} signs in with ${contact.email}. With another address that sign-in ends; say so, then invite the new address.`,
    )
}

/** Changes what is named, and confirms that the contact is still right. */
export async function editContact(tx: Tx, id: string, changes: Changes): Promise<Contact> {
  const contact = await contactToChange(tx, id)
  const stale = () => conflict('Someone changed this contact since you opened it.', contact)
  if (contact.version !== changes.version) throw stale()
  if (contact.left_at) throw conflict(`${contact.name} has left. Say first that they came back.`)
  if (changes.is_main === false && contact.is_main)
    throw invalid('is_main', 'Make someone else the main contact instead.')
  await refuseAddress(tx, contact, changes)
  const names = Object.keys(columns) as Column[]
  const sets = names.flatMap((name) => {
    const value = changes[name]
    return value === undefined ? [] : [(columns[name] as (value: unknown) => Sql)(value)]
  })
  if (changes.confirmed) sets.push(sql`confirmed_at = app.now()`)
  if (sets.length > 0) {
    const changed = await tx.run(sql`
      update contacts set ${join(sets, ', ')} where id = ${id}::uuid and version = ${changes.version}`)
    if (!changed) throw stale()
  }
  if (changes.is_main) await makeMain(tx, contact.partner_id, id)
  return readContact(tx, id)
}

/** They are out from the next request on; their sessions stay, but lead nowhere here. */
export async function removeAccess(tx: Tx, id: string): Promise<Contact> {
  await contactToChange(tx, id, { even_archived: true })
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
