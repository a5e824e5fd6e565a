import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import type { Step } from './step.ts'

/** Adds partners with their people, notes, tags and fields of their own, some rows at a time, without one of them leaving the database. */
export const addPartners =
  (tx: Tx): Step =>
  async (import_id, from, to) => {
    const some = sql`import_rows r where r.import_id = ${import_id}::uuid and r.decision = 'import' and r.line > ${from} and r.line <= ${to}`
    const [added, contacts] = await Promise.all([
      tx.run(sql`
        with these as materialized (
            select r.record_id, r.slug, r.name_key, r.row -> 'partner' as p, r.row ->> 'end' as ending, row_number() over (order by r.line) as at from ${some}),
          slugs as materialized (select u.slug, u.at from unnest((select app.free_slugs(array_agg(t.slug order by t.at)) from these t)) with ordinality u(slug, at))
        insert into partners (org_id, id, slug, workspace, legal_name, name_key, type, status, website, domain, phone, description, agreement_signed, owner_id, works_via, import_id,
          archived_at, created_by, created_at, last_activity_at)
        select (select app.org()), t.record_id, s.slug, s.slug || '-' || t.ending, t.p ->> 'legal_name', t.name_key,
          (select y.key from partner_types y where y.key = t.p ->> 'type' and y.archived_at is null), coalesce(t.p ->> 'status', 'onboarding'), t.p ->> 'website', t.p ->> 'domain', t.p ->> 'phone', t.p ->> 'description',
          (t.p ->> 'agreement_signed')::date, (select m.id from members m where m.id = (t.p ->> 'owner_id')::uuid and m.deactivated_at is null), coalesce(t.p ->> 'works_via', 'internal'), ${import_id}::uuid,
          case when (t.p ->> 'archived')::boolean then (select app.now()) end, (select app.member()), (select app.now()), (select app.now())
        from these t join slugs s using (at)`),
      tx.run(sql`
        insert into contacts (org_id, id, partner_id, name, email, phone, title, role, is_main, created_at)
        select (select app.org()), gen_random_uuid(), r.record_id, c.name, c.email, c.phone, c.title, (select o.key from contact_roles o where o.key = c.role and o.archived_at is null), c.is_main, (select app.now())
        from (select r.record_id, r.row from ${some}) r
        cross join lateral jsonb_to_recordset(r.row -> 'contacts') c(name text, email text, phone text, title text, role text, is_main boolean)`),
      addNotes(tx, sql`select r.record_id as partner_id, r.row from ${some}`),
      wearTags(tx, sql`select r.record_id as partner_id, r.row from ${some}`),
      fillFields(tx, sql`select r.record_id as partner_id, r.row from ${some}`),
    ])
    return { added, contacts }
  }

/** What could not be placed stands in a note of the team, tags that the company does not have with it. Said once: the same note is not written again. */
export async function addNotes(tx: Tx, rows: ReturnType<typeof sql>): Promise<void> {
  await tx.run(sql`
    insert into entries (org_id, id, partner_id, kind, audience, body, member_id, created_at)
    select (select app.org()), gen_random_uuid(), n.partner_id, 'note', 'team', n.body, (select app.member()), (select app.now())
    from (
      select r.partner_id, left(concat_ws(E'\n',
        (select string_agg(w.note, E'\n' order by w.at) from jsonb_array_elements_text(r.row -> 'notes') with ordinality w(note, at)),
        (select 'Tags: ' || string_agg(w.tag, ', ' order by w.at) from jsonb_array_elements_text(r.row #> '{partner,tags}') with ordinality w(tag, at)
          where lower(w.tag) not in (select lower(t.name) from tags t where t.archived_at is null))), 10000) as body
      from (${rows}) r) n
    where n.body <> '' and not exists (
      select from entries e where e.partner_id = n.partner_id and e.deal_id is null and e.kind = 'note' and e.body = n.body)`)
}

/** Tags that the company has. */
export async function wearTags(tx: Tx, rows: ReturnType<typeof sql>): Promise<void> {
  await tx.run(sql`
    insert into partner_tags (org_id, partner_id, tag_id)
    select distinct (select app.org()), r.partner_id, t.id
    from (${rows}) r cross join lateral jsonb_array_elements_text(r.row #> '{partner,tags}') w(tag)
    join tags t on lower(t.name) = lower(w.tag) and t.archived_at is null
    on conflict do nothing`)
}

/** Fields that the company made itself. A value that is there is replaced only by another one. */
export async function fillFields(tx: Tx, rows: ReturnType<typeof sql>): Promise<void> {
  await tx.run(sql`
    insert into custom_values as o (org_id, partner_id, field_id, text_value, number_value, date_value, yes_value, updated_at)
    select distinct on (r.partner_id, f.id) (select app.org()), r.partner_id, f.id,
      case when f.kind in ('text', 'choice', 'link') then v.value #>> '{}' end, case when f.kind = 'number' then (v.value #>> '{}')::numeric end,
      case when f.kind = 'date' then (v.value #>> '{}')::date end, case when f.kind = 'yes_no' then (v.value #>> '{}')::boolean end, (select app.now())
    from (${rows}) r
    cross join lateral jsonb_to_recordset(coalesce(r.row #> '{partner,custom}', '[]')) v(id uuid, kind text, value jsonb)
    join custom_fields f on f.id = v.id and f.kind = v.kind
    on conflict (org_id, partner_id, field_id) do update set text_value = excluded.text_value, number_value = excluded.number_value,
      date_value = excluded.date_value, yes_value = excluded.yes_value, updated_at = excluded.updated_at
    where (o.text_value, o.number_value, o.date_value, o.yes_value) is distinct from (excluded.text_value, excluded.number_value, excluded.date_value, excluded.yes_value)`)
}

/** A row that was added although it looked like a partner, or like another row, is a company of its own: it is not asked again. */
export async function rememberApart(tx: Tx, import_id: string): Promise<void> {
  await tx.run(sql`
    insert into different_partners (org_id, one_id, other_id, member_id, created_at)
    select (select app.org()), least(r.record_id, t.id), greatest(r.record_id, t.id), (select app.member()), (select app.now())
    from import_rows r
    left join import_rows o on o.import_id = r.import_id and o.line = (r.row #>> '{duplicate_of,line}')::int
    join partners t on t.id = coalesce(r.same_id, case o.decision when 'import' then o.record_id when 'update' then o.same_id end)
    where r.import_id = ${import_id}::uuid and r.state = 'duplicate' and r.decision = 'import' and t.id <> r.record_id
    on conflict do nothing`)
}
