-- Whom the team may see and work with. Policies hash these sets once a statement.

-- Partners that somebody on the team does not see: picked ones they are not on. Admins see every partner.
create or replace function app.hidden_from(who uuid, their_role text) returns setof uuid
  language sql stable
  begin atomic
    select p.id from partners p
    where p.org_id = app.org() and p.team_access = 'picked' and their_role is distinct from 'admin'
      and p.owner_id is distinct from who
      and not exists (
        select from partner_members m
        where m.org_id = p.org_id and m.partner_id = p.id and m.member_id = who);
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

-- Partners this member may only look at: hidden ones, and picked ones where they are on as a viewer.
create or replace function app.view_only_partners() returns setof uuid
  language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  who constant uuid := app.member();
begin
  if app.team_role() is distinct from 'admin' then
    return query
      select p.id from partners p
      where p.org_id = app.org() and p.team_access = 'picked' and p.owner_id is distinct from who
        and not exists (
          select from partner_members m
          where m.org_id = p.org_id and m.partner_id = p.id and m.member_id = who and m.level = 'work');
  end if;
end $$;

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
