import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { listPartners } from '#server/features/partners/list.ts'
import { reviewDue } from '#server/features/review/review.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { getHome as endpoint } from '#shared/inbox.ts'

type Home = Answer<typeof endpoint>
const most_needs = 7
const now = sql`(select app.now())`
const ago = (at: 'turn_since' | 'shared_from' | 'effective_at') => {
  const column = { turn_since: sql`d.turn_since`, shared_from: sql`d.shared_from`, effective_at: sql`i.effective_at` }[
    at
  ]
  const days = sql`extract(day from ${now} - ${column})::int`
  return sql`case when ${days} < 1 then 'today' when ${days} = 1 then 'yesterday' else ${days} || ' days ago' end`
}

// Each kind takes its oldest few; together at most seven, turns before silences.
const needs = sql`
  (select 0 as rank, 'sent' as kind, p.legal_name || ' sent you ' || d.customer_company as sentence, 'Sent ' || ${ago('turn_since')} as why, '/deals/' || d.ref as link, d.turn_since as at
    from deals d join partners p on p.org_id = d.org_id and p.id = d.partner_id
    where d.our_owner_id = (select app.member()) and d.direction = 'received' and not d.in_pipeline and d.outcome is null and d.answer = 'pending' and d.turn = 'us' and p.archived_at is null
    order by d.turn_since limit ${most_needs})
  union all
  (select 1, 'your_turn', d.customer_company || ' waits for you', p.legal_name || ' did its part ' || ${ago('turn_since')}, '/deals/' || d.ref, d.turn_since
    from deals d join partners p on p.org_id = d.org_id and p.id = d.partner_id
    where d.our_owner_id = (select app.member()) and d.outcome is null and d.in_pipeline and d.turn = 'us' and d.shared_from is not null and p.archived_at is null
    order by d.turn_since limit ${most_needs})
  union all
  (select 2, 'unanswered', p.legal_name || ' has not answered ' || d.customer_company, 'Shared ' || ${ago('shared_from')}, '/deals/' || d.ref, d.shared_from
    from deals d join partners p on p.org_id = d.org_id and p.id = d.partner_id
    where d.our_owner_id = (select app.member()) and d.outcome is null and d.direction = 'given' and d.turn = 'them' and d.answer = 'pending' and d.shared_from < ${now} - interval '5 days' and p.archived_at is null
    order by d.shared_from limit ${most_needs})
  union all
  (select 3, 'invitation', c.name || ' has not answered your invitation', 'Sent ' || ${ago('effective_at')}, '/partners/' || p.slug || '/contacts', i.effective_at
    from invitations i
    join partners p on p.org_id = i.org_id and p.id = i.partner_id and p.archived_at is null
    join contacts c on c.org_id = i.org_id and c.id = i.contact_id and c.left_at is null and c.access_removed_at is null and c.person_id is null
    where i.sent_by = (select app.member()) and i.accepted_at is null and i.declined_at is null and i.prefers_email_at is null and i.withdrawn_at is null
      and i.expires_at > ${now} and i.effective_at < ${now} - interval '5 days'
    order by i.effective_at limit ${most_needs})`

type Counts = Pick<Home, 'checklist' | 'partners' | 'review_due' | 'stages'>

/** What needs the member now, and where things stand. */
export async function getHome(tx: Tx): Promise<Home> {
  const [needs_you, counts, recent] = await Promise.all([
    tx.rows<Home['needs_you'][number]>(
      sql`select n.kind, n.sentence, n.why, n.link, n.at from (${needs}) n order by n.rank, n.at limit ${most_needs}`,
    ),
    tx.row<Counts>(sql`
      select ${reviewDue} as review_due,
        (select count(*)::int from partners p where p.archived_at is null) as partners,
        (select coalesce(json_agg(json_build_object('stage', s.key, 'name', s.name, 'deals', coalesce(n.deals, 0)) order by s.place, s.id), '[]')
          from deal_stages s
          left join (select d.stage, count(*)::int as deals from deals d where d.outcome is null and d.in_pipeline group by d.stage) n on n.stage = s.key
          where s.archived_at is null or n.deals > 0) as stages,
        json_build_object(
          'partner', exists (select from partners),
          'looked', exists (select from audit_rows a where a.action = 'event' and a.table_name = 'view_as' and a.member_id = (select app.member())),
          'deal', exists (select from deals)) as checklist`),
    listPartners(tx, { view: 'all', sort: '-activity', limit: 5 }),
  ])
  return {
    needs_you,
    recent_partners: recent.items,
    stages: counts?.stages ?? [],
    checklist: counts?.checklist ?? { partner: false, looked: false, deal: false },
    partners: counts?.partners ?? 0,
    review_due: counts?.review_due ?? 0,
  }
}
