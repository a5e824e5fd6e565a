-- What happens to every row by itself: its times, its version, and its line in the log.
create or replace function app.keep_row() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  following constant text[] := array['last_activity_at', 'shown_activity_at', 'last_seen_at', 'reviewed_at', 'turn', 'turn_since', 'turn_why', 'turn_by', 'paused_turn', 'paused_turn_why', 'in_pipeline',
    'protection_reminded', 'quiet_told', 'won_within_days', 'shared_from', 'show_value', 'show_customer_contact', 'done', 'place'];
begin
  if tg_op = 'INSERT' then
    new.updated_at := coalesce(new.updated_at, app.now());
    return new;
  end if;
  -- What follows by itself is no edit: it must not make someone's open form stale.
  if to_jsonb(new) - following = to_jsonb(old) - following then
    return new;
  end if;
  new.updated_at := app.now();
  new.version := old.version + 1;
  return new;
end $$;

-- Columns that the log leaves out.
create or replace function app.unlogged() returns text[] language sql immutable
  return array['org_id', 'version', 'updated_at', 'created_at', 'last_activity_at', 'shown_activity_at', 'last_seen_at', 'token_hash', 'mailed_hash', 'file', 'mapping', 'checked', 'stage_since', 'turn_since', 'turn_why', 'turn_by', 'paused_turn', 'paused_turn_why',
    'in_pipeline', 'protection_reminded', 'quiet_told', 'won_within_days', 'name_key', 'shared_from', 'done', 'place'];

-- What is kept of changes is kept once a statement, however many rows it changes: from one text, a function for rows that were added, one for
-- those that were changed and one for those that were removed. In the text `%1$s` stands for the rows, each with how it was before and is
-- after, and `%2$s` for what is said of those that were added, changed or removed.
-- Both tables of an update hold its rows in one order, and are paired by it: a key may be what changed.
create or replace function app.make_keepers(keeper text, body text, said text[]) returns void
  language plpgsql as $make$
declare
  it record;
