import type { Tx } from '#server/db/actor.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { dealOwners, dealRow, isQuiet } from '#server/features/deals/rows.ts'
import { tagsOf } from '#server/features/partners/list.ts'
import { attention, broken, quietSince } from '#server/features/rules/breaking.ts'
import { forbidden, notFound } from '#server/http/errors.ts'
import type { DealRow } from '#shared/deals.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { listReview as endpoint } from '#shared/inbox.ts'
import type { PartnerRow } from '#shared/partners.ts'

const seconds_a_partner = 20
const most_at_once = 200
const now = sql`(select app.now())`
const daysSince = (at: Sql): Sql => sql`extract(day from ${now} - ${at})::int`

// Partners this member looks after: their own; for admins also those nobody owns.
const mine = sql`p.archived_at is null
  and (p.owner_id = (select app.member()) or ((select app.team_role()) = 'admin' and p.owner_id is null))`
const due = sql`(p.reviewed_at is null or p.reviewed_at < ${now} - interval '27 days')`

// What is wrong with a partner: the ground rules that it breaks, and what goes with them. "Quiet" is one number for the partner, its deals and
// an invitation that nobody answers.
const reasons = sql`array_remove(${broken} || array[
  (select case when count(*) = 1 then min(d.customer_company) || ' is quiet for ' || ${daysSince(sql`min(d.last_activity_at)`)} || ' days.'
      when count(*) > 1 then count(*) || ' open deals are quiet, one for ' || ${daysSince(sql`min(d.last_activity_at)`)} || ' days.' end
    from deals d where d.org_id = p.org_id and d.partner_id = p.id and ${isQuiet}),
  (select c.name || case when app.undelivered(i.id) then ': the invitation could not be delivered.'
      else ' has not answered the invitation for ' || ${daysSince(sql`i.effective_at`)} || ' days.' end
    from invitations i join contacts c on c.org_id = i.org_id and c.id = i.contact_id and c.left_at is null and c.access_removed_at is null
    where i.org_id = p.org_id and i.partner_id = p.id and i.accepted_at is null and i.declined_at is null and i.prefers_email_at is null and i.withdrawn_at is null
      and c.person_id is null and (i.effective_at < ${quietSince} or app.undelivered(i.id))
    order by i.effective_at limit 1),
  (select case when count(*) = 1 then 'Dormant, and ' || min(c.name) || ' can get in.' when count(*) > 1 then 'Dormant, and ' || count(*) || ' people can get in.' end
    from contacts c where p.status = 'dormant' and c.org_id = p.org_id and c.partner_id = p.id and c.person_id is not null and c.left_at is null and c.access_removed_at is null)
  ], null)`

const waiting = sql`
  select p.*, r.reasons from partners p cross join lateral (select ${reasons} as reasons) r
  where ${mine} and ${due} and cardinality(r.reasons) > 0`

/** How many of the member's partners need a look. */
export const reviewDue = sql`(select count(*)::int from (${waiting}) w)`

/** Columns of a partner list over partner `p`. */
const partnerColumns = sql`p.id, p.slug, p.legal_name, p.type, p.status, p.works_via, p.archived_at, p.last_activity_at, p.version, ${attention} as attention, ${tagsOf},
  (select json_build_object('id', m.id, 'name', m.name) from members m where m.org_id = p.org_id and m.id = p.owner_id) as owner,
  (select c.name from contacts c where c.org_id = p.org_id and c.partner_id = p.id and c.is_main) as main_contact,
  (select count(*)::int from deals d where d.org_id = p.org_id and d.partner_id = p.id and d.outcome is null and d.in_pipeline) as open_deals`

/** The member's partners that need a look, longest waiting first, with the reasons and their open deals. */
export async function listReview(tx: Tx): Promise<Answer<typeof endpoint>> {
  const [rows, counts] = await Promise.all([
    tx.rows<PartnerRow & { reasons: string[]; deals: DealRow[] }>(sql`
      with page as materialized (
        select w.* from (${waiting}) w order by coalesce(w.reviewed_at, w.created_at), w.last_activity_at, w.id limit ${most_at_once})
      select ${partnerColumns}, p.reasons,
        (select coalesce(json_agg(o), '[]') from (
          select ${dealRow} from deals d ${dealOwners}
          where d.org_id = p.org_id and d.partner_id = p.id and d.outcome is null and d.in_pipeline order by d.last_activity_at desc, d.id desc limit 10) o) as deals
      from page p order by coalesce(p.reviewed_at, p.created_at), p.last_activity_at, p.id`),
    tx.row<{ total: number; of: number }>(
      sql`select ${reviewDue} as total, (select count(*)::int from partners p where ${mine}) as of`,
    ),
  ])
  const { total, of } = counts ?? { total: 0, of: 0 }
  return {
    items: rows.map(({ reasons: why, deals, ...partner }) => ({ partner, reasons: why, deals })),
    total,
    of,
    minutes: Math.ceil((total * seconds_a_partner) / 60),
  }
}

async function setReviewed(tx: Tx, partner: string, at: Sql): Promise<undefined> {
  const done = await tx.run(sql`update partners set reviewed_at = ${at} where id = ${partner}::uuid`)
  if (done) return
  throw (await tx.row(sql`select 1 from partners where id = ${partner}::uuid`)) ? forbidden() : notFound()
}

/** This partner looks good until next month. */
export const markReviewed = (tx: Tx, partner: string): Promise<undefined> => setReviewed(tx, partner, sql`app.now()`)

/** Back into the review. */
export const undoReviewed = (tx: Tx, partner: string): Promise<undefined> => setReviewed(tx, partner, sql`null`)
