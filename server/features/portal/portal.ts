import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { nothing, type Sql, sql } from '#server/db/sql.ts'
import { ids, pageOf, readPlace } from '#server/http/cursor.ts'
import { conflict, forbidden, notFound } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type * as api from '#shared/portal.ts'
import type { PortalDeal } from '#shared/portal.ts'

type Page = { cursor?: string | undefined; limit?: number | undefined }
type PortalEntry = Answer<typeof api.addPortalEntry>
const refs = /^[0-9A-Za-z-]{1,40}$/

const dealColumns = sql`d.ref, d.kind, d.direction, d.customer_company, d.ask, d.expected_close, d.stage, d.stage_since, d.answer, d.answer_reason, d.turn, d.turn_since, d.turn_why, d.turn_by_name, d.paused_until,
  d.protected_until, d.outcome,
  d.value_minor, d.currency, d.value_shown, d.customer_contact_name, d.customer_contact_email, d.customer_contact_phone, d.customer_contact_shown,
  d.our_owner_name, d.their_owner_name, d.shared_at, d.last_activity_at`
// Which fields were in what they saw: those that were hidden are not.
const dealFields = sql`array['customer_company', 'ask', 'expected_close', 'stage', 'answer', 'outcome', 'owners']
  || case when bool_or(r.value_shown) then array['value'] else '{}' end || case when bool_or(r.customer_contact_shown) then array['customer_contact'] else '{}' end`

/** The workspace they are in, and the invitation that brought them. */
export async function getWorkspace(tx: Tx): Promise<Answer<typeof api.getWorkspace>> {
  const workspace = await tx.row<Answer<typeof api.getWorkspace>>(sql`
    with it as materialized (select * from portal.workspace)
    select it.*, (
        select json_build_object('message', i.message, 'sent_by_name', i.sent_by_name, 'created_at', i.created_at)
        from portal.invitation i order by i.created_at desc limit 1) as invitation,
      (select coalesce(json_agg(json_build_object('key', s.key, 'name', s.name, 'archived', s.archived) order by s.place, s.key), '[]') from portal.stages s) as stages
    from it cross join (select app.record_read('workspace', null, array[id], array['names', 'permissions', 'invitation']) from it) seen`)
  if (!workspace) throw notFound()
  return workspace
}

/** Deals shared with them, newest activity first. */
export async function listPortalDeals(
  tx: Tx,
  { cursor, limit = 50 }: Page,
): Promise<Answer<typeof api.listPortalDeals>> {
  const from = readPlace(cursor, refs)
  const it = await tx.row<{ rows: PortalDeal[] }>(sql`
    with page as materialized (
      select d.id, ${dealColumns} from portal.newest_deals d
      ${from ? sql`where (d.last_activity_at, d.ref) < (${from.at}::timestamptz, ${from.key})` : nothing}
      order by d.last_activity_at desc, d.ref desc limit ${limit + 1}),
    shown as (select * from page order by last_activity_at desc, ref desc limit ${limit})
    select (select coalesce(json_agg(page order by last_activity_at desc, ref desc), '[]') from page) as rows,
      (select app.record_read('deals', null, coalesce(array_agg(r.id), '{}'), ${dealFields}) from shown r) as seen`)
  return pageOf(it?.rows ?? [], limit, (deal) => ({ at: deal.last_activity_at, key: deal.ref }))
}

/** One deal shared with them. */
export async function getPortalDeal(tx: Tx, ref: string): Promise<PortalDeal> {
  const deal = await tx.row<PortalDeal>(sql`
    with it as materialized (select d.id, ${dealColumns} from portal.deals d where d.ref = ${ref})
    select it.* from it cross join (select app.record_read('deal', null, array_agg(r.id), ${dealFields}) from it r having count(*) > 0) seen`)
  if (!deal) throw notFound()
  return deal
}

export const entryColumns = sql`e.id, e.kind, e.body, e.from_value, e.to_value, e.created_at, e.by_partner, e.author_name, coalesce(e.mine, false) as mine,
  e.edited_at, e.removed_at is not null as removed`