begin
  for it in select * from (values
    ('added', said[1], 'select n.*, null::jsonb as before, to_jsonb(n) as after from those_after n'),
    ('changed', said[2], 'select n.*, o.image as before, n.image as after from (select to_jsonb(o) as image, row_number() over () as nth from those_before o) o
      join (select n.*, to_jsonb(n) as image, row_number() over () as nth from those_after n) n using (nth)'),
    ('removed', said[3], 'select o.*, to_jsonb(o) as before, null::jsonb as after from those_before o')) k(did, said, those)
  loop
    execute format('create or replace function app.%s_%s() returns trigger
      language plpgsql security definer set search_path = app, public, pg_temp set enable_nestloop = off as %L', keeper, it.did, format(body, it.those, it.said));
  end loop;
end $make$;

create or replace function app.hang_keepers(keeper text, of_table text, only_when text, did_by text) returns void
  language plpgsql as $hang$
begin
  execute format('
    drop trigger if exists zz_%1$s_added on %2$I; drop trigger if exists zz_%1$s_changed on %2$I; drop trigger if exists zz_%1$s_removed on %2$I;
    create trigger zz_%1$s_added after insert on %2$I referencing new table as those_after for each statement %3$s execute function app.%4$s_added();
    create trigger zz_%1$s_changed after update on %2$I referencing old table as those_before new table as those_after for each statement %3$s execute function app.%4$s_changed();
    create trigger zz_%1$s_removed after delete on %2$I referencing old table as those_before for each statement %3$s execute function app.%4$s_removed()',
    keeper, of_table, only_when, did_by);
end $hang$;

-- All fields of a row `r` beside nothing, without those that hold nothing themselves. In: the table, and how a field stands beside it.
create or replace function app.said_alone(of_table text, pair text) returns text
  language sql stable as $said$
  select concat_ws(' || ',
    'jsonb_build_object(' || string_agg(f.key || ', ' || f.pair, ', ' order by f.at) filter (where f.there and not f.deep) || ')',
    'jsonb_strip_nulls(jsonb_build_object(' || string_agg(format('%s, case when %s is not null then %s end', f.key, f.value, f.pair), ', ' order by f.at)
      filter (where not f.there and not f.deep) || '))',
    -- Of what has fields of its own none may go.
    string_agg(format('case when coalesce(%s, ''null'') <> ''null'' then jsonb_build_object(%s, %s) else ''{}'' end', f.value, f.key, f.pair), ' || ' order by f.at)
      filter (where f.deep))
  from (
    select quote_literal(a.attname) as key, format('r.%I', a.attname) as value, format('jsonb_build_array(' || said_alone.pair || ')', a.attname) as pair,
      a.attnum as at, a.attnotnull as there, a.atttypid = 'jsonb'::regtype as deep
    from pg_attribute a
    where a.attrelid = of_table::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> all (app.unlogged())) f
  $said$;

-- One audit row a change: which fields, from what, to what. Secrets and file bytes never enter the log. Of a company that is being deleted
-- no log is kept: its log goes with it. Each table has a log of its own making: what came or went, all its fields are said by their names,
-- for to look for what differs from nothing is most of the work of a large import.
create or replace function app.hang_log(of_table text) returns void
  language plpgsql as $hang$
declare
  columns constant text[] := array(select a.attname from pg_attribute a where a.attrelid = of_table::regclass and a.attnum > 0 and not a.attisdropped);
  names constant text := format('%s, %s, %s',
    case when 'id' = any (columns) then 'r.id' when 'partner_id' = any (columns) then 'r.partner_id' else 'r.org_id' end,
    case when of_table = 'partners' then 'r.id' when 'partner_id' = any (columns) then 'r.partner_id' else 'null::uuid' end,
    case when of_table = 'deals' then 'r.id' when 'deal_id' = any (columns) then 'r.deal_id' else 'null::uuid' end);
  -- Rows that are named by what does not change say it.
  named_by constant text[] := case when of_table in ('custom_values', 'ground_rules') then array['field_id', 'rule'] else '{}' end;
begin
  perform app.make_keepers('log_' || of_table, format($log$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select l.org_id, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    l.record_id, l.partner_id, l.deal_id, l.changes, (select app.request()), (select app.act())
  from (select r.org_id, %s, %%2$s from (%%1$s) r offset 0) l(org_id, record_id, partner_id, deal_id, changes)
  where l.changes is not null;
  return null;
end $log$, names), array[app.said_alone(of_table, 'null, r.%I'), format($changed$(
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (select e.key, r.before -> e.key <> e.value as differs from jsonb_each(r.after) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or f.key = any (%L)
      having bool_or(f.differs))$changed$, named_by), app.said_alone(of_table, 'r.%I, null')]);
  perform app.hang_keepers('log', of_table, '', 'log_' || of_table);
end $hang$;

do $$
declare
  t text;
begin
  foreach t in array array['organizations', 'members', 'partners', 'partner_members', 'contacts', 'invitations', 'tags', 'partner_tags', 'imports', 'deals', 'entries', 'shares',
    'partner_types', 'contact_roles', 'deal_stages', 'custom_fields', 'custom_values', 'ground_rules', 'views', 'files', 'different_partners', 'parked_deals',
    'notice_settings', 'mutes', 'contact_choices'] loop
    execute format('drop trigger if exists zz_audit on %1$I; drop trigger if exists zz_audit_added on %1$I; drop trigger if exists zz_audit_removed on %1$I', t);
    perform app.hang_log(t);
    if exists (select from pg_attribute where attrelid = t::regclass and attname = 'version' and not attisdropped) then
      execute format('drop trigger if exists aa_keep on %I', t);
      execute format('create trigger aa_keep before insert or update on %I for each row execute function app.keep_row()', t);
    end if;
  end loop;
end $$;
drop function if exists app.audit();
drop function if exists app.audit_many();
drop function if exists app.comes_in_many(text);
drop function if exists app.make_keepers(text, text);
drop function if exists app.hang_keepers(text, text, text);
drop function if exists app.log_added();
drop function if exists app.log_changed();
drop function if exists app.log_removed();

-- Something happened that changed no row: an export, a sign-in, a view as.
create or replace function app.log_event(kind text, partner uuid, record uuid, details jsonb) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, changes, request_id, act_id)
    values (app.org(), app.now(), app.member(), app.contact(), app.channel(), 'event', kind, record, partner, details, app.request(), app.act());
  end;
