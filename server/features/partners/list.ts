import type { Tx } from '#server/db/actor.ts'
import { join, sql } from '#server/db/sql.ts'
import { attention } from '#server/features/rules/breaking.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type {
  countPartners as countEndpoint,
  countMatchingPartners as countMatchingEndpoint,
  listPartners as listEndpoint,
  PartnerRow,
} from '#shared/partners.ts'
import { type Chosen, conditions, filters, wholeOfOpen } from './conditions.ts'
import { readCursor, writeCursor } from './cursor.ts'

type Query = Given<typeof listEndpoint>['query']

/** The tags a partner `p` wears, by name. */
export const tagsOf = sql`coalesce((
  select json_agg(json_build_object('id', t.id, 'name', t.name, 'colour', t.colour) order by t.name)
  from partner_tags pt join tags t on t.org_id = pt.org_id and t.id = pt.tag_id
  where pt.org_id = p.org_id and pt.partner_id = p.id), '[]') as tags`

const orders = {
  name: { key: sql`p.legal_name collate "und-x-icu"`, type: sql`::text collate "und-x-icu"`, down: false },
  '-name': { key: sql`p.legal_name collate "und-x-icu"`, type: sql`::text collate "und-x-icu"`, down: true },
  activity: { key: sql`p.last_activity_at`, type: sql`::timestamptz`, down: false },
  '-activity': { key: sql`p.last_activity_at`, type: sql`::timestamptz`, down: true },
}

// The best first, those that are equally good by name: one text, so that a page goes on after it.
const best = {
  key: sql`((f.rank || ' ' || p.legal_name) collate "und-x-icu")`,
  type: sql`::text collate "und-x-icu"`,
  down: false,
}
// More than these many of a kind are not told apart by scrolling, but by another letter.
const most_found = 60

/** Where the rows come from, what they must be, and their order: by how well the search finds them where no other was chosen. */
function plan(query: Query, whole: boolean) {
  const { q, sort, ...chosen } = query
  if (!q?.trim() || sort)
    return { from: sql`partners p`, wanted: conditions(query, whole), ...orders[sort ?? 'name'], named: sort ?? 'name' }
  const narrow =
    whole ||
    Object.keys(chosen).some((name) => !['cursor', 'limit', 'view'].includes(name)) ||
    (query.view ?? 'all') !== 'all'
  const found = narrow ? sql`app.search_partners(${q}, null)` : sql`app.search_partners(${q}, ${most_found})`
  // One look-up a row that was found, never a walk through all partners.
  return {
    from: sql`${found} f cross join lateral (select * from partners p where p.id = f.id offset 0) p`,
    wanted: filters(chosen, whole),
    ...best,
    named: 'best',
  }
}

/** Partners, page by page: the page is taken first, then names are joined to its rows alone. `whole`: also what a search would cut off. */
export async function listPartners(tx: Tx, query: Query, whole = false): Promise<Answer<typeof listEndpoint>> {
  const { cursor, limit = 50 } = query
  const { from, wanted, key, type, down, named } = plan(query, whole)
  if (cursor) {
    const last = readCursor(cursor, named)
    const place = sql`(${last.key}${type}, ${last.id}::uuid)`
    wanted.push(down ? sql`(${key}, p.id) < ${place}` : sql`(${key}, p.id) > ${place}`)
  }
  const order = down ? sql`sort_key desc, id desc` : sql`sort_key, id`
  const rows = await tx.rows<PartnerRow & { sort_key: string }>(sql`
    with page as materialized (
      select p.org_id, p.id, p.slug, p.legal_name, p.type, p.status, p.works_via, p.archived_at, p.owner_id, p.last_activity_at, p.version,
        ${key} as sort_key
      from ${from} where ${join(wanted, ' and ')} order by ${order} ${limit === 50 ? sql`limit 51` : sql`limit ${limit + 1}`}),
    worn as materialized (
      select w.partner_id, json_agg(json_build_object('id', t.id, 'name', t.name, 'colour', t.colour) order by t.name) as tags
      from page p
      cross join lateral (
        select pt.partner_id, pt.tag_id from partner_tags pt where pt.org_id = p.org_id and pt.partner_id = p.id offset 0) w
      join tags t on t.id = w.tag_id
      group by w.partner_id)
    select p.id, p.slug, p.legal_name, p.type, p.status, p.works_via, p.archived_at, p.last_activity_at, p.version, p.sort_key,
      c.name as main_contact, ${attention} as attention, coalesce(w.tags, '[]') as tags,
      case when m.id is not null then json_build_object('id', m.id, 'name', m.name) end as owner,
      (select count(*)::int from deals d where d.org_id = p.org_id and d.partner_id = p.id and d.outcome is null and d.in_pipeline) as open_deals
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
    next: rows.length > limit && last ? writeCursor({ sort: named, key: last.sort_key, id: last.id }) : null,
  }
}

/** How many partners match: the view, the chips and the search together. */
export async function countMatchingPartners(tx: Tx, chosen: Chosen): Promise<Answer<typeof countMatchingEndpoint>> {
  const row = await tx.row<{ matching: number }>(
    sql`select count(*)::int as matching from partners p where ${join(conditions(chosen), ' and ')}`,
  )
  return { matching: row?.matching ?? 0 }
}

/** How many partners each view holds. Two walks, each through an index alone; both pass by what an import is adding just now. */
export async function countPartners(tx: Tx): Promise<Answer<typeof countEndpoint>> {
  const views = Object.entries(wholeOfOpen).map(([view, holds]) => ({ view, holds }))
  const open = sql`select p.id, p.status, p.type, p.owner_id, p.last_activity_at from partners p where p.archived_at is null and`
  const row = await tx.row<{ counts: number[]; archived: number }>(sql`
    select array[${join(
      views.map(({ holds }) => sql`count(*) filter (where ${holds})`),
      ', ',
    )}]::int[] as counts,
      (select count(*)::int from partners a where a.archived_at is not null) as archived
    from (${open} p.import_id is null union all ${open} p.import_id = any (array(select app.imports_at_rest()))) p`)
  const counts = views.map(({ view }, at) => [view, row?.counts[at] ?? 0])
  return { ...Object.fromEntries(counts), archived: row?.archived ?? 0 } as Answer<typeof countEndpoint>
}
