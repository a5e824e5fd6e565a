-- What a contact reads and writes: these views and nothing else. Owned by partnered_views, which the policies bind.

-- The workspace they are in and what it lets them do: one row, or none for whoever has left, lost access or whose partner is archived.
create view portal.workspace with (security_barrier) as
select p.id, p.workspace, p.legal_name as partner_name, c.name as contact_name,
  (select o.name from organizations o where o.org_id = p.org_id) as company_name,
  (select m.name from members m where m.org_id = p.org_id and m.id = p.owner_id) as owner_name,
  p.sees_deals, p.sees_value, p.sees_customer_contact, p.sees_notes, p.updates_deals, p.sends_deals
from partners p
join contacts c on c.org_id = p.org_id and c.partner_id = p.id
where p.org_id = (select app.org()) and p.id = (select app.partner()) and p.archived_at is null
  and c.id = (select app.contact()) and c.left_at is null and c.access_removed_at is null;

-- The invitations that brought them here.
create view portal.invitation with (security_barrier) as
select i.id, i.message, i.created_at, i.expires_at, (select m.name from members m where m.org_id = i.org_id and m.id = i.sent_by) as sent_by_name
from invitations i
where i.org_id = (select app.org()) and i.contact_id = (select app.contact()) and i.effective_at <= (select app.now())
  and exists (select from portal.workspace);

-- Their own people.
create view portal.people with (security_barrier) as
select c.id, c.name, c.email, (select r.name from contact_roles r where r.org_id = c.org_id and r.key = c.role) as role, c.is_main, c.person_id is not null as can_sign_in
from contacts c
where c.org_id = (select app.org()) and c.partner_id = (select app.partner())
  and c.left_at is null and c.access_removed_at is null
  and exists (select from portal.workspace);

-- The same answers, for the conditions of the views below: nothing at all for whoever has left, lost access or whose partner is archived.
-- `opens_details`: links and mail show value and customer contact only where the company says so.
-- A function, because a view that may be written through has one table; each answer is fetched once a statement, never once a row.
create function portal.eyes(out sees text, out sees_deals boolean, out sees_value boolean, out sees_customer_contact boolean, out sees_notes boolean, out opens_details boolean)
  language plpgsql stable security definer set search_path = app, public, pg_temp set plpgsql.extra_errors = 'too_many_rows' as $$
begin
  select c.sees, p.sees_deals, p.sees_value, p.sees_customer_contact, p.sees_notes,
      app.channel() not in ('link', 'mail') or (select o.links_show_value from organizations o where o.org_id = p.org_id)
    into eyes.sees, eyes.sees_deals, eyes.sees_value, eyes.sees_customer_contact, eyes.sees_notes, eyes.opens_details
    from partners p
    join contacts c on c.org_id = p.org_id and c.partner_id = p.id
    where (p.org_id = app.org() AND p.id = app.partner() AND p.archived_at is null AND c.id = app.contact() AND c.left_at is null AND c.access_removed_at is null);
end $$;
grant execute on function portal.eyes to partnered_contact, partnered_views;

-- Deals shared with their partner; value and customer contact as the permissions and the share allow. The last activity is the last that they may know of.
-- The share is asked for as a value, one look in an index a deal: joined, it would be looked for among all of the partner's.
create view portal.deals with (security_barrier) as
select d.id, d.ref, d.kind, d.direction, d.customer_company, d.ask, d.expected_close, d.stage, d.stage_since,
  d.answer, d.answered_at, d.answer_reason, d.turn, d.turn_since, d.turn_why, d.paused_until, d.protected_until, d.outcome, d.outcome_at, d.shown_activity_at as last_activity_at,
  case when (select w.opens_details from portal.eyes() w) and coalesce(d.show_value, (select w.sees_value from portal.eyes() w)) then d.value_minor end as value_minor,
  case when (select w.opens_details from portal.eyes() w) and coalesce(d.show_value, (select w.sees_value from portal.eyes() w)) then d.currency end as currency,
  (select w.opens_details from portal.eyes() w) and coalesce(d.show_value, (select w.sees_value from portal.eyes() w)) as value_shown,
  case when (select w.opens_details from portal.eyes() w) and coalesce(d.show_customer_contact, (select w.sees_customer_contact from portal.eyes() w))
    then d.customer_contact_name end as customer_contact_name,
  case when (select w.opens_details from portal.eyes() w) and coalesce(d.show_customer_contact, (select w.sees_customer_contact from portal.eyes() w))
    then d.customer_contact_email end as customer_contact_email,
  case when (select w.opens_details from portal.eyes() w) and coalesce(d.show_customer_contact, (select w.sees_customer_contact from portal.eyes() w))
    then d.customer_contact_phone end as customer_contact_phone,
  (select w.opens_details from portal.eyes() w) and coalesce(d.show_customer_contact, (select w.sees_customer_contact from portal.eyes() w)) as customer_contact_shown,
  d.their_owner_id,
  (select c.name from contacts c where c.org_id = d.org_id and c.id = d.their_owner_id) as their_owner_name,
  (select m.name from members m where m.org_id = d.org_id and m.id = d.our_owner_id) as our_owner_name,
  coalesce(
    (select c.name from contacts c where c.org_id = d.org_id and c.id = d.turn_by),
    (select m.name from members m where m.org_id = d.org_id and m.id = d.turn_by)) as turn_by_name,
  (select s.shared_at from shares s where s.org_id = d.org_id and s.deal_id = d.id and s.stopped_at is null) as shared_at
