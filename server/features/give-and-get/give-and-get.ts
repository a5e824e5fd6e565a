import type { Tx } from '#server/db/actor.ts'
import { join, type Sql, sql } from '#server/db/sql.ts'
import { notFound } from '#server/http/errors.ts'
import { notRelevant } from '#shared/deals.ts'
import { type GiveAndGet, type WayPart, wayParts } from '#shared/give-and-get.ts'

const names_at_most = 5
type Side = 'us' | 'them'

const open = sql`t.outcome is null and t.answer <> 'declined'`
/** Which of the deals `t` that went one way count where, for whoever is `you`. */
const partOf = (you: Side): Record<WayPart, Sql> => ({
  sent: sql`true`,
  unanswered: sql`t.outcome is null and t.answer = 'pending'`,
  accepted: sql`t.answer = 'accepted'`,
  declined: sql`t.answer = 'declined'`,
  not_relevant: sql`t.answer = 'declined' and t.answer_reason = ${notRelevant}`,
  won: sql`t.outcome = 'won'`,
  lost: sql`t.outcome = 'lost'`,
  on_you: sql`${open} and t.turn = ${you}`,
  on_them: sql`${open} and t.turn = ${you === 'us' ? 'them' : 'us'}`,
})

/** Over deals `these`: how many, and the newest by name. */
function wayOf(direction: 'given' | 'received', you: Side): Sql {
  const parts = partOf(you)
  return sql`json_build_object(${join(
    wayParts.map(
      (part) => sql`${part}::text, json_build_object(
        'many', (select count(*)::int from these t where t.direction = ${direction} and ${parts[part]}),
        'deals', (select coalesce(json_agg(json_build_object('ref', n.ref, 'customer_company', n.customer_company) order by n.last_activity_at desc, n.ref desc), '[]') from (
          select t.ref, t.customer_company, t.last_activity_at from these t where t.direction = ${direction} and ${parts[part]}
          order by t.last_activity_at desc, t.ref desc limit ${names_at_most}) n))`,
    ),
    ', ',
  )})`
}
const columns = sql`d.direction, d.ref, d.customer_company, d.answer, d.answer_reason, d.outcome, d.turn, d.last_activity_at`

/** What went to a partner and came from them, of what the partner sees too. */
export async function getGiveAndGet(tx: Tx, partner: string): Promise<GiveAndGet> {
  const it = await tx.row<GiveAndGet>(sql`
    with these as materialized (select ${columns} from deals d where d.partner_id = ${partner}::uuid and d.shared_from <= (select app.now()))
    select ${wayOf('given', 'us')} as given, ${wayOf('received', 'us')} as received from partners p where p.id = ${partner}::uuid`)
  if (!it) throw notFound()
  return it
}

/** The same from their side. What they sent is what they gave. */
export async function getPortalGiveAndGet(tx: Tx): Promise<GiveAndGet> {
  const it = await tx.row<GiveAndGet>(sql`
    with these as materialized (select ${columns} from portal.deals d)
    select ${wayOf('received', 'them')} as given, ${wayOf('given', 'them')} as received from portal.workspace`)
  if (!it) throw notFound()
  const named = [it.given, it.received].flatMap((way) =>
    wayParts.flatMap((part) => way[part].deals.map(({ ref }) => ref)),
  )
  await tx.run(sql`
    select app.record_read('deals', null, coalesce(array_agg(d.id), '{}'), array['customer_company', 'answer', 'outcome'])
    from portal.deals d where d.ref = any(${[...new Set(named)]}::text[])`)
  return it
}
