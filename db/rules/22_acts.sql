-- Acts that can be taken back: what somebody did to many records at once, with each row before and after.

-- A member sees their own acts; admins see all.
create policy team_reads on acts for select to partnered_team
  using (member_id = (select app.member()) or (select app.team_role()) = 'admin');
grant select on acts to partnered_team;

-- What records became part of others is told to whoever sees what they became.
create policy team_reads on merged_records for select to partnered_team
  using ((select app.member()) is not null and partner_id not in (select app.hidden_partners()));
grant select on merged_records to partnered_team;

-- From here to the end of the transaction every change of these tables belongs to the act.
create or replace function app.begin_act(act uuid, act_kind text, act_says text, undo_for interval) returns void
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if app.member() is null or not app.changes_things() then
    raise exception 'Members and admins do this.' using errcode = '42501';
  end if;
  insert into acts (org_id, id, kind, member_id, says, created_at, undo_until)
  values (app.org(), act, act_kind, app.member(), act_says, app.now(), app.now() + undo_for);
  perform set_config('app.act', act::text, true);
end $$;
grant execute on function app.begin_act to partnered_team;

create or replace function app.remember() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if tg_op = 'INSERT' and app.many() and app.comes_in_many(tg_table_name) then
    return null;
  end if;
  insert into act_changes (org_id, act_id, table_name, action, before, after)
  values (
    app.org(), app.act(), tg_table_name, lower(tg_op),
    case when tg_op <> 'INSERT' then to_jsonb(old) end, case when tg_op <> 'DELETE' then to_jsonb(new) end);
  return null;
end $$;

-- The same for very many rows that one statement adds.
create or replace function app.remember_many() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  insert into act_changes (org_id, act_id, table_name, action, after)
  select app.org(), app.act(), tg_table_name, 'insert', to_jsonb(o) from those o;
  return null;
end $$;

do $$
declare
  t text;
begin
  foreach t in array array['partners', 'partner_slugs', 'partner_tags', 'partner_members', 'contacts', 'invitations', 'tags', 'deals', 'entries',
    'shares', 'files', 'custom_values', 'different_partners', 'notifications', 'mentions', 'merged_records', 'parked_deals', 'outbox'] loop
    execute format('drop trigger if exists zz_remember on %I', t);
    execute format('create trigger zz_remember after insert or update or delete on %I for each row when (app.act() is not null) execute function app.remember()', t);
    if app.comes_in_many(t) then
      execute format('drop trigger if exists zz_remember_added on %I', t);
      execute format('create trigger zz_remember_added after insert on %I referencing new table as those for each statement when (app.act() is not null and app.many()) execute function app.remember_many()', t);
    end if;
  end loop;
end $$;

-- The columns that name a row of a table.
create or replace function app.key_of(of_table text) returns text[]
  language sql stable set search_path = app, public, pg_temp
  begin atomic
    select array_agg(a.attname::text order by a.attnum)
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = format('public.%I', of_table)::regclass and i.indisprimary;
  end;

-- The partner that a remembered row belongs to, if any.
create or replace function app.partner_of(of_table text, image jsonb) returns uuid
  language sql immutable
  return (case of_table when 'partners' then image ->> 'id' when 'different_partners' then image ->> 'one_id' else image ->> 'partner_id' end)::uuid;

-- Takes back at once what an act added to one table, but for partners that somebody worked on since. Returns what stays: rows that were
-- changed again, people who were invited, notes of a deal that stays.
create or replace function app.take_back_added(company uuid, which uuid, of_table text, but uuid[]) returns setof jsonb
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  aside constant text[] := array['version', 'updated_at', 'last_seen_at'];
  named text;
  untouched text := 'to_jsonb(t) - $4 = k.image - $4';
