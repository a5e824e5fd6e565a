import { sql } from '#server/db/sql.ts'

/** Since when deal `d` is quiet, and what that is measured by; nothing while it is not. */
export const quiet = sql`case when d.outcome is null and d.in_pipeline and d.paused_until is null then (
  select json_build_object('days', extract(day from (select app.now()) - d.last_activity_at)::int, 'limit', q.days, 'won_within', q.won_within)
  from app.quiet_limits() q where q.stage = d.stage and d.last_activity_at < (select app.now()) - make_interval(days => q.days)) end`
/** Whether deal `d` is. */
export const isQuiet = sql`(d.outcome is null and d.in_pipeline and d.paused_until is null and d.last_activity_at < (select app.now()) - make_interval(days => (
  select q.days from app.quiet_limits() q where q.stage = d.stage)))`

// Who at the partner moved deal `d` to where it stands, where it was one of them.
const movedBy = sql`(select b.name from entries e join contacts b on b.org_id = e.org_id and b.id = e.contact_id
  where e.org_id = d.org_id and e.deal_id = d.id and e.created_at = d.stage_since and e.kind = 'stage' limit 1)`

/** A row of a deal list: deal `d` with the names around it. */
export const dealRow = sql`d.id, d.ref, d.kind, d.direction, json_build_object('id', p.id, 'slug', p.slug, 'legal_name', p.legal_name) as partner,
  d.customer_company, d.value_minor, d.currency, d.stage, d.stage_since, d.answer, d.outcome, d.turn, d.turn_since, d.turn_why, d.paused_until,
  json_build_object('id', m.id, 'name', m.name) as our_owner, c.name as their_owner_name, d.shared_from is not null as shared,
  ${quiet} as quiet, ${movedBy} as moved_by,
  d.last_activity_at, d.version`

/** Our owner and their owner of deal `d`. */
export const dealOwners = sql`
  join members m on m.org_id = d.org_id and m.id = d.our_owner_id
  left join contacts c on c.org_id = d.org_id and c.id = d.their_owner_id`

/** The partner and the owners of deal `d`. */
export const dealNames = sql`join partners p on p.org_id = d.org_id and p.id = d.partner_id ${dealOwners}`
