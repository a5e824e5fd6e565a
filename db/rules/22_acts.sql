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

-- Each row before and after, with the number of the statement that changed it: what one statement did is taken back by one.
select app.make_keepers('remember', $remember$
declare
  this_step constant bigint := nextval(pg_get_serial_sequence('act_changes', 'id'));
begin
  insert into act_changes (org_id, act_id, step, table_name, action, before, after)
  select app.org(), app.act(), this_step, tg_table_name, lower(tg_op), r.before, r.after from (%s) r;
  return null;
end $remember$, array[]::text[]);

do $$
declare
  t text;
begin
  foreach t in array array['partners', 'partner_slugs', 'partner_tags', 'partner_members', 'contacts', 'invitations', 'tags', 'deals', 'entries',
    'shares', 'files', 'custom_values', 'different_partners', 'notifications', 'mentions', 'merged_records', 'parked_deals', 'outbox', 'views', 'members'] loop
    execute format('drop trigger if exists zz_remember on %I', t);
    perform app.hang_keepers('remember', t, 'when (app.act() is not null)', 'remember');
  end loop;
end $$;
drop function if exists app.remember();
drop function if exists app.remember_many();
drop function if exists app.many();

-- The columns that name a row of a table.
create or replace function app.key_of(of_table text) returns text[]
  language sql stable set search_path = app, public, pg_temp
  begin atomic
    select array_agg(a.attname::text order by a.attnum)
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = format('public.%I', of_table)::regclass and i.indisprimary;
  end;

-- The partner that a remembered row belongs to, if it is one.
create or replace function app.partner_of(of_table text, image jsonb) returns uuid
  language sql immutable
  return (case of_table when 'partners' then image ->> 'id' else image ->> 'partner_id' end)::uuid;

-- Takes back at once what the statements of an act did to one table, but for partners that somebody worked on since. What was added goes,
-- what was removed comes back, and of what was changed exactly those columns that hold what the act wrote. Returns what stays: rows and
-- fields that were changed again, people who were invited, notes of an imported deal that stays.
create or replace function app.take_back_rows(of_act acts, from_step bigint, to_step bigint, of_table text, did text, but uuid[])
  returns table (kept_table text, kept_id uuid, kept_partner uuid, kept_field text)
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  aside constant text[] := array['version', 'updated_at', 'last_seen_at', 'told_at', 'mail_id', 'digest_from'];
  -- Each change `c` with the row `k` that it left behind, or took away.
  these constant text := format($q$act_changes c cross join lateral jsonb_populate_record(null::%1$I, coalesce(c.after, c.before)) k
    where c.org_id = $1 and c.act_id = $2 and c.step between $3 and $4 and c.table_name = %1$L and c.action = %2$L
      and not coalesce(app.partner_of(%1$L, coalesce(c.after, c.before)) = any ($5), false)$q$, of_table, did);
  named text;
  -- Of a deal that was added before it had shown_activity_at, last_activity_at says the same.
  untouched text := 'to_jsonb(t) - $6 - ''shown_activity_at'' = k.image - $6 - ''shown_activity_at''';
  today text;
  columns text[];