begin
  select string_agg(format('t.%1$I = k.%1$I', n), ' and ') into named from unnest(app.key_of(of_table)) n;
  untouched := untouched || case of_table
    when 'contacts' then ' and not exists (select from invitations v where v.org_id = t.org_id and v.contact_id = t.id)'
    when 'entries' then ' and not exists (select from deals d where d.org_id = t.org_id and d.id = t.deal_id and d.import_id is not null)'
    else '' end;
  return query execute format('
    with k as materialized (
        select r.*, c.after as image from act_changes c cross join lateral jsonb_populate_record(null::%1$I, c.after) r
        where c.org_id = $1 and c.act_id = $2 and c.table_name = %1$L and c.action = ''insert'' and not coalesce(app.partner_of(%1$L, c.after) = any ($3), false)),
      gone as (delete from %1$I t using k where %2$s and %3$s)
    select to_jsonb(t) from %1$I t join k on %2$s where not (%3$s)', of_table, named, untouched) using company, which, but, aside;
end $$;

-- Takes an act back, latest change first. What was changed again since stays as it is and is returned, field by field;
-- a partner that the act added and somebody worked on since stays whole. Errors: P0404 for an act that is not theirs, P0409 when it is
-- too late or done already, 42501 when they may no longer work with a partner it touched.
create or replace function app.undo_act(which uuid) returns table (kept_table text, kept_id uuid, kept_partner uuid, kept_field text)
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it acts;
  change act_changes;
  image jsonb;
  today jsonb;
  named text;
  back text[];
  of_table text;
  aside constant text[] := array['version', 'updated_at', 'last_seen_at'];
  worked_on uuid[];
begin
  select * into it from acts a
    where a.org_id = app.org() and a.id = which and app.changes_things() and (a.member_id = app.member() or app.team_role() = 'admin')
    for update;
  if it.id is null then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  if it.undone_at is not null then
    raise exception 'This was undone already.' using errcode = 'P0409';
  end if;
  if it.undo_until <= app.now() then
    raise exception 'The time to undo this has passed.' using errcode = 'P0409';
  end if;
  if exists (
    select from act_changes c
    where c.org_id = it.org_id and c.act_id = it.id
      and app.partner_of(c.table_name, coalesce(c.after, c.before)) in (select app.view_only_partners())) then
    raise exception 'This touches partners that you may no longer work with.' using errcode = '42501';
  end if;

  select coalesce(array_agg(p.id), '{}') into worked_on from (
    select (c.after ->> 'id')::uuid as id from act_changes c
    where c.org_id = it.org_id and c.act_id = it.id and c.table_name = 'partners' and c.action = 'insert') p
    where exists (
      select from audit_rows a
      where a.org_id = it.org_id and a.partner_id = p.id and a.action <> 'event' and a.act_id is distinct from it.id);
  return query select 'partners', w, w, null::text from unnest(worked_on) w;

  perform set_config('app.quiet', 'yes', true);
  set constraints all deferred;
  if it.kind = 'import' then
    perform set_config('app.many', 'yes', true);
    foreach of_table in array array['partner_tags', 'custom_values', 'deals', 'entries', 'contacts', 'parked_deals', 'partners'] loop
      return query
        select of_table, (b ->> 'id')::uuid, app.partner_of(of_table, b), null::text from app.take_back_added(it.org_id, it.id, of_table, worked_on) b;
    end loop;
    perform set_config('app.many', '', true);
    update imports set state = 'undone' where org_id = it.org_id and act_id = it.id;
  end if;
  for change in
    select * from act_changes c
    where c.org_id = it.org_id and c.act_id = it.id and (it.kind <> 'import' or c.action <> 'insert' or c.table_name in ('partner_slugs', 'mentions'))
    order by c.id desc
  loop
    image := coalesce(change.after, change.before);
    continue when app.partner_of(change.table_name, image) = any (worked_on);
    select string_agg(format('t.%1$I = k.%1$I', k), ' and ') into named from unnest(app.key_of(change.table_name)) k;
    execute format('select to_jsonb(t) from %1$I t, jsonb_populate_record(null::%1$I, $1) k where %2$s', change.table_name, named)
      into today using image;
    if change.action = 'delete' then
      if today is null then
        execute format('insert into %1$I select * from jsonb_populate_record(null::%1$I, $1)', change.table_name) using change.before;
      end if;
    elsif change.action = 'insert' then
      if today - aside = change.after - aside then
        execute format('delete from %1$I t using jsonb_populate_record(null::%1$I, $1) k where %2$s', change.table_name, named) using image;
      elsif today is not null then
        kept_table := change.table_name; kept_id := (today ->> 'id')::uuid; kept_partner := app.partner_of(change.table_name, today); kept_field := null;
        return next;
      end if;
    elsif today is null then
      kept_table := change.table_name; kept_id := (image ->> 'id')::uuid; kept_partner := app.partner_of(change.table_name, image); kept_field := null;
      return next;
    else
      select array_agg(b.key) filter (where today -> b.key is not distinct from change.after -> b.key) into back
        from jsonb_each(change.before) b
        where b.value is distinct from change.after -> b.key and b.key <> all (aside);
      return query
        select change.table_name, (today ->> 'id')::uuid, app.partner_of(change.table_name, today), b.key
        from jsonb_each(change.before) b
        where b.value is distinct from change.after -> b.key and b.key <> all (aside)
          and today -> b.key is distinct from change.after -> b.key and today -> b.key is distinct from b.value;
      if back is not null then
        execute format('update %1$I t set %2$s from jsonb_populate_record(null::%1$I, $1) k, jsonb_populate_record(null::%1$I, $2) b where %3$s',
          change.table_name, (select string_agg(format('%1$I = b.%1$I', c), ', ') from unnest(back) c), named)
          using change.after, change.before;
      end if;
    end if;
  end loop;
  update acts set undone_at = app.now(), undone_by = app.member() where org_id = it.org_id and id = it.id;
  set constraints all immediate;
  perform set_config('app.quiet', '', true);
end $$;
grant execute on function app.undo_act to partnered_team;

-- What can no longer be taken back is forgotten.
create or replace function app.forget_acts() returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    delete from act_changes c using acts a
    where a.org_id = c.org_id and a.id = c.act_id and (a.undone_at is not null or a.undo_until < app.now());
  end;
