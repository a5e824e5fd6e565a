-- Whom the team may see and work with. Policies hash these sets once a statement.

-- Partners that somebody on the team does not see: picked ones they are not on, and what became part of those, whose history stands
-- under its old id. Admins see every partner.
create or replace function app.hidden_from(who uuid, their_role text) returns setof uuid
  language sql stable
  begin atomic
    with hidden as (
      select p.id from partners p
      where p.org_id = app.org() and p.team_access = 'picked' and their_role is distinct from 'admin'
        and p.owner_id is distinct from who
        and not exists (
          select from partner_members m
          where m.org_id = p.org_id and m.partner_id = p.id and m.member_id = who))
    select h.id from hidden h
    union all select r.old_id from merged_records r join hidden h on r.org_id = app.org() and r.partner_id = h.id;
  end;

-- The same for the member who is asking. PL/pgSQL keeps its plan for the whole connection.
create or replace function app.hidden_partners() returns setof uuid
  language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  who constant uuid := app.member();
  their_role constant text := app.team_role();
begin
  if their_role is distinct from 'admin' then
    return query select h from app.hidden_from(who, their_role) h;
  end if;
end $$;

-- Partners that somebody who is no admin may only look at: hidden ones, and picked ones where they are on as a viewer.
create or replace function app.view_only_to(company uuid, who uuid) returns setof uuid
  language sql stable
  begin atomic
    with only_seen as (
      select p.id from partners p
      where p.org_id = company and p.team_access = 'picked' and p.owner_id is distinct from who
        and not exists (
          select from partner_members m
          where m.org_id = p.org_id and m.partner_id = p.id and m.member_id = who and m.level = 'work'))
    select o.id from only_seen o
    union all select r.old_id from merged_records r join only_seen o on r.org_id = company and r.partner_id = o.id;
  end;

create or replace function app.view_only_partners() returns setof uuid
  language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  company constant uuid := app.org();
  who constant uuid := app.member();
begin
  if app.team_role() is distinct from 'admin' then
    return query select v from app.view_only_to(company, who) v;
  end if;
end $$;

-- Were both sets empty when this transaction was entered? Then the policies that pages ask most need not ask again, table by table.
-- Where nothing is said they ask; what this transaction itself does to who sees what takes the word back.
create or replace function app.reaches_all() returns boolean
  language sql stable parallel safe
  return coalesce(app.setting('reach') = 'all', false);
grant execute on function app.reaches_all to partnered_team;

create or replace function app.ask_reach_again() returns trigger
  language plpgsql as $$
begin
  perform set_config('app.reach', '', true);
  return null;
end $$;
drop trigger if exists ask_reach_again on partners;
create trigger ask_reach_again after insert or update of team_access, owner_id on partners
  for each statement execute function app.ask_reach_again();
drop trigger if exists ask_reach_again on partner_members;
create trigger ask_reach_again after insert or update or delete on partner_members
  for each statement execute function app.ask_reach_again();

-- May this member change anything at all?
create or replace function app.changes_things() returns boolean
  language sql stable
  return app.team_role() in ('admin', 'member');

-- The same questions for one partner, selected into answers as `can`.
create or replace function app.can_see_partner(partner uuid) returns boolean
  language sql stable
  return app.member() is not null and partner not in (select app.hidden_partners());

create or replace function app.can_work_with(partner uuid) returns boolean
  language sql stable
  return app.changes_things() and partner not in (select app.view_only_partners());

-- Permissions, archive, merge and the partner's log: an admin, or the partner's owner.
create or replace function app.can_decide_on(partner uuid) returns boolean
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select app.team_role() = 'admin' or (app.team_role() = 'member' and exists (
      select from partners p where p.org_id = app.org() and p.id = partner and p.owner_id = app.member()));
  end;

-- What the partner's six rows say for the contact who is asking. An archived partner has none.
create or replace function app.permits(permission text) returns boolean
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select coalesce((
      select case permission
        when 'sees_deals' then p.sees_deals
        when 'sees_value' then p.sees_value
        when 'sees_customer_contact' then p.sees_customer_contact
        when 'sees_notes' then p.sees_notes
        when 'updates_deals' then p.updates_deals
        when 'sends_deals' then p.sends_deals
        else false end
      from partners p where p.org_id = app.org() and p.id = app.partner()), false);
  end;

-- "Sees: all deals shared with the partner / only deals they own." Null, and so nothing at all, for someone who left,
-- lost access, or whose partner is archived.
create or replace function app.contact_sees() returns text
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select c.sees from contacts c
    join partners p on p.org_id = c.org_id and p.id = c.partner_id
    where c.org_id = app.org() and c.partner_id = app.partner() and c.id = app.contact()
      and c.left_at is null and c.access_removed_at is null and p.archived_at is null;
  end;

-- Who on the team sees a partner: the same rule, asked for everybody.
create or replace function app.members_who_see(partner uuid) returns setof uuid
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select m.id from members m
    where m.org_id = app.org() and m.deactivated_at is null and app.can_see_partner(partner)
      and not exists (select from app.hidden_from(m.id, m.role) h where h = partner);
  end;
grant execute on function app.members_who_see to partnered_team;

-- Whose eyes a member may look through: anybody's at a partner they see, invited or not, who has not left or lost access.
create or replace function app.look_as(as_contact uuid) returns table (contact uuid, partner uuid)
  language plpgsql stable security definer set search_path = app, public, pg_temp as $$
begin
  select c.id, c.partner_id into contact, partner from contacts c
  where c.org_id = app.org() and c.id = as_contact and c.left_at is null and c.access_removed_at is null
    and app.can_see_partner(c.partner_id);
  if contact is null then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  return next;
end $$;
grant execute on function app.look_as to partnered_team;
