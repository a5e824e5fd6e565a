-- The only ways in. Each turns a session, a token or due work into one actor, or raises; callable by partnered_system alone.

drop type if exists app.entered cascade;
create type app.entered as (db_role text, org uuid, member uuid, team_role text, contact uuid, partner uuid, channel text, reach text);

create or replace function app.person_of_session(session_token text) returns text
  language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  person text;
begin
  select s."userId" into person from auth.session s where s.token = session_token and s."expiresAt" > app.now();
  if person is null then
    raise exception 'Sign in to go on.' using errcode = '28000';
  end if;
  return person;
end $$;

-- A member: of the company named, or of the one they joined first.
create or replace function app.enter_team(session_token text, wanted_org uuid) returns app.entered
  language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  it app.entered;
begin
  select 'partnered_team', m.org_id, m.id, m.role, null, null, 'app',
      case when m.role = 'admin' or not exists (select from app.view_only_to(m.org_id, m.id)) then 'all' end into it
  from auth.session s
  join members m on m.person_id = s."userId"
  where s.token = session_token and s."expiresAt" > app.now() and m.deactivated_at is null
    and (wanted_org is null or m.org_id = wanted_org)
  order by m.created_at, m.org_id limit 1;
  if it.member is null then
    perform app.person_of_session(session_token);
    raise exception 'Not on the team.' using errcode = 'P0403';
  end if;
  return it;
end $$;

-- A contact in one workspace. Someone who left, lost access or whose partner is archived finds nothing.
create or replace function app.enter_contact(session_token text, in_workspace text) returns app.entered
  language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  -- Asked first: a stranger hears the same of every workspace, there or not.
  me constant text := app.person_of_session(session_token);
  it app.entered;
begin
  select 'partnered_contact', c.org_id, null, null, c.id, c.partner_id, 'portal' into it
  from contacts c
  join partners p on p.org_id = c.org_id and p.id = c.partner_id
  where c.person_id = me and p.workspace = in_workspace
    and c.left_at is null and c.access_removed_at is null and p.archived_at is null;
  -- The workspace of a partner that became part of another: its people come in there.
  if it.contact is null then
    select 'partnered_contact', c.org_id, null, null, c.id, c.partner_id, 'portal' into it
    from merged_records m
    join contacts c on c.org_id = m.org_id and c.partner_id = m.partner_id
    join partners p on p.org_id = c.org_id and p.id = c.partner_id
    where m.workspace = in_workspace and c.person_id = me
      and c.left_at is null and c.access_removed_at is null and p.archived_at is null
    limit 1;
  end if;
  if it.contact is null then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  return it;
end $$;

-- View as: the contact's own views under the member's own session; the looking is on record before anything is read.
create or replace function app.enter_view_as(session_token text, wanted_org uuid, as_contact uuid, in_workspace text) returns app.entered
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  me app.entered := app.enter_team(session_token, wanted_org);
  it app.entered;
begin
  perform set_config('app.org', me.org::text, true), set_config('app.member', me.member::text, true),
    set_config('app.team_role', me.team_role, true), set_config('app.channel', 'view_as', true);
  select 'partnered_contact', c.org_id, me.member, null, c.id, c.partner_id, 'view_as' into it
  from contacts c
  join partners p on p.org_id = c.org_id and p.id = c.partner_id
  where c.org_id = me.org and c.id = as_contact and p.workspace = in_workspace
    and c.partner_id not in (select app.hidden_partners());
  if it.contact is null then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  insert into audit_rows (org_id, at, member_id, channel, action, table_name, record_id, partner_id, changes, request_id)
  values (it.org, app.now(), me.member, 'view_as', 'event', 'view_as', it.contact, it.partner, '{}', app.request());
  return it;
end $$;

-- The recipient of a due mail, with the rights they have now.
create or replace function app.enter_mail(mail uuid) returns app.entered
  language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  it app.entered;
begin
  select 'partnered_team', m.org_id, m.id, m.role, null, null, 'mail' into it
  from outbox o
  join members m on m.org_id = o.org_id and m.id = o.member_id
  where o.id = mail and o.contact_id is null and m.deactivated_at is null;
  if it.member is not null then
    return it;
  end if;
  select 'partnered_contact', o.org_id, null, null, c.id, c.partner_id, 'mail' into it
  from outbox o
  join contacts c on c.org_id = o.org_id and c.id = o.contact_id
  join partners p on p.org_id = c.org_id and p.id = c.partner_id
  where o.id = mail and c.left_at is null and c.access_removed_at is null and p.archived_at is null;
  if it.contact is null then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  return it;
end $$;

-- The member who asked for this work, with the role they have now.
create or replace function app.enter_work(work uuid) returns app.entered
  language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  it app.entered;
begin
  select 'partnered_team', m.org_id, m.id, m.role, null, null, 'import' into it
  from due_work w
  join imports i on i.org_id = w.org_id and i.id = w.record_id
  join members m on m.org_id = i.org_id and m.id = i.member_id
  where w.id = work and m.deactivated_at is null;
  if it.member is null then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  return it;
end $$;
