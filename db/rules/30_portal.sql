-- What a contact reads and writes: these views and nothing else. Owned by partnered_views, which the policies bind.

-- The workspace they are in and what it lets them do.
create view portal.workspace with (security_barrier) as
select p.id, p.workspace, p.legal_name as partner_name,
  (select o.name from organizations o where o.org_id = p.org_id) as company_name,
  (select m.name from members m where m.org_id = p.org_id and m.id = p.owner_id) as owner_name,
  (select c.name from contacts c where c.org_id = p.org_id and c.id = (select app.contact())) as contact_name,
  p.sees_deals, p.sees_value, p.sees_customer_contact, p.sees_notes, p.updates_deals, p.sends_deals
from partners p
where p.org_id = (select app.org()) and p.id = (select app.partner()) and p.archived_at is null
  and exists (select from contacts c where c.org_id = p.org_id and c.partner_id = p.id and c.id = (select app.contact())
    and c.left_at is null and c.access_removed_at is null);

-- The newest invitation that brought them here.
create view portal.invitation with (security_barrier) as
select i.id, i.message, i.created_at, i.expires_at, (select m.name from members m where m.org_id = i.org_id and m.id = i.sent_by) as sent_by_name
from invitations i
where i.org_id = (select app.org()) and i.contact_id = (select app.contact()) and i.effective_at <= (select app.now());

-- Their own people.
create view portal.people with (security_barrier) as
select c.id, c.name, c.email, c.role, c.is_main, c.person_id is not null as can_sign_in
from contacts c
where c.org_id = (select app.org()) and c.partner_id = (select app.partner())
  and c.left_at is null and c.access_removed_at is null;

-- Deals shared with their partner; value and customer contact as the permissions and the share allow.
create view portal.deals with (security_barrier) as
select d.id, d.ref, d.kind, d.direction, d.customer_company, d.ask, d.expected_close, d.stage, d.stage_since,
  d.answer, d.answered_at, d.answer_reason, d.turn, d.outcome, d.outcome_at, d.last_activity_at, d.version,
  case when coalesce(d.show_value, (select p.sees_value from partners p where p.org_id = (select app.org()) and p.id = (select app.partner())))
    and ((select app.channel()) not in ('link', 'mail') or (select o.links_show_value from organizations o where o.org_id = (select app.org()))) then d.value_minor end as value_minor,
  case when coalesce(d.show_value, (select p.sees_value from partners p where p.org_id = (select app.org()) and p.id = (select app.partner())))
    and ((select app.channel()) not in ('link', 'mail') or (select o.links_show_value from organizations o where o.org_id = (select app.org()))) then d.currency end as currency,
  coalesce(d.show_value, (select p.sees_value from partners p where p.org_id = (select app.org()) and p.id = (select app.partner())))
    and ((select app.channel()) not in ('link', 'mail') or (select o.links_show_value from organizations o where o.org_id = (select app.org()))) as value_shown,
  case when coalesce(d.show_customer_contact, (select p.sees_customer_contact from partners p where p.org_id = (select app.org()) and p.id = (select app.partner())))
    and ((select app.channel()) not in ('link', 'mail') or (select o.links_show_value from organizations o where o.org_id = (select app.org()))) then d.customer_contact_name end as customer_contact_name,
  case when coalesce(d.show_customer_contact, (select p.sees_customer_contact from partners p where p.org_id = (select app.org()) and p.id = (select app.partner())))
    and ((select app.channel()) not in ('link', 'mail') or (select o.links_show_value from organizations o where o.org_id = (select app.org()))) then d.customer_contact_email end as customer_contact_email,
  case when coalesce(d.show_customer_contact, (select p.sees_customer_contact from partners p where p.org_id = (select app.org()) and p.id = (select app.partner())))
    and ((select app.channel()) not in ('link', 'mail') or (select o.links_show_value from organizations o where o.org_id = (select app.org()))) then d.customer_contact_phone end as customer_contact_phone,
  coalesce(d.show_customer_contact, (select p.sees_customer_contact from partners p where p.org_id = (select app.org()) and p.id = (select app.partner())))
    and ((select app.channel()) not in ('link', 'mail') or (select o.links_show_value from organizations o where o.org_id = (select app.org()))) as customer_contact_shown,
  d.their_owner_id,
  (select c.name from contacts c where c.org_id = d.org_id and c.id = d.their_owner_id) as their_owner_name,
  (select m.name from members m where m.org_id = d.org_id and m.id = d.our_owner_id) as our_owner_name,
  (select s.shared_at from shares s where s.org_id = d.org_id and s.deal_id = d.id and s.stopped_at is null) as shared_at
from deals d
where d.org_id = (select app.org()) and d.partner_id = (select app.partner())
  and (select p.sees_deals and p.archived_at is null from partners p where p.org_id = (select app.org()) and p.id = (select app.partner()))
  and exists (select from shares s where s.org_id = d.org_id and s.deal_id = d.id and s.partner_id = d.partner_id
    and s.stopped_at is null and s.effective_at <= (select app.now()))
  and (d.their_owner_id = (select app.contact())
    or (select c.sees from contacts c where c.org_id = (select app.org()) and c.id = (select app.contact())) = 'all')
  and (select c.left_at is null and c.access_removed_at is null from contacts c where c.org_id = (select app.org()) and c.id = (select app.contact()));

-- What was said to them.
create view portal.entries with (security_barrier) as
select e.id, e.deal_id, e.kind, e.body, e.from_value, e.to_value, e.created_at, e.contact_id is not null as by_partner,
  coalesce(
    (select c.name from contacts c where c.org_id = e.org_id and c.id = e.contact_id),
    (select m.name from members m where m.org_id = e.org_id and m.id = e.member_id)) as author_name
from entries e
where e.org_id = (select app.org()) and e.partner_id = (select app.partner()) and e.audience = 'partner'
  and (select c.left_at is null and c.access_removed_at is null from contacts c where c.org_id = (select app.org()) and c.id = (select app.contact()))
  and (
    (e.deal_id is not null and exists (select from portal.deals d where d.id = e.deal_id))
    or (e.deal_id is null
      and (select p.sees_notes and p.archived_at is null from partners p where p.org_id = (select app.org()) and p.id = (select app.partner()))
      and exists (select from shares s where s.org_id = e.org_id and s.entry_id = e.id and s.stopped_at is null and s.effective_at <= (select app.now()))));
