import type { Tx } from '#server/db/actor.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { addNotes, fillFields, wearTags } from './adding-partners.ts'
import type { Step } from './step.ts'

/** What a row of a sheet would change at the partner it was found to be: only what the sheet says and what differs. The name stays. */
export const wouldChange = (rows: Sql): Sql => sql`
  select r.line, p.id as partner_id,
    coalesce((select y.key from partner_types y where y.key = r.row #>> '{partner,type}' and y.archived_at is null), p.type) as type,
    case when (r.row ->> 'says_status')::boolean and not (p.archived_at is not null and coalesce((r.row #>> '{partner,archived}')::boolean, false))
      then coalesce(r.row #>> '{partner,status}', p.status) else p.status end as status,
    coalesce(r.row #>> '{partner,website}', p.website) as website, coalesce(r.row #>> '{partner,domain}', p.domain) as domain,
    coalesce(r.row #>> '{partner,phone}', p.phone) as phone, coalesce(r.row #>> '{partner,description}', p.description) as description,
    coalesce((r.row #>> '{partner,agreement_signed}')::date, p.agreement_signed) as agreement_signed,
    coalesce(r.row #>> '{partner,works_via}', p.works_via) as works_via,
    case when (select app.team_role()) = 'admin' or p.owner_id = (select app.member())
      then coalesce((select m.id from members m where m.id = (r.row #>> '{partner,owner_id}')::uuid and m.deactivated_at is null), p.owner_id)
      else p.owner_id end as owner_id
  from (${rows}) r join partners p on p.id = r.same_id
  where p.id not in (select app.view_only_partners())`

/** Brings partners up to date from the sheet; whom it names and they do not have is added. Of several rows for one partner the last one counts. */
export const updatePartners =
  (tx: Tx): Step =>
  async (import_id, from, to) => {
    const some = sql`select r.line, r.same_id, r.row from import_rows r
      where r.import_id = ${import_id}::uuid and r.decision = 'update' and r.same_id is not null and r.line > ${from} and r.line <= ${to}`
    const people = sql`
      select r.line, r.same_id as partner_id, c.*, nullif(c.name, c.email) as called from (${some}) r
      cross join lateral jsonb_to_recordset(r.row -> 'contacts') c(name text, email text, phone text, title text, role text, is_main boolean)
      where r.same_id in (select p.id from partners p) and r.same_id not in (select app.view_only_partners())`
    const updated = await tx.run(sql`
      update partners p set type = n.type, status = n.status, website = n.website, domain = n.domain, phone = n.phone, description = n.description,
        agreement_signed = n.agreement_signed, works_via = n.works_via, owner_id = n.owner_id
      from (select distinct on (w.partner_id) w.* from (${wouldChange(some)}) w order by w.partner_id, w.line desc) n
      where p.id = n.partner_id and (p.type, p.status, p.website, p.domain, p.phone, p.description, p.agreement_signed, p.works_via, p.owner_id)
        is distinct from (n.type, n.status, n.website, n.domain, n.phone, n.description, n.agreement_signed, n.works_via, n.owner_id)`)
    await tx.run(sql`
      update contacts o set name = coalesce(n.called, o.name), phone = coalesce(n.phone, o.phone), title = coalesce(n.title, o.title)
      from (select distinct on (w.partner_id, lower(w.email)) w.* from (${people}) w where w.email is not null order by w.partner_id, lower(w.email), w.line desc) n
      where o.partner_id = n.partner_id and lower(o.email) = lower(n.email) and o.left_at is null
        and (o.name, o.phone, o.title) is distinct from (coalesce(n.called, o.name), coalesce(n.phone, o.phone), coalesce(n.title, o.title))`)
    const contacts = await tx.run(sql`
      insert into contacts (org_id, id, partner_id, name, email, phone, title, role, is_main, created_at)
      select (select app.org()), gen_random_uuid(), n.partner_id, n.name, n.email, n.phone, n.title, (select o.key from contact_roles o where o.key = n.role and o.archived_at is null),
        row_number() over (partition by n.partner_id order by n.is_main desc, n.line) = 1
          and not exists (select from contacts o where o.partner_id = n.partner_id and o.is_main), (select app.now())
      from (select distinct on (w.partner_id, coalesce(lower(w.email), w.name)) w.* from (${people}) w
        order by w.partner_id, coalesce(lower(w.email), w.name), w.line desc) n
      where not exists (select from contacts o where o.partner_id = n.partner_id and o.left_at is null
        and (lower(o.email) = lower(n.email) or (n.email is null and lower(o.name) = lower(n.name))))`)
    const rows = sql`
      select r.same_id as partner_id, r.row from (${some}) r
      where r.same_id in (select p.id from partners p) and r.same_id not in (select app.view_only_partners())`
    await addNotes(tx, rows)
    await wearTags(tx, rows)
    await fillFields(tx, rows)
    return { updated, contacts }
  }
