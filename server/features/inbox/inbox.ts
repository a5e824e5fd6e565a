import type { Tx } from '#server/db/actor.ts'
import { nothing, type Sql, sql } from '#server/db/sql.ts'
import { ids as idForm, pageOf, readPlace } from '#server/http/cursor.ts'
import { invalid } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type {
  doneInbox as doneEndpoint,
  listInbox as endpoint,
  InboxRow,
  readInbox as readEndpoint,
  snoozeInbox as snoozeEndpoint,
} from '#shared/inbox.ts'
import { classOf } from '#shared/notices.ts'
import { type Happened, inboxSentence } from './sentences.ts'

type Row = Omit<InboxRow, 'sentence' | 'classes'> & { happened: Happened[] }
const events_told = 12
const most_days_ahead = 366

const mine = sql`n.member_id = (select app.member())`
const now = sql`(select app.now())`
// What was put aside is unread when its moment has come.
const unread = sql`(n.read_at is null or coalesce(n.snoozed_until <= ${now} and n.read_at < n.snoozed_until, false))`
const tabs = {
  for_you: sql`(n.done_at is null and (n.snoozed_until is null or n.snoozed_until <= ${now}))`,
  all: sql`true`,
  done: sql`n.done_at is not null`,
}

/** What reached the member, one row a deal or partner, newest first. */
export async function listInbox(
  tx: Tx,
  { tab = 'for_you', cursor, limit = 50 }: Given<typeof endpoint>['query'],
): Promise<Answer<typeof endpoint>> {
  const from = readPlace(cursor, idForm)
  const rows = await tx.rows<Row>(sql`
    with folded as (
      select n.org_id, n.partner_id, n.deal_id, array_agg(n.id order by n.created_at desc, n.id desc) as ids, 
        max(greatest(n.created_at, case when n.snoozed_until <= ${now} then n.snoozed_until end)) as at,
        bool_or(n.done_at is null and ${unread}) as unread, bool_and(n.done_at is not null) as done,
        max(n.snoozed_until) filter (where n.snoozed_until > ${now} and n.done_at is null) as snoozed_until, count(*)::int as count
      from notifications n where ${mine} and ${tabs[tab]}
      group by n.org_id, n.partner_id, n.deal_id),
    page as materialized (
      select *, ids[1] as id from folded
      ${from ? sql`where (at, ids[1]) < (${from.at}::timestamptz, ${from.key}::uuid)` : nothing}
      order by at desc, ids[1] desc limit ${limit + 1})
    select f.id, f.ids, f.at, f.unread, f.done, f.snoozed_until, f.count, json_build_object('id', p.id, 'slug', p.slug, 'legal_name', p.legal_name) as partner,
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

/** How many deals and partners have something unread for the member. */
export async function countInbox(tx: Tx): Promise<{ unread: number }> {
  const it = await tx.row<{ unread: number }>(sql`
    select count(distinct coalesce(n.deal_id, n.partner_id))::int as unread from notifications n where ${mine} and ${tabs.for_you} and ${unread}`)
  return { unread: it?.unread ?? 0 }
}

/** Others' rows are not there for the caller. Out: which of the rows changed, and how many are unread then. */
async function change(tx: Tx, which: Sql, sets: Sql): Promise<{ unread: number; ids: string[] }> {
  const [rows, count] = await Promise.all([
    tx.rows<{ id: string }>(sql`update notifications n set ${sets} where ${mine} and ${which} returning n.id`),
    countInbox(tx),
  ])
  return { ...count, ids: rows.map(({ id }) => id) }
}
const among = (ids: readonly string[] | undefined) => (ids ? sql`n.id = any(${ids}::uuid[])` : sql`true`)

/** Marks rows, or all that are for the member, as read; or as unread again, which brings them back. */
export async function readInbox(
  tx: Tx,
  { ids, read }: Given<typeof readEndpoint>['body'],
): Promise<{ unread: number }> {
  return read
    ? await change(tx, sql`${among(ids)} and ${tabs.for_you} and ${unread}`, sql`read_at = app.now()`)
    : await change(tx, among(ids), sql`read_at = null, done_at = null, snoozed_until = null`)
}

/** Is done with rows, or with all that is for the member now; or takes them back. */
export const doneInbox = (tx: Tx, { ids, done }: Given<typeof doneEndpoint>['body']) =>
  done
    ? change(
        tx,
        sql`${among(ids)} and ${ids ? sql`n.done_at is null` : tabs.for_you}`,
        sql`done_at = app.now(), read_at = coalesce(n.read_at, app.now()), snoozed_until = null`,
      )
    : change(tx, sql`${among(ids)} and n.done_at is not null`, sql`done_at = null`)

/** Puts rows out of the way until a moment; unread then. Without one they are back at once, read as they are. */
export async function snoozeInbox(
  tx: Tx,
  { ids, until }: Given<typeof snoozeEndpoint>['body'],
): Promise<{ unread: number }> {
  if (until) {
    const ahead = Date.parse(until) - tx.now().getTime()
    if (!(ahead > 0)) throw invalid('until', 'Choose a moment that is still to come.')
    if (ahead > most_days_ahead * 86_400_000) throw invalid('until', 'Choose a day within a year.')
  }
  return until
    ? await change(tx, among(ids), sql`snoozed_until = ${until}::timestamptz, read_at = app.now(), done_at = null`)
    : await change(tx, sql`${among(ids)} and n.snoozed_until is not null`, sql`snoozed_until = null`)
}
