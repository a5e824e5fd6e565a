import type { Tx } from '#server/db/actor.ts'
import { join, type Sql, sql } from '#server/db/sql.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { countPartners as countEndpoint, listPartners as listEndpoint, PartnerRow } from '#shared/partners.ts'
import { readCursor, writeCursor } from './cursor.ts'

type Query = Given<typeof listEndpoint>['query']

const quiet = sql`(select app.now()) - interval '30 days'`
const quietPartner = sql`p.status <> 'dormant' and p.last_activity_at < ${quiet}`
const withoutMain = sql`not exists (select from contacts c where c.partner_id = p.id and c.is_main)`

const attentionWhen = (noMain: Sql) => sql`case
  when p.archived_at is not null then null
  when ${quietPartner} then 'No activity for ' || extract(day from (select app.now()) - p.last_activity_at)::int || ' days'
  when p.type is null then 'No type yet'
  when ${noMain} then 'No main contact'
  when p.owner_id is null then 'No owner' end`
/** Why a partner `p` needs attention: plain rules, the first that holds. Dormant partners may be quiet. */
export const attention = attentionWhen(withoutMain)
const needsAttention = sql`(${quietPartner} or p.type is null or p.owner_id is null or ${withoutMain})`

/** The tags a partner `p` wears, by name. */
export const tagsOf = sql`coalesce((
  select json_agg(json_build_object('id', t.id, 'name', t.name, 'colour', t.colour) order by t.name)
  from partner_tags pt join tags t on t.org_id = pt.org_id and t.id = pt.tag_id
  where pt.org_id = p.org_id and pt.partner_id = p.id), '[]') as tags`

const views: Record<NonNullable<Query['view']>, Sql> = {
  all: sql`p.archived_at is null`,
  mine: sql`p.archived_at is null and p.owner_id = (select app.member())`,
  active: sql`p.archived_at is null and p.status = 'active'`,
  onboarding: sql`p.archived_at is null and p.status = 'onboarding'`,
  dormant: sql`p.archived_at is null and p.status = 'dormant'`,
  attention: sql`p.archived_at is null and ${needsAttention}`,
  archived: sql`p.archived_at is not null`,
}

const orders = {
  name: { key: sql`p.legal_name collate "und-x-icu"`, type: sql`::text collate "und-x-icu"`, down: false },
  '-name': { key: sql`p.legal_name collate "und-x-icu"`, type: sql`::text collate "und-x-icu"`, down: true },
  activity: { key: sql`p.last_activity_at`, type: sql`::timestamptz`, down: false },
  '-activity': { key: sql`p.last_activity_at`, type: sql`::timestamptz`, down: true },
}

function conditions({ view = 'all', q, status, type, tag, owner, via }: Query): Sql[] {
  const all = [views[view]]
  if (q?.trim()) all.push(sql`p.id in (select app.search_partners(${q}))`)
  if (status) all.push(sql`p.status = any(${status}::text[])`)
  if (type) all.push(sql`p.type = any(${type}::text[])`)
  if (via) all.push(sql`p.works_via = any(${via}::text[])`)
  if (tag)
    all.push(sql`p.id in (
      select pt.partner_id from tags t join partner_tags pt on pt.tag_id = t.id and pt.org_id = t.org_id
      where t.id::text = any(${tag}::text[]) or t.name = any(${tag}::text[]))`)
  if (owner)
    all.push(sql`coalesce(p.owner_id::text, 'none') = any(array_replace(${owner}::text[], 'me', app.member()::text))`)
  return all
}

/** Partners, page by page: the page is taken first, then names are joined to its rows alone. */
export async function listPartners(tx: Tx, query: Query): Promise<Answer<typeof listEndpoint>> {
  const { sort = 'name', cursor, limit = 50 } = query
  const { key, type, down } = orders[sort]
  const wanted = conditions(query)
  if (cursor) {
    const from = readCursor(cursor, sort)
    const place = sql`(${from.key}${type}, ${from.id}::uuid)`
    wanted.push(down ? sql`(${key}, p.id) < ${place}` : sql`(${key}, p.id) > ${place}`)
  }
  const order = down ? sql`sort_key desc, id desc` : sql`sort_key, id`
  const rows = await tx.rows<PartnerRow & { sort_key: string }>(sql`
    with page as materialized (
      select p.org_id, p.id, p.slug, p.legal_name, p.type, p.status, p.works_via, p.archived_at, p.owner_id, p.last_activity_at, p.version,
        ${key} as sort_key
      from partners p where ${join(wanted, ' and ')} order by ${order} ${limit === 50 ? sql`limit 51` : sql`limit ${limit + 1}`}),
    worn as materialized (
      select w.partner_id, json_agg(json_build_object('id', t.id, 'name', t.name, 'colour', t.colour) order by t.name) as tags
      from page p
      cross join lateral (
        select pt.partner_id, pt.tag_id from partner_tags pt where pt.org_id = p.org_id and pt.partner_id = p.id offset 0) w
      join tags t on t.id = w.tag_id
      group by w.partner_id)
    select p.id, p.slug, p.legal_name, p.type, p.status, p.works_via, p.archived_at, p.last_activity_at, p.version, p.sort_key,
      c.name as main_contact, ${attentionWhen(sql`c.id is null`)} as attention, coalesce(w.tags, '[]') as tags,
      case when m.id is not null then json_build_object('id', m.id, 'name', m.name) end as owner,
      (select count(*)::int from deals d where d.org_id = p.org_id and d.partner_id = p.id and d.outcome is null) as open_deals
    from page p
    left join members m on m.id = p.owner_id
    left join worn w on w.partner_id = p.id
    left join lateral (
      select c.id, c.name from contacts c where c.org_id = p.org_id and c.partner_id = p.id and c.is_main limit 1) c on true
    order by ${down ? sql`p.sort_key desc, p.id desc` : sql`p.sort_key, p.id`}`)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items,
    next: rows.length > limit && last ? writeCursor({ sort, key: last.sort_key, id: last.id }) : null,
  }
}

/** How many partners each view holds. */
export async function countPartners(tx: Tx): Promise<Answer<typeof countEndpoint>> {
  const counts = Object.entries(views).map(([view, holds]) => ({ view, holds }))
  const row = await tx.row<Record<string, number>>(sql`
    select array[${join(
      counts.map(({ holds }) => sql`count(*) filter (where ${holds})`),
      ', ',
    )}]::int[] as counts from partners p`)
  const numbers = (row?.counts ?? []) as unknown as number[]
  return Object.fromEntries(counts.map(({ view }, at) => [view, numbers[at] ?? 0])) as Answer<typeof countEndpoint>
}
