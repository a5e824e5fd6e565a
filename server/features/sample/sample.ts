import { partners, type SampleDeal, type SamplePartner, tags } from '#db/seed/world.ts'
import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import { nameKey } from '#server/features/partners/identity.ts'
import { forbidden } from '#server/http/errors.ts'
import { presets } from '#shared/permissions.ts'

export type Planted = {
  name: string
  id: string
  contacts: { id: string; email: string }[]
  deals: { id: string; customer: string }[]
}
/** Which member owns what: by the name the sample world gives them. */
export type Owners = Record<'dana' | 'ira' | 'tomas', string>

const slugOf = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** Adds the sample partners for an admin. `sample` marks them for removal in one click. Out: what was planted. */
export async function plantSamples(tx: Tx, owners: Owners, sample: boolean): Promise<Planted[]> {
  const tag_ids = new Map<string, string>()
  for (const tag of tags) {
    const row = await tx.row<{ id: string }>(sql`
      with added as (
        insert into tags (org_id, id, name, meaning, colour, created_at) values (app.org(), ${newId()}::uuid, ${tag.name}, ${tag.meaning}, ${tag.colour}, app.now())
        on conflict (org_id, lower(name)) do nothing returning id)
      select id from added union all select id from tags where lower(name) = lower(${tag.name}) limit 1`)
    if (row) tag_ids.set(tag.name, row.id)
  }
  const planted: Planted[] = []
  for (const partner of partners) planted.push(await plantPartner(tx, partner, owners, tag_ids, sample))
  return planted
}

