import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import { forbidden, Refusal } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { addPartner as addEndpoint, checkPartner as checkEndpoint, Partner } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import { differentFrom, sayDifferent } from './different.ts'
import { isEmail, suggestEmail } from './email-typos.ts'
import { companyDomain, compareCompanies, isFreeMail, nameKey, registrableDomain } from './identity.ts'
import { freeSlug, readPartner, wearTags } from './partners.ts'
import { nameFromEmail, workspaceOf } from './slugs.ts'

type Typed = { legal_name?: string | undefined; email?: string | null | undefined; website?: string | null | undefined }
/** `id` is null for a partner the member does not see: then it is known only that name and domain are taken. */
type Near = {
  id: string | null
  slug: string
  legal_name: string
  owner_name: string | null
  match: 'same' | 'likely'
  why: string
}

/** Partners that may be the company typed, surest first. */
export async function nearTo(tx: Tx, { legal_name = '', email, website }: Typed): Promise<Near[]> {
  const name_key = legal_name.trim() ? nameKey(legal_name) : ''
  const domain = companyDomain(website) ?? companyDomain(email)
  const address = email && isEmail(email) ? email : null
  if (name_key.length < 2 && !domain && !address) return []
  const rows = await tx.rows<{
    id: string | null
    slug: string
    legal_name: string | null
    name_key: string
    domain: string | null
    emails: string[]
    owner_name: string | null
  }>(sql`
    select * from app.lookalikes(${name_key}, ${domain}, ${address})`)
  const typed = { legal_name, name_key, domain, emails: address ? [address] : [] }
  return rows
    .flatMap((row) => {
      const it = compareCompanies({ ...typed }, { ...row, legal_name: row.legal_name ?? legal_name })
      return it ? [{ ...row, legal_name: row.legal_name ?? '', match: it.level, why: it.why }] : []
    })
    .sort((a, b) => (a.match === b.match ? 0 : a.match === 'same' ? -1 : 1))
}

/** While somebody types: what it might be already, and how the address was likely meant. */
export async function checkPartner(
  tx: Tx,
  body: Given<typeof checkEndpoint>['body'],
): Promise<Answer<typeof checkEndpoint>> {
  const legal_name = body.legal_name?.trim() ?? ''
  const email = body.email?.trim() ?? ''
  const website = body.website?.trim() || null
  const domain = registrableDomain(email)
  const found = await nearTo(tx, { legal_name, email, website })
  const apart = body.partner ? (await differentFrom(tx, body.partner)).add(body.partner) : new Set<string>()
  return {
    lookalikes: found.flatMap((it) => (it.id && !apart.has(it.id) ? [{ ...it, id: it.id }] : [])).slice(0, 5),
    email_suggestion: email
      ? suggestEmail(email, { company: legal_name, partner_domain: companyDomain(website) })
      : null,
    free_mail: domain !== null && isFreeMail(domain),
    email_ok: email ? isEmail(email) : null,
  }
}

function taken(it: Near): Refusal {
  const detail = it.id
    ? `${it.legal_name} is here already. ${it.why}.`
    : 'A partner with this name and domain exists already. Ask an admin.'
  const errors = [{ field: 'legal_name', detail }]
  const current = it.id ? { id: it.id, slug: it.slug, legal_name: it.legal_name } : undefined
  return new Refusal({
    status: 409,
    code: 'taken',
    title: 'Already there',
    detail,
    errors,
    ...(current ? { current } : {}),
  })
}

/** Adds a partner with its main contact. Nothing is sent to anyone. */
export async function addPartner(tx: Tx, body: Given<typeof addEndpoint>['body']): Promise<Partner> {
  const { legal_name, email, website = null, access } = body
  const name_key = nameKey(legal_name)
  // Two people who add the same company at the same moment wait for each other here.
  const may = await tx.row<{ may: boolean }>(sql`
    select app.changes_things() as may, pg_advisory_xact_lock(hashtextextended(app.org() || ${name_key}, 0))`)
  if (!may?.may) throw forbidden('Members and admins add partners. Ask an admin.')
  const same = (await nearTo(tx, body)).find((it) => it.match === 'same')
  if (same) throw taken(same)

  const id = newId()
  const slug = await freeSlug(tx, legal_name, id)
  const rows = access?.permissions ?? presets.shared.rows
  const domain = companyDomain(website) ?? companyDomain(email)
  await tx.run(sql`
    with partner as (
      insert into partners (org_id, id, slug, workspace, legal_name, name_key, type, website, domain, phone, description, owner_id, team_access,
        sees_deals, sees_value, sees_customer_contact, sees_notes, updates_deals, sends_deals, created_by, created_at, last_activity_at)
      values (app.org(), ${id}::uuid, ${slug}, ${workspaceOf(slug)}, ${legal_name}, ${name_key}, ${body.type ?? null}, ${website}, ${domain},
        ${body.phone ?? null}, ${body.description ?? null}, app.member(), ${access?.team_access ?? 'everyone'},
        ${rows.sees_deals}, ${rows.sees_value}, ${rows.sees_customer_contact}, ${rows.sees_notes}, ${rows.updates_deals}, ${rows.sends_deals},
        app.member(), app.now(), app.now()))
    insert into contacts (org_id, id, partner_id, name, email, is_main, created_at)
    values (app.org(), ${newId()}::uuid, ${id}::uuid, ${body.contact_name ?? nameFromEmail(email)}, ${email}, true, app.now())`)
  if (access?.members.length) await pickMembers(tx, id, access.members)
  if (body.tag_ids?.length) await wearTags(tx, id, body.tag_ids)
  await sayDifferent(tx, id, body.different_ids ?? [])
  return readPartner(tx, id)
}

export type Picked = readonly { member_id: string; level: 'view' | 'work' }[]

/** Replaces who was picked for a partner; rows that stay as they are are not touched. */
export async function pickMembers(tx: Tx, partner: string, picked: Picked): Promise<void> {
  const ids = picked.map((it) => it.member_id)
  const levels = picked.map((it) => it.level)
  await tx.run(
    sql`delete from partner_members where partner_id = ${partner}::uuid and member_id <> all(${ids}::uuid[])`,
  )
  await tx.run(sql`
    insert into partner_members (org_id, partner_id, member_id, level, created_at)
    select distinct on (member) (select app.org()), ${partner}::uuid, member, level, app.now()
    from unnest(${ids}::uuid[], ${levels}::text[]) as it (member, level) order by member, level desc
    on conflict (org_id, partner_id, member_id) do update set level = excluded.level where partner_members.level <> excluded.level`)
}
