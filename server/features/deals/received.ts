import type { Tx } from '#server/db/actor.ts'
import { join, sql } from '#server/db/sql.ts'
import { ids, pageOf, readPlace } from '#server/http/cursor.ts'
import type { listReceived as endpoint, ReceivedRow } from '#shared/answering.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import { dealConditions } from './deals.ts'
import { dealNames, dealRow } from './rows.ts'

const most_same = 3

/** What partners sent and is not in the pipeline: what waits longest first, what was declined last first. */
export async function listReceived(tx: Tx, query: Given<typeof endpoint>['query']): Promise<Answer<typeof endpoint>> {
  const { state = 'waiting', limit = 50 } = query
  const waiting = state === 'waiting'
  const wanted = dealConditions({ ...query, sent: state })
  // What nobody can answer waits for nobody.
  if (waiting) wanted.push(sql`d.partner_id in (select p.id from partners p where p.archived_at is null)`)
  const from = readPlace(query.cursor, ids)
  if (from) {
    const place = sql`(${from.at}::timestamptz, ${from.key}::uuid)`
    wanted.push(waiting ? sql`(d.created_at, d.id) > ${place}` : sql`(d.created_at, d.id) < ${place}`)
  }
  const order = waiting ? sql`d.created_at, d.id` : sql`d.created_at desc, d.id desc`
  const rows = await tx.rows<ReceivedRow>(sql`
    with page as materialized (select d.* from deals d where ${join(wanted, ' and ')} order by ${order} limit ${limit + 1})
    select ${dealRow}, d.ask, d.created_at, d.answer_reason, (select s.name from contacts s where s.org_id = d.org_id and s.id = d.sent_by_id) as sent_by_name,
      json_build_object('work', app.can_work_with(d.partner_id)) as can,
      (select coalesce(json_agg(o order by o.created_at, o.id), '[]') from (
        select same.* from (
          select ${dealRow}, d.created_at, d.protected_until
          from app.deals_with_customer(this.customer_company, this.customer_domain) same(id)
          join deals d on d.id = same.id and d.id <> this.id and d.answer <> 'declined' ${dealNames}) same
        order by same.created_at, same.id limit ${most_same}) o) as same_customer
    from page d cross join lateral (select d.id, d.customer_company, d.customer_domain) this ${dealNames} order by ${order}`)
  return pageOf(rows, limit, (deal) => ({ at: deal.created_at, key: deal.id }))
}
