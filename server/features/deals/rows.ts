import { sql } from '#server/db/sql.ts'

/** A row of a deal list: deal `d` with the names around it. */
export const dealRow = sql`d.id, d.ref, d.kind, json_build_object('id', p.id, 'slug', p.slug, 'legal_name', p.legal_name) as partner,
  d.customer_company, d.value_minor, d.currency, d.stage, d.stage_since, d.answer, d.outcome, d.turn, d.turn_since,
  json_build_object('id', m.id, 'name', m.name) as our_owner, c.name as their_owner_name, d.shared_from is not null as shared,
  d.last_activity_at, d.version`

/** Our owner and their owner of deal `d`. */
export const dealOwners = sql`
  join members m on m.org_id = d.org_id and m.id = d.our_owner_id
  left join contacts c on c.org_id = d.org_id and c.id = d.their_owner_id`

/** The partner and the owners of deal `d`. */
export const dealNames = sql`join partners p on p.org_id = d.org_id and p.id = d.partner_id ${dealOwners}`