async function plantPartner(
  tx: Tx,
  it: SamplePartner,
  owners: Owners,
  tag_ids: Map<string, string>,
  sample: boolean,
): Promise<Planted> {
  const id = newId()
  const rows = presets[it.permissions ?? 'shared'].rows
  const slug = slugOf(it.name)
  const taken = await tx.row<{ n: number }>(sql`select count(*)::int as n from partners where slug = ${slug}`)
  const tail = id.slice(-6)
  await tx.run(sql`
    insert into partners (org_id, id, slug, workspace, legal_name, name_key, type, status, website, domain, owner_id, works_via,
      sees_deals, sees_value, sees_customer_contact, sees_notes, updates_deals, sends_deals, sample, created_by, created_at, last_activity_at)
    values (app.org(), ${id}::uuid, ${taken?.n ? `${slug}-${tail}` : slug}, ${`${slug}-${tail}`}, ${it.name}, ${nameKey(it.name)}, (select t.key from partner_types t where t.key = ${it.type} and t.archived_at is null), ${it.status},
      ${`https://${it.domain}`}, ${it.domain}, ${owners[it.owner]}::uuid, 'internal',
      ${rows.sees_deals}, ${rows.sees_value}, ${rows.sees_customer_contact}, ${rows.sees_notes}, ${rows.updates_deals}, ${rows.sends_deals},
      ${sample}, app.member(), app.now() - make_interval(days => ${it.quiet_days + 120}), app.now() - make_interval(days => ${it.quiet_days}))`)
  for (const name of it.tags)
    await tx.run(
      sql`insert into partner_tags (org_id, partner_id, tag_id) values (app.org(), ${id}::uuid, ${tag_ids.get(name)}::uuid)`,
    )
  const contacts: Planted['contacts'] = []
  for (const [at, contact] of it.contacts.entries()) {
    const contact_id = newId()
    contacts.push({ id: contact_id, email: contact.email })
    await tx.run(sql`
      insert into contacts (org_id, id, partner_id, name, email, phone, title, role, is_main, confirmed_at, created_at)
      values (app.org(), ${contact_id}::uuid, ${id}::uuid, ${contact.name}, ${contact.email}, ${contact.phone ?? null}, ${contact.title ?? null}, (select r.key from contact_roles r where r.key = ${contact.role ?? null} and r.archived_at is null),
        ${at === 0}, app.now() - make_interval(days => ${it.quiet_days + 20}), app.now() - make_interval(days => ${it.quiet_days + 119}))`)
  }
  for (const note of it.notes ?? []) await plantNote(tx, id, note)
  const deals: Planted['deals'] = []
  for (const deal of it.deals ?? [])
    deals.push({
      customer: deal.customer,
      id: await plantDeal(tx, id, owners[it.owner], contacts[0]?.id ?? null, deal),
    })
  // Closing a deal counts as activity of today; in this world it lies as far back as the partner has been quiet.
  await tx.run(
    sql`update partners set last_activity_at = app.now() - make_interval(days => ${it.quiet_days}) where id = ${id}::uuid`,
  )
  return { name: it.name, id, contacts, deals }
}

/** What the database keeps by itself about it (lines, turns, times) is of that day too. */
async function onThatDay<Result>(tx: Tx, days_ago: number, act: () => Promise<Result>): Promise<Result> {
  const setClock = (at: Date) => tx.run(sql`select set_config('app.clock', ${at.toISOString()}, true)`)
  await setClock(new Date(tx.now().getTime() - days_ago * 86_400_000))
  const result = await act()
  await setClock(tx.now())
  return result
}

async function plantNote(
  tx: Tx,
  partner: string,
  note: { body: string; shared: boolean; days_ago: number },
): Promise<void> {
  const id = newId()
  await tx.run(sql`
    insert into entries (org_id, id, partner_id, kind, audience, body, member_id, created_at)
    values (app.org(), ${id}::uuid, ${partner}::uuid, 'note', ${note.shared ? 'partner' : 'team'}, ${note.body}, app.member(), app.now() - make_interval(days => ${note.days_ago}))`)
  if (!note.shared) return
  await tx.run(sql`
    insert into shares (org_id, id, partner_id, entry_id, shared_by, shared_at, effective_at)
    select app.org(), ${newId()}::uuid, ${partner}::uuid, ${id}::uuid, app.member(), at, at from (select app.now() - make_interval(days => ${note.days_ago}) as at) t`)
}

async function plantDeal(
  tx: Tx,
  partner: string,
  owner: string,
  their_owner: string | null,
  it: SampleDeal,
): Promise<string> {
  const id = newId()
  await onThatDay(tx, it.days_ago, async () => {
    await tx.run(sql`
      insert into deals (org_id, id, ref, partner_id, kind, customer_company, customer_domain, customer_contact_name, customer_contact_email, customer_contact_phone,
        value_minor, currency, ask, our_owner_id, their_owner_id, stage, created_by, created_at, last_activity_at, stage_since, turn_since)
      values (app.org(), ${id}::uuid, ${`D-${id.slice(-5).toUpperCase()}`}, ${partner}::uuid, ${it.kind}, ${it.customer}, ${it.domain}, ${it.contact?.name ?? null}, ${it.contact?.email ?? null},
        ${it.contact?.phone ?? null}, ${it.value ?? null}, ${it.currency ?? null}, ${it.ask}, ${owner}::uuid, ${their_owner}::uuid, ${it.stage ?? 'New'}, app.member(), app.now(), app.now(), app.now(), app.now())`)
    if (it.shared)
      await tx.run(sql`
        insert into shares (org_id, id, partner_id, deal_id, shared_by, shared_at, effective_at)
        values (app.org(), ${newId()}::uuid, ${partner}::uuid, ${id}::uuid, app.member(), app.now(), app.now())`)
  })
  for (const said of it.said ?? [])
    await onThatDay(tx, said.days_ago, () =>
      tx.run(sql`
        insert into entries (org_id, id, partner_id, deal_id, kind, audience, body, member_id, created_at)
        values (app.org(), ${newId()}::uuid, ${partner}::uuid, ${id}::uuid, 'comment', ${said.audience}, ${said.body}, app.member(), app.now())`),
    )
  if (it.outcome)
    await onThatDay(tx, it.days_ago / 2, () =>
      tx.run(sql`update deals set outcome = ${it.outcome} where id = ${id}::uuid`),
    )
  return id
}

/** Looks around with sample data, in the admin's own company; every sample partner is theirs. */
export async function addSampleData(tx: Tx): Promise<{ partners: number }> {
  const { member, team_role } = await tx.entered
  if (team_role !== 'admin' || !member) throw forbidden('Only an admin adds sample data.')
  const there = await tx.row<{ n: number }>(sql`select count(*)::int as n from partners where sample`)
  if (there?.n) return { partners: there.n }
  return { partners: (await plantSamples(tx, { dana: member, ira: member, tomas: member }, true)).length }
}

/** Removes it with all that belongs to it; nothing else is touched. */
export async function removeSampleData(tx: Tx): Promise<{ partners: number }> {
  if ((await tx.entered).team_role !== 'admin') throw forbidden('Only an admin removes sample data.')
  return { partners: await tx.run(sql`delete from partners where sample`) }
}
