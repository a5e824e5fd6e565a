import type { Tx } from '#server/db/actor.ts'
import { join, type Sql, sql } from '#server/db/sql.ts'
import { numbers, pageOf, readPlace } from '#server/http/cursor.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { listChanges as endpoint } from '#shared/log.ts'
import { type Logged, sentenceOf } from './sentences.ts'
import type { Names } from './words.ts'

export type Filters = Given<typeof endpoint>['query']
type Row = Logged & {
  id: number
  at: string
  outside: boolean
  channel: string
  partner_slug: string | null
  ref: string | null
  act: Answer<typeof endpoint>['items'][number]['act']
}

const zone = sql`(select o.time_zone from organizations o)`

/** What both lenses filter by, over log rows `r`; days are the company's own. */
export async function sharedConditions(
  tx: Tx,
  { partner, person, channel, from, until, cursor }: Filters,
): Promise<Sql[]> {
  const all = [sql`true`]
  if (partner) {
    // What became part of it is told with it; almost always that is nothing, and one id keeps to the index.
    const became = await tx.rows<{ old_id: string }>(
      sql`select old_id from merged_records where partner_id = ${partner}::uuid and contact_id is null`,
    )
    all.push(
      became.length === 0
        ? sql`r.partner_id = ${partner}::uuid`
        : sql`r.partner_id = any(${[partner, ...became.map((it) => it.old_id)]}::uuid[])`,
    )
  }
  if (person) all.push(sql`(r.member_id = ${person}::uuid or r.contact_id = ${person}::uuid)`)
  if (channel) all.push(sql`r.channel = ${channel}`)
  if (from) all.push(sql`r.at >= ${from}::date::timestamp at time zone ${zone}`)
  if (until) all.push(sql`r.at < (${until}::date + 1)::timestamp at time zone ${zone}`)
  const place = readPlace(cursor, numbers)
  if (place) all.push(sql`(r.at, r.id) < (${place.at}::timestamptz, ${place.key}::bigint)`)
  return all
}

// Lines of the timeline and fields that only repeat what another row of the log says already, and what a company is founded with.
const echo = sql`(
  (r.table_name = 'entries' and coalesce(r.changes -> 'kind' ->> 1, '') in ('shared', 'stopped', 'answer', 'stage', 'owner', 'outcome', 'sent', 'paused', 'resumed', 'protected'))
  or (r.table_name = 'entries' and r.action = 'delete')
  or (r.act_id is not null and r.action = 'update' and r.changes ? 'partner_id')
  or (r.act_id is not null and r.table_name = 'different_partners')
  or (r.table_name = 'files' and r.action in ('insert', 'delete'))
  or (r.table_name in ('partner_types', 'contact_roles', 'deal_stages', 'ground_rules') and r.action = 'insert' and r.member_id is null)
  or (r.table_name = 'deals' and r.action = 'update' and r.changes - array['turn', 'turn_why', 'paused_turn', 'paused_turn_why', 'show_value', 'show_customer_contact', 'protection_reminded', 'quiet_told'] = '{}'))`

