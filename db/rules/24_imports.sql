-- An import and its file belong to the member who brought it.
create policy own_reads on imports for select to partnered_team using (member_id = (select app.member()));
create policy own_adds on imports for insert to partnered_team
  with check (member_id = (select app.member()) and (select app.changes_things()));
create policy own_changes on imports for update to partnered_team using (member_id = (select app.member()) and (select app.changes_things()));
grant select, insert, update on imports to partnered_team;

-- The rows of its sheet go with it.
create policy own_reads on import_rows for select to partnered_team using (import_id in (select i.id from imports i));
create policy own_adds on import_rows for insert to partnered_team
  with check ((select app.changes_things()) and import_id in (select i.id from imports i));
create policy own_changes on import_rows for update to partnered_team
  using ((select app.changes_things()) and import_id in (select i.id from imports i));
create policy own_removes on import_rows for delete to partnered_team
  using ((select app.changes_things()) and import_id in (select i.id from imports i));
grant select, insert, update, delete on import_rows to partnered_team;

-- So do the pieces of the sheet.
create policy own_reads on import_pieces for select to partnered_team using (import_id in (select i.id from imports i));
create policy own_adds on import_pieces for insert to partnered_team
  with check ((select app.changes_things()) and import_id in (select i.id from imports i));
create policy own_removes on import_pieces for delete to partnered_team
  using ((select app.changes_things()) and import_id in (select i.id from imports i));
grant select, insert, delete on import_pieces to partnered_team;

-- A deal whose partner was not known waits with the member who brought it, and with admins.
create policy own_reads on parked_deals for select to partnered_team
  using (member_id = (select app.member()) or (select app.team_role()) = 'admin');
create policy own_adds on parked_deals for insert to partnered_team
  with check (member_id = (select app.member()) and (select app.changes_things()));
create policy own_changes on parked_deals for update to partnered_team
  using ((member_id = (select app.member()) or (select app.team_role()) = 'admin') and (select app.changes_things()));
grant select, insert on parked_deals to partnered_team;
grant update (settled_at, deal_id) on parked_deals to partnered_team;

-- Which import a due work is for.
drop function if exists app.import_progress(uuid, integer);
create or replace function app.import_of(work uuid) returns uuid
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select w.record_id from due_work w where w.id = work and w.org_id = app.org() and w.task in ('read_import', 'run_import');
  end;

-- Whoever works on an import holds this until its transaction ends, in whatever way it ends.
create or replace function app.import_lock(which uuid) returns bigint
  language sql immutable
  return hashtextextended('import ' || which, 0);
grant execute on function app.import_lock to partnered_team;

-- What an import adds is not news: no inbox row, no activity.
create or replace function app.import_quietly(which uuid) returns void
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if app.act() is null or not app.changes_things()
    or not exists (select from imports i where i.org_id = app.org() and i.id = which and i.member_id = app.member() and i.state = 'running') then
    raise exception 'This import is not under way.' using errcode = '42501';
  end if;
  perform set_config('app.quiet', 'yes', true);
end $$;
grant execute on function app.import_quietly to partnered_team;

-- The company's imports that are not under way: all that partners one can see may have come from.
create or replace function app.imports_at_rest() returns setof uuid
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select i.id from imports i where i.org_id = app.org() and i.state <> 'running';
  end;
grant execute on function app.imports_at_rest to partnered_team;

-- Slugs that nobody here has or had, one for each that is wanted: the wanted one to whoever asks for it first, to the others one with a number.
-- After twenty numbers one that nobody guesses.
create or replace function app.free_slugs(wanted text[]) returns text[]
  language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  given text[] := (
    select array_agg(case when w.turn = 1
      and not exists (select from partners p where p.org_id = app.org() and p.slug = w.slug)
      and not exists (select from partner_slugs s where s.org_id = app.org() and s.slug = w.slug) then w.slug end order by w.at)
    from (select u.slug, u.at, row_number() over (partition by u.slug order by u.at) as turn from unnest(wanted) with ordinality u(slug, at)) w);
  candidate text;
  n integer;
begin
  for at in 1..cardinality(wanted) loop
    continue when given[at] is not null or wanted[at] is null;
    n := 1;
    loop
      n := n + 1;
      candidate := wanted[at] || '-' || case when n <= 20 then n::text else substr(md5(random()::text), 1, 8) end;
      exit when candidate <> all (array_remove(given, null))
        and not exists (select from partners p where p.org_id = app.org() and p.slug = candidate)
        and not exists (select from partner_slugs s where s.org_id = app.org() and s.slug = candidate);
    end loop;
    given[at] := candidate;
  end loop;
  return given;
end $$;
grant execute on function app.free_slugs to partnered_team;

-- Imports that nobody works on although they are under way: whoever did has ended in the middle. What they had begun is gone with
-- them, so the work is due again; after three ends in the middle the import says that it failed.
create or replace function app.wake_imports(waited interval) returns integer
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it record;
  woken integer := 0;
begin
  for it in
    select i.org_id, i.id, w.id as work, w.wakes from imports i
    cross join lateral (
      select d.* from due_work d
      where d.org_id = i.org_id and d.record_id = i.id and d.task = case i.state when 'running' then 'run_import' else 'read_import' end
      order by d.due_at desc limit 1) w
    where i.state in ('reading', 'running') and w.taken_at <= app.now() - waited
    limit 100
  loop
    continue when not pg_try_advisory_xact_lock(app.import_lock(it.id));
    if it.wakes >= 3 then
      update imports set state = 'failed',
        result = jsonb_build_object('problem', 'The server ended three times while it worked on this file. Nothing was added. Split the file and bring the parts.')
      where org_id = it.org_id and id = it.id;
      delete from import_rows r where r.org_id = it.org_id and r.import_id = it.id;
      delete from import_pieces r where r.org_id = it.org_id and r.import_id = it.id;
    else
      update due_work set taken_at = null, wakes = wakes + 1 where org_id = it.org_id and id = it.work;
      woken := woken + 1;
    end if;
  end loop;
  return woken;
end $$;
grant execute on function app.wake_imports to partnered_system;

-- A sheet that nobody went on with for 30 days is forgotten, with its rows.
create or replace function app.forget_sheets() returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    delete from import_rows r using imports i
      where i.org_id = r.org_id and i.id = r.import_id and i.state not in ('reading', 'running') and i.updated_at < app.now() - interval '30 days';
    delete from import_pieces r using imports i
      where i.org_id = r.org_id and i.id = r.import_id and i.state not in ('reading', 'running') and i.updated_at < app.now() - interval '30 days';
    update imports set state = 'cancelled' where state = 'checked' and updated_at < app.now() - interval '30 days';
  end;
grant execute on function app.forget_sheets to partnered_system;
