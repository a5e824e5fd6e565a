-- A company starts with its types, roles and ground rules.
create or replace function app.furnish_company() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  who constant uuid := app.member();
begin
  -- Nobody chose these: the log has them without a name.
  perform set_config('app.member', '', true);
  perform app.furnish(new.org_id, new.created_at);
  perform set_config('app.member', coalesce(who::text, ''), true);
  return null;
end $$;
drop trigger if exists furnish on organizations;
create trigger furnish after insert on organizations for each row execute function app.furnish_company();

-- Types of partners, roles of contacts and stages of deals are lists of one kind, and one set of rules.
do $$
declare
  list text;
begin
  foreach list in array array['partner_types', 'contact_roles', 'deal_stages'] loop
    execute format('create policy team_reads on %I for select to partnered_team using ((select app.member()) is not null)', list);
    execute format('comment on policy team_reads on %I is %L', list, 'Everyone on the team reads the types of partners, the roles of contacts and the stages of deals.');
    execute format('create policy admin_adds on %I for insert to partnered_team with check ((select app.team_role()) = ''admin'')', list);
    execute format('comment on policy admin_adds on %I is %L', list, 'Admins add to them.');
    execute format('create policy admin_changes on %I for update to partnered_team using ((select app.team_role()) = ''admin'')', list);
    execute format('comment on policy admin_changes on %I is %L', list, 'Admins rename them, put them in order, archive and restore them.');
    execute format('grant select, insert, update (name, place, archived_at) on %I to partnered_team', list);
  end loop;
end $$;
grant update (quiet_days) on deal_stages to partnered_team;

-- Deals begin in the first stage, so it stays; and no company has more stages in use than a board has room for.
create or replace function app.check_stages() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if new.archived_at is not null then
    if new.key = 'New' then
      raise exception 'Deals begin in this stage, so it stays. You can rename it.' using errcode = 'P0422', column = 'archived';
    end if;
    return new;
  end if;
  perform from organizations o where o.org_id = new.org_id for no key update;
  if (select count(*) from deal_stages s where s.org_id = new.org_id and s.id <> new.id and s.archived_at is null) >= 8 then
    raise exception 'Eight stages are the most. Archive one first.' using errcode = 'P0422', column = case tg_op when 'INSERT' then 'name' else 'archived' end;
  end if;
  return new;
end $$;
drop trigger if exists check_stages on deal_stages;
create trigger check_stages before insert on deal_stages for each row when (new.archived_at is null and not app.quiet()) execute function app.check_stages();
drop trigger if exists check_stages_used on deal_stages;
create trigger check_stages_used before update of archived_at on deal_stages
  for each row when (new.archived_at is distinct from old.archived_at and not app.quiet()) execute function app.check_stages();

-- A contact learns what the stages are called that a deal can be moved to, and an archived one where a deal they see stands in it.
create policy portal_reads on deal_stages for select to partnered_views using (
  (select app.contact_sees()) is not null and (archived_at is null or exists (select from deals d where d.stage = deal_stages.key)));
grant select (org_id, id, key, name, place, archived_at) on deal_stages to partnered_views;

-- What is archived stays on the records that have it, and is given to no other. Named by a trigger: the column, and the list.
create or replace function app.check_listed() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  chosen constant text := to_jsonb(new) ->> tg_argv[0];
  archived boolean;
begin
  if tg_op = 'UPDATE' and chosen = to_jsonb(old) ->> tg_argv[0] then
    return new;
  end if;
  execute format('select exists (select from %I l where l.org_id = $1 and l.key = $2 and l.archived_at is not null)', tg_argv[1])
    into archived using new.org_id, chosen;
  if archived then
    raise exception 'This % is archived. Choose another one%.', tg_argv[0], case when app.contact() is null then ', or restore it in Settings' else '' end using errcode = 'P0422', column = tg_argv[0];
  end if;
  return new;
end $$;
drop trigger if exists check_listed on partners;
create trigger check_listed before insert or update of type on partners
  for each row when (new.type is not null and not app.quiet()) execute function app.check_listed('type', 'partner_types');
drop trigger if exists check_listed on contacts;
create trigger check_listed before insert or update of role on contacts
  for each row when (new.role is not null and not app.quiet()) execute function app.check_listed('role', 'contact_roles');
drop trigger if exists check_listed on deals;
create trigger check_listed before insert or update of stage on deals
  for each row when (not app.quiet()) execute function app.check_listed('stage', 'deal_stages');