/** What was changed, in sentences, newest first. The log's own policy says which rows the caller reads. */
export async function listChanges(tx: Tx, query: Filters): Promise<Answer<typeof endpoint>> {
  const { limit = 50, record } = query
  const wanted = [...(await sharedConditions(tx, query)), sql`not ${echo}`]
  if (record) wanted.push(sql`(r.record_id = ${record}::uuid or r.deal_id = ${record}::uuid)`)
  const it = await tx.row<{ rows: Row[]; names: Names; listed: Names }>(sql`
    with page as materialized (
      select r.* from audit_rows r where ${join(wanted, ' and ')} order by r.at desc, r.id desc limit ${limit + 1}),
    named as materialized (
      select r.*, case when a.id is not null then json_build_object('id', a.id, 'says', a.says, 'undo_until', a.undo_until) end as act,
        p.legal_name as partner_name, p.slug as partner_slug, d.customer_company as customer, d.ref, d.currency,
        case when r.table_name = 'shares' then (
          select f.name from shares s join files f on f.org_id = s.org_id and f.id = s.file_id where s.org_id = r.org_id and s.id = r.record_id) end as file_name
      from page r
      left join acts a on a.org_id = r.org_id and a.id = r.act_id and a.undone_at is null and a.undo_until > (select app.now()) and (select app.changes_things())
      left join merged_records b on b.org_id = r.org_id and b.old_id = r.partner_id and b.contact_id is null
      left join partners p on p.org_id = r.org_id and p.id = coalesce(b.partner_id, r.partner_id)
      left join deals d on d.org_id = r.org_id and d.id = r.deal_id),
    ids as (
      select record_id as id from page where record_id is not null union select member_id from page union select contact_id from page
      union select v.value::uuid from page, jsonb_each(page.changes) c, jsonb_array_elements_text(case when jsonb_typeof(c.value) = 'array' then c.value else '[]' end) v
        where right(c.key, 3) = '_id' and v.value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
    names as (
      select m.id, m.name from members m where m.org_id = (select app.org()) and m.id in (select id from ids)
      union all select c.id, c.name from contacts c where c.org_id = (select app.org()) and c.id in (select id from ids)
      union all select r.old_id, coalesce(c.name, p.legal_name) from merged_records r join partners p on p.id = r.partner_id left join contacts c on c.id = r.contact_id
        where r.org_id = (select app.org()) and r.old_id in (select id from ids)
      union all select t.id, t.name from tags t where t.org_id = (select app.org()) and t.id in (select id from ids)
      union all select l.id, l.name from partner_types l where l.org_id = (select app.org()) and l.id in (select id from ids)
      union all select l.id, l.name from contact_roles l where l.org_id = (select app.org()) and l.id in (select id from ids)
      union all select l.id, l.name from deal_stages l where l.org_id = (select app.org()) and l.id in (select id from ids)
      union all select f.id, f.name from custom_fields f where f.org_id = (select app.org()) and f.id in (select id from ids)
      union all select f.id, f.name from files f where f.org_id = (select app.org()) and f.id in (select id from ids)
      union all select p.id, p.legal_name from partners p where p.org_id = (select app.org()) and p.id in (select id from ids))
    select
      (select coalesce(json_agg(json_build_object('id', r.id, 'at', r.at, 'channel', r.channel, 'action', r.action, 'table_name', r.table_name, 'record_id', r.record_id,
        'changes', r.changes, 'outside', r.contact_id is not null, 'partner_name', r.partner_name, 'partner_slug', r.partner_slug, 'customer', r.customer, 'file_name', r.file_name, 'ref', r.ref, 'act', r.act, 'currency', r.currency,
        'who', coalesce((select n.name from names n where n.id = coalesce(r.contact_id, r.member_id)), case when r.contact_id is null and r.member_id is null then 'Partnered' else 'Someone no longer here' end)
        ) order by r.at desc, r.id desc), '[]') from named r) as rows,
      (select coalesce(json_object_agg(id, name), '{}') from names) as names,
      (select coalesce(json_object_agg(word, name), '{}') from (
        select 'type:' || l.key as word, l.name from partner_types l union all select 'role:' || l.key, l.name from contact_roles l
        union all select 'stage:' || l.key, l.name from deal_stages l) listed) as listed`)
  const { items, next } = pageOf(it?.rows ?? [], limit, (row) => ({ at: row.at, key: String(row.id) }))
  const names = { ...it?.names, ...it?.listed }
  return { next, items: items.map((row) => inWords(row, names)) }
}

function inWords(row: Row, names: Names): Answer<typeof endpoint>['items'][number] {
  return {
    id: String(row.id),
    at: row.at,
    who: row.who,
    outside: row.outside,
    channel: row.channel,
    ...sentenceOf(row, names),
    act: row.act,
    link: row.ref ? `/deals/${row.ref}` : row.partner_slug ? `/partners/${row.partner_slug}` : null,
  }
}
