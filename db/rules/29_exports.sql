-- Taking data out, and taking a company away.

-- Members and admins take out what they see; the whole company is for admins. Without this row in the log no byte leaves.
create or replace function app.log_export(what text, details jsonb) returns void
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if app.member() is null or not app.changes_things() then
    raise exception 'You may look at this, not export it. Ask an admin.' using errcode = 'P0403';
  end if;
  if what = 'company' and app.team_role() <> 'admin' then
    raise exception 'Only an admin can export the whole company.' using errcode = 'P0403';
  end if;
  perform app.log_event('export', null, null, jsonb_build_object('what', what) || details);
end $$;
grant execute on function app.log_export to partnered_team;

-- How much a company keeps. For its admins.
create or replace function app.company_contents() returns jsonb
  language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  it constant uuid := app.org();
begin
  if app.team_role() is distinct from 'admin' then
    raise exception 'Only an admin can look at this.' using errcode = 'P0403';
  end if;
  return jsonb_build_object(
    'name', (select o.name from organizations o where o.org_id = it),
    'partners', (select count(*) from partners where org_id = it),
    'contacts', (select count(*) from contacts where org_id = it),
    'deals', (select count(*) from deals where org_id = it),
    'entries', (select count(*) from entries where org_id = it),
    'files', (select count(*) from files where org_id = it and completed_at is not null and removed_at is null),
    'file_bytes', (select coalesce(sum(size), 0) from files where org_id = it and completed_at is not null and removed_at is null),
    'log_lines', (select count(*) from audit_rows where org_id = it) + (select count(*) from read_records where org_id = it),
    'members', (select count(*) from members where org_id = it and deactivated_at is null and id <> app.member()),
    'outside', (select count(*) from contacts c join partners p on p.org_id = c.org_id and p.id = c.partner_id
      where c.org_id = it and c.person_id is not null and c.left_at is null and c.access_removed_at is null and p.archived_at is null));
end $$;
grant execute on function app.company_contents to partnered_team;

-- Deletes the company that an admin entered, with every row of it in every table, in one transaction; people who are nowhere else go with it.
-- What stays is one line in app.deleted_companies. Errors: P0403 for who is no admin, P0422 when another name was typed.
create or replace function app.delete_company(typed_name text) returns jsonb
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it constant uuid := app.org();
  company text;
  who record;
  counts jsonb;
  people text[];
  addresses text[];
  leaf text;
  t record;
begin
  select m.name, m.email into who from members m
    where m.org_id = it and m.id = app.member() and m.role = 'admin' and m.deactivated_at is null and app.team_role() = 'admin' and app.channel() = 'app';
  if who is null then
    raise exception 'Only an admin can delete the company.' using errcode = 'P0403';
  end if;
  select o.name into company from organizations o where o.org_id = it for update;
  if company is distinct from trim(typed_name) then
    raise exception 'This is not the name of the company. Write it as it stands here.' using errcode = 'P0422', column = 'name';
  end if;
  counts := app.company_contents();
  select array_agg(distinct p.id) into people from (
    select m.person_id as id from members m where m.org_id = it
    union all select c.person_id from contacts c where c.org_id = it and c.person_id is not null) p;
  select array_agg(distinct lower(p.email)) into addresses from (
    select m.email from members m where m.org_id = it union all select c.email from contacts c where c.org_id = it and c.email is not null) p;

  insert into app.deleted_companies (id, name, at, by_whom, counts)
  values (it, company, app.now(), format('%s <%s>', who.name, who.email), counts);
  perform set_config('app.quiet', 'yes', true), set_config('app.act', '', true);
  -- Leaves first, so that no key is left pointing at nothing and none is emptied before its row goes.
  foreach leaf in array array['notifications', 'outbox', 'mentions', 'merged_records', 'different_partners', 'act_changes', 'file_chunks',
    'shares', 'entries', 'files', 'parked_deals', 'deals', 'invitations', 'contacts', 'partners', 'organizations'] loop
    execute format('delete from %I where org_id = $1', leaf) using it;
  end loop;
  -- What does not hang on it by a key: the logs first of all.
  for t in
    select c.oid::regclass as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  loop
    execute format('delete from %s where org_id = $1', t.name) using it;
  end loop;
  delete from auth."user" u where u.id = any (people)
    and not exists (select from members m where m.person_id = u.id) and not exists (select from contacts c where c.person_id = u.id);
  addresses := array(
    select a from unnest(addresses) a
    where not exists (select from auth."user" u where lower(u.email) = a)
      and not exists (select from members m where lower(m.email) = a) and not exists (select from contacts c where lower(c.email) = a));
  delete from auth.attempts a where a.subject = any (addresses);
  delete from auth.verification v where v.identifier = any (select 'sign-in-otp-' || a from unnest(addresses) a);
  return counts;
end $$;
grant execute on function app.delete_company to partnered_team;
