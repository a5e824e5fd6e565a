import type { Tx } from '#server/db/actor.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { newRef } from '#server/features/deals/refs.ts'
import type { Step } from './step.ts'

const most_tries = 20

/**
 * Adds deals, shared with nobody. In: rows with the partner's id, the deal's, its number among them, and the deal. Out: how many.
 * Our owner is who the sheet says, where they are here and see the partner, else whoever imports.
 */
export async function addNewDeals(tx: Tx, rows: Sql, many: number, import_id: string): Promise<number> {
  let added = 0
  for (let tries = 0; added < many && tries < most_tries; tries++) {
    const refs = Array.from({ length: many }, newRef)
    const now = await tx.run(sql`
      insert into deals (org_id, id, ref, partner_id, kind, direction, customer_company, customer_domain, customer_contact_name, customer_contact_email,
        customer_contact_phone, value_minor, currency, expected_close, ask, our_owner_id, their_owner_id, stage, outcome, outcome_at, import_id, created_by,
        created_at, last_activity_at, stage_since, turn_since)
      select (select app.org()), r.id, (${refs}::text[])[r.at], p.id, coalesce(d.kind, 'lead'), coalesce(d.direction, 'given'), d.customer_company, d.customer_domain,
        d.customer_contact_name, d.customer_contact_email, d.customer_contact_phone, d.value_minor, case when d.value_minor is not null then d.currency end, d.expected_close,
        coalesce(d.ask, 'Imported without an ask.'),
        coalesce((select m.id from members m where m.id = d.our_owner_id and m.deactivated_at is null
          and (p.team_access = 'everyone' or m.id in (select app.members_who_see(p.id)))), (select app.member())),
        (select c.id from contacts c where c.partner_id = p.id and c.left_at is null and (c.id = d.their_owner_id or lower(c.name) = lower(d.their_owner_name))
          order by c.id = d.their_owner_id desc nulls last, c.is_main desc, c.id limit 1),
        coalesce((select s.key from deal_stages s where s.key = d.stage and s.archived_at is null), 'New'), d.outcome, case when d.outcome is not null then (select app.now()) end,
        ${import_id}::uuid, (select app.member()), (select app.now()), (select app.now()), (select app.now()), (select app.now())
      from (${rows}) r join partners p on p.id = r.partner_id
      cross join lateral jsonb_to_record(r.deal) d(kind text, direction text, customer_company text, customer_domain text, customer_contact_name text,
        customer_contact_email text, customer_contact_phone text, value_minor bigint, currency text, expected_close date, ask text, our_owner_id uuid,
        their_owner_id uuid, their_owner_name text, stage text, outcome text)
      where not exists (select from deals o where o.id = r.id)
      on conflict (org_id, ref) do nothing`)
    added += now
  }
  if (added < many) throw new Error(`${many - added} deals found no free reference.`)
  await tx.run(sql`
    insert into entries (org_id, id, partner_id, deal_id, kind, audience, body, member_id, created_at)
    select (select app.org()), gen_random_uuid(), r.partner_id, r.id, 'note', 'team', left(n.body, 10000), (select app.member()), (select app.now())
    from (${rows}) r cross join lateral (
      select string_agg(w.note, E'\n' order by w.at) as body from jsonb_array_elements_text(r.deal -> 'notes') with ordinality w(note, at)) n
    where n.body <> ''`)
  return added
}

/** Adds the deals whose partner is here, not archived, and theirs to work with; the others wait until somebody says which partner it is. */
export const addDeals =
  (tx: Tx): Step =>
  async (import_id, from, to) => {
    const these = sql`r.import_id = ${import_id}::uuid and r.decision = 'import' and r.line > ${from} and r.line <= ${to}`
    const placed = sql`coalesce((r.row #>> '{deal,partner_id}')::uuid in (select p.id from partners p where p.archived_at is null)
      and (r.row #>> '{deal,partner_id}')::uuid not in (select app.view_only_partners()), false)`
    const rows = sql`
      select r.record_id as id, (r.row #>> '{deal,partner_id}')::uuid as partner_id, r.row -> 'deal' || jsonb_build_object('notes', r.row -> 'notes') as deal,
        row_number() over (order by r.line)::int as at
      from import_rows r where ${these} and ${placed}`
    const there = await tx.row<{ many: number }>(sql`select count(*)::int as many from (${rows}) r`)
    const added = await addNewDeals(tx, rows, there?.many ?? 0, import_id)
    const parked = await tx.run(sql`
      insert into parked_deals (org_id, id, import_id, member_id, line, partner_name, deal, created_at)
      select (select app.org()), r.record_id, ${import_id}::uuid, (select app.member()), r.line,
        left(coalesce(nullif(r.row #>> '{deal,partner_name}', ''), 'No partner named'), 200), r.row -> 'deal' || jsonb_build_object('notes', r.row -> 'notes'), (select app.now())
      from import_rows r where ${these} and not ${placed}`)
    return { added, parked }
  }
