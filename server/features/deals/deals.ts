import type { Tx } from '#server/db/actor.ts'
import { join, nothing, type Sql, sql } from '#server/db/sql.ts'
import { ids, pageOf, readPlace } from '#server/http/cursor.ts'
import { notFound } from '#server/http/errors.ts'
import type { Deal, DealRow, listDeals as endpoint } from '#shared/deals.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import { dealNames, dealRow, isQuiet } from './rows.ts'
import { dealContacts, dealMembers, itsShare, type VisibleParts, visibleOf, visibleParts } from './visibility.ts'

type Query = Given<typeof endpoint>['query']

/** What the chips ask of a deal `d`. */
export function dealConditions({
  partner,
  kind,
  stage,
  owner,
  turn,
  quiet,
  open,
  sent,
}: Omit<Query, 'cursor' | 'limit' | 'sort'>): Sql[] {
  // Nothing that a partner sent is in the pipeline before it is accepted.
  const all: Sql[] = [
    sent ? sql`d.direction = 'received' and not d.in_pipeline and d.outcome is null` : sql`d.in_pipeline`,
  ]
  if (sent) all.push(sql`d.answer = ${sent === 'waiting' ? 'pending' : 'declined'}`)
  if (partner) all.push(sql`d.partner_id = ${partner}::uuid`)
  if (kind) all.push(sql`d.kind = any(${kind}::text[])`)
  if (stage) all.push(sql`d.stage = any(${stage}::text[])`)
  if (owner)
    all.push(sql`d.our_owner_id::text = any(array_replace(${owner}::text[], 'me', (select app.member())::text))`)
  if (turn) all.push(sql`d.shared_from is not null and d.turn = any(${turn}::text[])`)
  if (quiet) all.push(isQuiet)
  if (open) all.push(open === 'true' ? sql`d.outcome is null` : sql`d.outcome is not null`)
  return all
}

/** Deals, newest activity first or the other way round. The page is taken first, then names are joined to its rows alone. */
export async function listDeals(tx: Tx, query: Query): Promise<Answer<typeof endpoint>> {
  const { limit = 50 } = query
  const wanted = dealConditions(query)
  const from = readPlace(query.cursor, ids)
  const up = query.sort === 'activity'
  const order = up ? sql`d.last_activity_at, d.id` : sql`d.last_activity_at desc, d.id desc`
  const place = from && sql`(${from.at}::timestamptz, ${from.key}::uuid)`
  if (place) wanted.push(up ? sql`(d.last_activity_at, d.id) > ${place}` : sql`(d.last_activity_at, d.id) < ${place}`)
  const rows = await tx.rows<DealRow>(sql`
    with page as materialized (
      select d.* from deals d ${wanted.length ? sql`where ${join(wanted, ' and ')}` : nothing}
      order by ${order} limit ${limit + 1})
    select ${dealRow} from page d ${dealNames} order by ${order}`)
  return pageOf(rows, limit, (deal) => ({ at: deal.last_activity_at, key: deal.id }))
}

const fields = [
  'customer_company',
  'customer_contact',
  'value',
  'expected_close',
  'ask',
  'owners',
  'stage',
  'answer',
  'outcome',
]
// As app.can_work_with, which as a function would be planned at every call.
const can = sql`json_build_object('work', (select app.changes_things()) and ((select app.reaches_all()) or d.partner_id not in (select app.view_only_partners()))) as can`

async function read(tx: Tx, which: Sql): Promise<Deal> {
  const deal = await tx.row<Omit<Deal, 'visible'> & VisibleParts>(sql`
    with it as materialized (select d.* from deals d where ${which})
    select ${dealRow}, case when d.outcome is null and d.in_pipeline and d.paused_until is null
        then d.last_activity_at + make_interval(days => (select q.days from app.quiet_limits() q where q.stage = d.stage)) end as quiet_from, d.customer_domain, d.customer_contact_name, d.customer_contact_email, d.customer_contact_phone,
      d.expected_close, d.ask, d.next_step, d.paused_why, d.protected_until, c.sender as sent_by_name, d.answered_at, d.answer_reason, d.outcome_at, d.outcome_reason, d.created_at,
      case when c.name is not null then json_build_object('id', d.their_owner_id, 'name', c.name, 'role', c.role) end as their_owner,
      coalesce(c.answered_by, am.name) as answered_by_name,
      case when d.turn_by is not null then json_build_object('id', d.turn_by, 'name', coalesce(c.turner, ours.turner, 'Someone no longer here')) end as turn_by,
      case when s.id is not null then json_build_object('id', s.id, 'effective_at', s.effective_at, 'shared_at', s.shared_at, 'shared_by', sm.name,
        'show_value', s.show_value, 'show_customer_contact', s.show_customer_contact) end as share,
      ${visibleParts}, ${can}
    from it d join partners p on p.org_id = d.org_id and p.id = d.partner_id ${itsShare} ${dealMembers} ${dealContacts}`)
  if (!deal) throw notFound()
  return { ...deal, visible: visibleOf(deal, deal.share) }
}

/** One deal by its reference. The reading is on record. */
export async function getDeal(tx: Tx, ref: string): Promise<Deal> {
  const deal = await read(tx, sql`d.ref = ${ref}`)
  tx.seen({ kind: 'deal', partner_id: deal.partner.id, record_ids: [deal.id], fields })
  return deal
}

/** A deal as it is after a change. */
export const readDeal = (tx: Tx, deal: string): Promise<Deal> => read(tx, sql`d.id = ${deal}::uuid`)