from deals d
where d.org_id = (select app.org()) and d.partner_id = (select app.partner())
  and (select w.sees_deals from portal.eyes() w)
  and ((select w.sees from portal.eyes() w) = 'all' or d.their_owner_id = (select app.contact()))
  and (select true from shares s where s.org_id = d.org_id and s.deal_id = d.id and s.stopped_at is null and s.effective_at <= (select app.now()));

-- Sending a deal: what was filled in, under a new id and reference. Who sends it, and that it waits for an answer, is not filled in.
-- False when another deal has the reference. Owned by partnered_views, so that the rule of sending binds it too.
create function portal.send_deal(id uuid, ref text, kind text, customer_company text, customer_domain text, customer_contact_name text, customer_contact_email text, ask text) returns boolean
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if not coalesce((app.contact_sees() is not null AND app.permits('sends_deals')), false) then
    raise exception 'Your company can read here, not send deals.' using errcode = 'P0403';
  end if;
  insert into deals (id, ref, kind, customer_company, customer_domain, customer_contact_name, customer_contact_email, ask) values ($1, $2, $3, $4, $5, $6, $7, $8);
  return true;
exception when unique_violation then
  return false;
end $$;
grant execute on function portal.send_deal to partnered_contact;

-- The stages of the company's deals, in their order: those a deal can be moved to, and archived ones for their names.
create view portal.stages with (security_barrier) as
select s.key, s.name, s.place, s.archived_at is not null as archived
from deal_stages s
where s.org_id = (select app.org()) and exists (select from portal.workspace)
  and (s.archived_at is null or exists (select from portal.deals d where d.stage = s.key));

-- What was said to them. A deal is asked for as a value, one look in an index a line: never hashed whole.
create view portal.entries with (security_barrier) as
select e.id, e.deal_id, e.kind, e.body, e.from_value, e.to_value, e.created_at, e.contact_id is not null as by_partner,
  e.edited_at, e.removed_at, e.contact_id = (select app.contact()) as mine,
  coalesce(
    (select c.name from contacts c where c.org_id = e.org_id and c.id = e.contact_id),
    (select m.name from members m where m.org_id = e.org_id and m.id = e.member_id)) as author_name
from entries e
where e.org_id = (select app.org()) and e.partner_id = (select app.partner()) and e.audience = 'partner'
  and case when e.deal_id is not null then (select true from portal.deals d where d.id = e.deal_id)
    else (select w.sees_notes from portal.eyes() w)
      and exists (select from shares s where s.org_id = e.org_id and s.entry_id = e.id and s.stopped_at is null and s.effective_at <= (select app.now())) end;

-- Files shared with them, and their bytes in pieces. A file on a deal is for those who see the deal.
create view portal.files with (security_barrier) as
select f.id, f.deal_id, f.name, f.media_type, f.size, f.sha256, f.shared_from as shared_at, f.contact_id is not null as by_partner,
  coalesce(
    (select c.name from contacts c where c.org_id = f.org_id and c.id = f.contact_id),
    (select m.name from members m where m.org_id = f.org_id and m.id = f.member_id)) as author_name
from files f
where f.org_id = (select app.org()) and f.partner_id = (select app.partner()) and f.removed_at is null
  and (select w.sees_notes from portal.eyes() w)
  and (f.deal_id is null or (select true from portal.deals d where d.id = f.deal_id))
  and exists (select from shares s where s.org_id = f.org_id and s.file_id = f.id and s.stopped_at is null and s.effective_at <= (select app.now()));

create view portal.file_chunks with (security_barrier) as
select c.file_id, c.place, c.bytes
from file_chunks c
where c.org_id = (select app.org()) and (select true from portal.files f where f.id = c.file_id);

-- Deals and entries once more, newest first, for lists. An order asked for from outside does not reach through the barrier to an index,
-- and with the order inside a single row would be looked for along it. Nobody writes through these, so their eyes are asked once a statement.
-- Generated, never written by hand.
do $$
declare
  the record;
begin
  for the in values ('deals', 'd.shown_activity_at desc, d.ref desc'), ('entries', 'e.created_at desc, e.id desc') loop
    execute format('create view portal.newest_%s with (security_barrier) as with eyes_once as materialized (select * from portal.eyes()) %s order by %s', the.column1,
      regexp_replace(rtrim(pg_get_viewdef(('portal.' || the.column1)::regclass), ';'), 'portal\.eyes\(\) w\([^)]*\)', 'eyes_once w', 'g'), the.column2);
  end loop;
end $$;