async function entries(
  tx: Tx,
  kind: 'entries' | 'notes',
  deal: string | null,
  wanted: Sql,
  { cursor, limit = 50 }: Page,
): Promise<Answer<typeof api.listPortalNotes>> {
  const from = readPlace(cursor, ids)
  const it = await tx.row<{ rows: PortalEntry[] }>(sql`
    with page as materialized (
      select ${entryColumns} from portal.newest_entries e
      where ${wanted} ${from ? sql`and (e.created_at, e.id) < (${from.at}::timestamptz, ${from.key}::uuid)` : nothing}
      order by e.created_at desc, e.id desc limit ${limit + 1}),
    shown as (select id from page order by created_at desc, id desc limit ${limit})
    select (select coalesce(json_agg(page order by created_at desc, id desc), '[]') from page) as rows,
      (select app.record_read(${kind}, null, array_remove(${deal}::uuid || coalesce(array_agg(r.id), '{}'), null), array['body', 'from_value', 'to_value', 'author']) from shown r) as seen`)
  return pageOf(it?.rows ?? [], limit, (entry) => ({ at: entry.created_at, key: entry.id }))
}

/** What was said and done on a deal they see, newest first. */
export async function listPortalEntries(
  tx: Tx,
  ref: string,
  page: Page,
): Promise<Answer<typeof api.listPortalEntries>> {
  const deal = await tx.row<{ id: string }>(sql`select d.id from portal.deals d where d.ref = ${ref}`)
  if (!deal) throw notFound()
  return entries(tx, 'entries', deal.id, sql`e.deal_id = ${deal.id}::uuid`, page)
}

/** Notes shared with them, newest first. */
export const listPortalNotes = (tx: Tx, page: Page): Promise<Answer<typeof api.listPortalNotes>> =>
  entries(tx, 'notes', null, sql`e.deal_id is null`, page)

/** Their own people. */
export async function listPortalPeople(tx: Tx): Promise<Answer<typeof api.listPortalPeople>> {
  const it = await tx.row<Answer<typeof api.listPortalPeople>>(sql`
    with people as materialized (select p.id, p.name, p.email, p.role, p.is_main from portal.people p order by p.is_main desc, p.name, p.id limit 500)
    select (select coalesce(json_agg(people order by is_main desc, name, id), '[]') from people) as items,
      (select app.record_read('people', null, coalesce(array_agg(r.id), '{}'), array['name', 'email', 'role']) from people r) as seen`)
  return it ?? { items: [] }
}

/** Why a deal did not change: not theirs to see, closed or answered, or theirs to read only. */
async function refuse(tx: Tx, ref: string, answering: boolean): Promise<never> {
  const deal = await getPortalDeal(tx, ref)
  if (deal.outcome) throw conflict('This deal is closed.', deal)
  if (answering && deal.answer !== 'pending') throw conflict('This deal was answered already.', deal)
  throw forbidden('Your company can read this deal, not change it.')
}

/** Accepts or declines. Accepting sets nothing else. */
export async function answerDeal(
  tx: Tx,
  ref: string,
  { answer, reason }: Given<typeof api.answerDeal>['body'],
): Promise<PortalDeal> {
  const done = await tx.run(
    sql`update portal.deals set answer = ${answer}, answer_reason = ${reason ?? null} where ref = ${ref} and answer = 'pending'`,
  )
  return done ? getPortalDeal(tx, ref) : refuse(tx, ref, true)
}

/** Moves a deal to another stage. */
export async function moveDeal(tx: Tx, ref: string, stage: string): Promise<PortalDeal> {
  const done = await tx.run(sql`update portal.deals set stage = ${stage} where ref = ${ref}`)
  return done ? getPortalDeal(tx, ref) : refuse(tx, ref, false)
}

/** Whether they may say something on deal `d` of workspace `w`. */
export const mayComment = sql`(w.updates_deals or coalesce(d.direction = 'received' and d.answer <> 'accepted' and w.sends_deals, false))`

/** Says something on a deal, to both sides. */
export async function addPortalEntry(tx: Tx, ref: string, body: string): Promise<PortalEntry> {
  const at = await tx.row<{ id: string; may: boolean }>(
    sql`select d.id, ${mayComment} as may from portal.deals d, portal.workspace w where d.ref = ${ref}`,
  )
  if (!at) throw notFound()
  if (!at.may) throw forbidden('Your company can read this deal, not comment on it.')
  const id = newId()
  const [, entry] = await Promise.all([
    tx.run(sql`insert into portal.entries (id, deal_id, body) values (${id}::uuid, ${at.id}::uuid, ${body})`),
    tx.row<PortalEntry>(sql`
      with it as materialized (select ${entryColumns} from portal.entries e where e.id = ${id}::uuid)
      select it.* from it cross join (select app.record_read('entries', null, array[${at.id}::uuid, id], array['body', 'author']) from it) seen`),
  ])
  if (!entry) throw notFound()
  return entry
}
