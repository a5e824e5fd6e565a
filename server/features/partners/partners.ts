import type { Tx } from '#server/db/actor.ts'
import { join, type Sql, sql } from '#server/db/sql.ts'
import { customOf } from '#server/features/custom-fields/values.ts'
import { conflict, forbidden, notFound } from '#server/http/errors.ts'
import type { Given } from '#shared/endpoint.ts'
import type { editPartner as editEndpoint, Partner } from '#shared/partners.ts'
import { companyDomain, nameKey } from './identity.ts'
import { tagsOf } from './list.ts'
import { slugOf } from './slugs.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export const permissionsOf = sql`json_build_object('sees_deals', p.sees_deals, 'sees_value', p.sees_value, 'sees_customer_contact', p.sees_customer_contact,
  'sees_notes', p.sees_notes, 'updates_deals', p.updates_deals, 'sends_deals', p.sends_deals)`

async function read(tx: Tx, which: Sql): Promise<Partner> {
  const partner = await tx.row<Partner>(sql`
    select p.id, p.slug, p.workspace, p.legal_name, p.type, p.status, p.website, p.domain, p.phone, p.description, p.agreement_signed,
      p.works_via, p.team_access, p.archived_at, p.sample, p.last_activity_at, p.created_at, p.version,
      ${permissionsOf} as permissions,
      (select json_build_object('id', m.id, 'name', m.name) from members m where m.org_id = p.org_id and m.id = p.owner_id) as owner,
      (select json_build_object('id', c.id, 'name', c.name, 'email', c.email, 'phone', c.phone, 'confirmed_at', c.confirmed_at)
        from contacts c where c.org_id = p.org_id and c.partner_id = p.id and c.is_main) as main_contact,
      (select count(*)::int from deals d where d.org_id = p.org_id and d.partner_id = p.id and d.outcome is null and d.in_pipeline) as open_deals,
      (select array_agg(coalesce(n, 0) order by week desc) from generate_series(0, 11) week left join (
        select floor(extract(epoch from (select app.now()) - e.created_at) / 604800)::int as week, count(*)::int as n
        from entries e
        where e.org_id = p.org_id and e.partner_id = p.id and e.created_at <= (select app.now())
          and e.created_at > (select app.now()) - interval '84 days'
        group by 1) counted using (week)) as activity_weeks,
      json_build_object('work', app.can_work_with(p.id), 'decide', app.can_decide_on(p.id)) as can,
      ${tagsOf}, ${customOf}
    from partners p where p.id = ${which}`)
  if (!partner) throw notFound()
  return partner
}

/** In: an id. Out: the partner as the team sees it. */
export const readPartner = (tx: Tx, id: string): Promise<Partner> => read(tx, sql`${id}::uuid`)

/** In: a slug, an earlier slug or an id. A partner that has the slug today comes before one that had it once. */
export const getPartner = (tx: Tx, slug: string): Promise<Partner> =>
  read(
    tx,
    sql`(select known.id from (
      select n.id, 1 as rank from partners n where n.slug = ${slug}
      union all select s.partner_id, 2 from partner_slugs s where s.slug = ${slug}
      union all select i.id, 3 from partners i where i.id = ${uuid.test(slug) ? slug : null}::uuid
      union all select m.partner_id, 4 from merged_records m where m.old_id = ${uuid.test(slug) ? slug : null}::uuid
      order by rank limit 1) known)`,
  )

/** A slug nobody else here has or had. */
export async function freeSlug(tx: Tx, legal_name: string, partner: string): Promise<string> {
  const row = await tx.row<{ slug: string }>(sql`select app.free_slug(${slugOf(legal_name)}, ${partner}::uuid) as slug`)
  return row!.slug
}

/** Why nothing was changed: not there, not theirs to change, or changed by someone else meanwhile. */
export async function refuseEdit(tx: Tx, partner: string, version: number): Promise<never> {
  const current = await readPartner(tx, partner)
  if (!current.can.work) throw forbidden()
  if (current.archived_at) throw conflict(`${current.legal_name} is archived. Restore it first.`)
  if (current.version !== version) throw conflict('Someone changed this partner since you opened it.', current)
  throw forbidden()
}

type Changes = Given<typeof editEndpoint>['body']
const plain = ['type', 'status', 'website', 'phone', 'description', 'agreement_signed', 'works_via'] as const
const columns: Record<(typeof plain)[number], (value: unknown) => Sql> = {
  type: (value) => sql`type = ${value}`,
  status: (value) => sql`status = ${value}`,
  website: (value) => sql`website = ${value}`,
  phone: (value) => sql`phone = ${value}`,
  description: (value) => sql`description = ${value}`,
  agreement_signed: (value) => sql`agreement_signed = ${value}::date`,
  works_via: (value) => sql`works_via = ${value}`,
}

/** Changes what is named. A new name brings a new slug; the one before it keeps working. */
export async function editPartner(tx: Tx, partner: string, changes: Changes): Promise<Partner> {
  const sets = plain.filter((name) => changes[name] !== undefined).map((name) => columns[name](changes[name]))
  if (changes.legal_name !== undefined) {
    sets.push(sql`legal_name = ${changes.legal_name}`, sql`name_key = ${nameKey(changes.legal_name)}`)
    sets.push(
      sql`slug = case when legal_name = ${changes.legal_name} then slug else ${await freeSlug(tx, changes.legal_name, partner)} end`,
    )
  }
  if (changes.website !== undefined) sets.push(sql`domain = ${await domainOf(tx, partner, changes.website)}`)
  if (changes.owner_id !== undefined) {
    await keepOnBoard(tx, partner, changes.owner_id)
    sets.push(sql`owner_id = ${changes.owner_id}::uuid`)
  }
  const changed = await tx.run(sql`
    update partners set ${sets.length ? join(sets, ', ') : sql`phone = phone`}
    where id = ${partner}::uuid and version = ${changes.version} and archived_at is null`)
  if (!changed) return refuseEdit(tx, partner, changes.version)
  if (changes.tag_ids) await wearTags(tx, partner, changes.tag_ids)
  return readPartner(tx, partner)
}

async function domainOf(tx: Tx, partner: string, website: string | null): Promise<string | null> {
  const main = await tx.row<{ email: string | null }>(
    sql`select email from contacts where partner_id = ${partner}::uuid and is_main`,
  )
  return companyDomain(website) ?? companyDomain(main?.email)
}

/** Whoever hands over a partner that only picked people see stays one of them. */
async function keepOnBoard(tx: Tx, partner: string, next_owner: string | null): Promise<void> {
  await tx.run(sql`
    insert into partner_members (org_id, partner_id, member_id, level, created_at)
    select p.org_id, p.id, p.owner_id, 'work', app.now() from partners p
    where p.id = ${partner}::uuid and p.team_access = 'picked' and p.owner_id is not null
      and p.owner_id is distinct from ${next_owner}::uuid and app.can_decide_on(p.id)
    on conflict (org_id, partner_id, member_id) do update set level = 'work' where partner_members.level <> 'work'`)
}

/** Replaces the tags of a partner. */
export async function wearTags(tx: Tx, partner: string, tags: readonly string[]): Promise<void> {
  await tx.run(sql`delete from partner_tags where partner_id = ${partner}::uuid and tag_id <> all(${tags}::uuid[])`)
  await tx.run(sql`
    insert into partner_tags (org_id, partner_id, tag_id)
    select (select app.org()), ${partner}::uuid, tag from unnest(${tags}::uuid[]) tag on conflict do nothing`)
}