begin
  select string_agg(format('t.%1$I = k.%1$I', n), ' and ') into named from unnest(app.key_of(of_table)) n;
  if did = 'delete' then
    execute format('insert into %1$I select k.* from %2$s and not exists (select from %1$I t where %3$s)', of_table, these, named)
      using of_act.org_id, of_act.id, from_step, to_step, but;
  elsif did = 'insert' then
    if of_act.kind = 'import' then
      untouched := untouched || case of_table
        when 'contacts' then ' and not exists (select from invitations v where v.org_id = t.org_id and v.contact_id = t.id)'
        when 'entries' then ' and not exists (select from deals d where d.org_id = t.org_id and d.id = t.deal_id and d.import_id is not null)'
        else '' end;
    end if;
    return query execute format('
      with k as materialized (select k.*, c.after as image from %2$s), gone as (delete from %1$I t using k where %3$s and %4$s)
      select %1$L, (k.image ->> ''id'')::uuid, app.partner_of(%1$L, to_jsonb(t)), null::text from %1$I t join k on %3$s where not (%4$s)',
      of_table, these, named, untouched) using of_act.org_id, of_act.id, from_step, to_step, but, aside;
  else
    -- What the act changed, field by field: is it still what the act wrote?
    today := format('
      select s.*, array(
          select b.key from jsonb_each(s.before) b
          where b.value is distinct from s.after -> b.key and b.key <> all ($6) and s.today -> b.key is not distinct from s.after -> b.key order by 1) as back
      from (select c.before, c.after, (select to_jsonb(t) from %1$I t where %3$s) as today from %2$s offset 0) s', of_table, these, named);
    return query execute format('
      select %1$L, (coalesce(s.today, s.after) ->> ''id'')::uuid, app.partner_of(%1$L, coalesce(s.today, s.after)), b.key
      from (%2$s) s left join lateral jsonb_each(s.before) b on s.today is not null
      where s.today is null or (b.value is distinct from s.after -> b.key and b.key <> all ($6) and b.key <> ''shown_activity_at''
        and s.today -> b.key is distinct from s.after -> b.key and s.today -> b.key is distinct from b.value)', of_table, today)
      using of_act.org_id, of_act.id, from_step, to_step, but, aside;
    for columns in execute format('select distinct s.back from (%s) s where s.today is not null and cardinality(s.back) > 0', today)
      using of_act.org_id, of_act.id, from_step, to_step, but, aside
    loop
      execute format('
        update %1$I t set %2$s from (%3$s offset 0) s cross join lateral jsonb_populate_record(null::%1$I, s.after) k cross join lateral jsonb_populate_record(null::%1$I, s.before) b
        where s.back = $7 and %4$s', of_table, (select string_agg(format('%1$I = b.%1$I', n), ', ') from unnest(columns) n), today, named)
        using of_act.org_id, of_act.id, from_step, to_step, but, aside, columns;
    end loop;
  end if;
end $$;

-- Takes an act back, latest change first. What was changed again since stays as it is and is returned, field by field;
-- a partner that the act added and somebody worked on since stays whole. Errors: P0404 for an act that is not theirs, P0409 when it is
-- too late or done already, 42501 when they may no longer work with a partner it touched.
create or replace function app.take_back(which uuid) returns table (kept_table text, kept_id uuid, kept_partner uuid, kept_field text)
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it acts;
  change record;
  of_table text;
  filled constant text[] := array['partner_tags', 'custom_values', 'deals', 'entries', 'contacts', 'parked_deals', 'partners'];
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
    -- A deal first, so that its notes know whether it stays.
    foreach of_table in array filled loop
      return query select * from app.take_back_rows(it, 0, 9223372036854775807, of_table, 'insert', worked_on);
    end loop;
    update imports set state = 'undone' where org_id = it.org_id and act_id = it.id;
  end if;
  for change in
    select c.step, c.table_name, c.action from act_changes c
    where c.org_id = it.org_id and c.act_id = it.id and not (it.kind = 'import' and c.action = 'insert' and c.table_name = any (filled))
    group by c.step, c.table_name, c.action order by c.step desc
  loop
    return query select * from app.take_back_rows(it, change.step, change.step, change.table_name, change.action, worked_on);
  end loop;
  update acts set undone_at = app.now(), undone_by = app.member() where org_id = it.org_id and id = it.id;
  set constraints all immediate;
  perform set_config('app.quiet', '', true);
end $$;

-- The same, and what stays is told with the act from then on.
create or replace function app.undo_act(which uuid) returns table (kept_table text, kept_id uuid, kept_partner uuid, kept_field text)
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  stays jsonb := '[]';
begin
  for kept_table, kept_id, kept_partner, kept_field in select * from app.take_back(which) loop
    if jsonb_array_length(stays) < 100 then
      stays := stays || jsonb_build_object('table', kept_table, 'id', kept_id, 'partner_id', kept_partner, 'field', kept_field);
    end if;
    return next;
  end loop;
  update acts set kept = stays where org_id = app.org() and id = which and stays <> '[]';
end $$;
grant execute on function app.undo_act to partnered_team;

-- The rows of what can no longer be taken back are forgotten; that it was done is not.
create or replace function app.forget_acts() returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    delete from act_changes c using acts a
    where a.org_id = c.org_id and a.id = c.act_id and (a.undone_at is not null or a.undo_until < app.now());
  end;
grant execute on function app.forget_acts to partnered_system;
