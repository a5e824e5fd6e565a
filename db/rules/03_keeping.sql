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
-- those that were changed and one for those that were removed. In the text `%s` stands for the rows, each as it was before and is after.
-- Both tables of an update hold its rows in one order, and are paired by it: a key may be what changed.
create or replace function app.make_keepers(keeper text, body text) returns void
  language plpgsql as $make$
declare
  it record;
begin
  for it in select * from (values
    ('added', 'select null::jsonb as before, to_jsonb(n) as after from those_after n'),
    ('changed', 'select o.it as before, n.it as after from (select to_jsonb(o) as it, row_number() over () as at from those_before o) o
      join (select to_jsonb(n) as it, row_number() over () as at from those_after n) n using (at)'),
    ('removed', 'select to_jsonb(o) as before, null::jsonb as after from those_before o')) k(did, those)
  loop
    execute format('create or replace function app.%s_%s() returns trigger
      language plpgsql security definer set search_path = app, public, pg_temp set enable_nestloop = off as %L', keeper, it.did, format(body, it.those));
  end loop;
end $make$;

create or replace function app.hang_keepers(keeper text, of_table text, only_when text) returns void
  language plpgsql as $hang$
begin
  execute format('
    drop trigger if exists zz_%1$s_added on %2$I; drop trigger if exists zz_%1$s_changed on %2$I; drop trigger if exists zz_%1$s_removed on %2$I;
    create trigger zz_%1$s_added after insert on %2$I referencing new table as those_after for each statement %3$s execute function app.%1$s_added();
    create trigger zz_%1$s_changed after update on %2$I referencing old table as those_before new table as those_after for each statement %3$s execute function app.%1$s_changed();
    create trigger zz_%1$s_removed after delete on %2$I referencing old table as those_before for each statement %3$s execute function app.%1$s_removed()',
    keeper, of_table, only_when);
end $hang$;

-- One audit row a change: which fields, from what, to what. Secrets and file bytes never enter the log. Rows that are named by what does
-- not change say it. Of a company that is being deleted no log is kept: its log goes with it.
select app.make_keepers('log', $log$
begin
  if app.quiet() and exists (select from app.deleted_companies c where c.id = app.org()) then
    return null;
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select (l.whole ->> 'org_id')::uuid, (select app.now()), (select app.member()), (select app.contact()), (select app.channel()), lower(tg_op), tg_table_name,
    coalesce(l.whole ->> 'id', l.whole ->> 'partner_id', l.whole ->> 'org_id')::uuid,
    case when tg_table_name = 'partners' then l.whole ->> 'id' else l.whole ->> 'partner_id' end::uuid,
    case when tg_table_name = 'deals' then l.whole ->> 'id' else l.whole ->> 'deal_id' end::uuid,
    l.changes, (select app.request()), (select app.act())
  from (
    select coalesce(r.after, r.before) as whole, (
      select jsonb_object_agg(f.key, jsonb_build_array(r.before -> f.key, r.after -> f.key))
      from (
        select e.key, coalesce(r.before -> e.key, 'null') <> coalesce(r.after -> e.key, 'null') as differs
        from jsonb_each(coalesce(r.after, r.before)) e offset 0) f
      where f.differs and f.key <> all (app.unlogged()) or tg_table_name in ('custom_values', 'ground_rules') and f.key in ('field_id', 'rule')
      having bool_or(f.differs)) as changes
    from (%s offset 0) r offset 0) l
  where l.changes is not null;
  return null;
end $log$);

do $$
declare
  t text;
begin
  foreach t in array array['organizations', 'members', 'partners', 'partner_members', 'contacts', 'invitations', 'tags', 'partner_tags', 'imports', 'deals', 'entries', 'shares',
    'partner_types', 'contact_roles', 'deal_stages', 'custom_fields', 'custom_values', 'ground_rules', 'views', 'files', 'different_partners', 'parked_deals'] loop
    execute format('drop trigger if exists zz_audit on %1$I; drop trigger if exists zz_audit_added on %1$I; drop trigger if exists zz_audit_removed on %1$I', t);
    perform app.hang_keepers('log', t, '');
    if exists (select from pg_attribute where attrelid = t::regclass and attname = 'version' and not attisdropped) then
      execute format('drop trigger if exists aa_keep on %I', t);
      execute format('create trigger aa_keep before insert or update on %I for each row execute function app.keep_row()', t);
    end if;
  end loop;
end $$;
drop function if exists app.audit();
drop function if exists app.audit_many();
drop function if exists app.comes_in_many(text);

-- Something happened that changed no row: an export, a sign-in, a view as.
create or replace function app.log_event(kind text, partner uuid, record uuid, details jsonb) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, changes, request_id, act_id)
    values (app.org(), app.now(), app.member(), app.contact(), app.channel(), 'event', kind, record, partner, details, app.request(), app.act());
  end;
