import type { Tx } from '#server/db/actor.ts'
import { nothing, sql } from '#server/db/sql.ts'
import { ids as idForm, pageOf, readPlace } from '#server/http/cursor.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { listInbox as endpoint, InboxRow, readInbox as readEndpoint } from '#shared/inbox.ts'
import { classOf } from '#shared/notices.ts'
import { type Happened, inboxSentence } from './sentences.ts'

type Row = Omit<InboxRow, 'sentence' | 'classes'> & { happened: Happened[] }
const events_told = 12

/** What reached the member, one row a deal or partner, newest first. */
export async function listInbox(
  tx: Tx,
  { tab = 'unread', cursor, limit = 50 }: Given<typeof endpoint>['query'],
): Promise<Answer<typeof endpoint>> {
  const from = readPlace(cursor, idForm)
  const rows = await tx.rows<Row>(sql`
    with folded as (
      select n.org_id, n.partner_id, n.deal_id, array_agg(n.id order by n.created_at desc, n.id desc) as ids, max(n.created_at) as at,
        bool_or(n.read_at is null) as unread, count(*)::int as count
      from notifications n where n.member_id = (select app.member()) ${tab === 'unread' ? sql`and n.read_at is null` : nothing}
      group by n.org_id, n.partner_id, n.deal_id),
    page as materialized (
      select *, ids[1] as id from folded
      ${from ? sql`where (at, ids[1]) < (${from.at}::timestamptz, ${from.key}::uuid)` : nothing}
      order by at desc, ids[1] desc limit ${limit + 1})
    select f.id, f.ids, f.at, f.unread, f.count, json_build_object('id', p.id, 'slug', p.slug, 'legal_name', p.legal_name) as partner,
      case when d.id is not null then json_build_object('id', d.id, 'ref', d.ref, 'customer_company', d.customer_company) end as deal,
      coalesce(d.direction = 'received' and d.answer = 'pending' and p.archived_at is null and app.can_work_with(p.id), false) as answerable,
      d.id is null and exists (select from notifications n where n.org_id = f.org_id and n.id = any(f.ids) and n.entry_id is not null) as note,
      coalesce((select left(e.body, 280) from notifications n join entries e on e.org_id = n.org_id and e.id = n.entry_id
        where n.org_id = f.org_id and n.id = any(f.ids) and e.body is not null order by n.created_at desc, n.id desc limit 1),
        case when d.direction = 'received' and d.answer = 'pending' then left(d.ask, 280) end) as excerpt,
      (select json_agg(h order by h.created_at, h.id) from (
        select n.kind, n.created_at, n.id, coalesce(c.name, m.name, b.name, 'Someone no longer here') as who, e.to_value
        from notifications n
        left join contacts c on c.org_id = n.org_id and c.id = n.contact_id
        left join entries e on e.org_id = n.org_id and e.id = n.entry_id
        left join members m on m.org_id = e.org_id and m.id = e.member_id
        left join members b on b.org_id = n.org_id and b.id = n.by_id
        where n.org_id = f.org_id and n.id = any(f.ids[1:${events_told}])) h) as happened
    from page f
    join partners p on p.org_id = f.org_id and p.id = f.partner_id
    left join deals d on d.org_id = f.org_id and d.id = f.deal_id
    order by f.at desc, f.id desc`)
  const { items, next } = pageOf(rows, limit, (row) => ({ at: row.at, key: row.id }))
  return {
    next,
    items: items.map(({ happened, ...row }) => ({
      ...row,
      sentence: inboxSentence(happened),
      classes: [...new Set(happened.map(({ kind }) => classOf(kind)))],
    })),
  }
}

/** How many deals and partners have something unread. */
export async function countInbox(tx: Tx): Promise<{ unread: number }> {
  const it = await tx.row<{ unread: number }>(sql`
    select count(distinct coalesce(deal_id, partner_id))::int as unread from notifications where member_id = (select app.member()) and read_at is null`)
  return { unread: it?.unread ?? 0 }
}

/** Marks rows, or all of them, as read or as unread again. Others' rows are not there for the caller. */
export async function readInbox(
  tx: Tx,
  { ids, read }: Given<typeof readEndpoint>['body'],
): Promise<{ unread: number }> {
  const [, count] = await Promise.all([
    tx.run(sql`
      update notifications set read_at = ${read ? sql`app.now()` : sql`null`}
      where member_id = (select app.member()) and ${read ? sql`read_at is null` : sql`read_at is not null`} ${ids ? sql`and id = any(${ids}::uuid[])` : nothing}`),
    countInbox(tx),
  ])
  return count
}
