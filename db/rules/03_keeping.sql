-- What happens to every row by itself: its times, its version, and its line in the log.
create or replace function app.keep_row() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  following constant text[] := array['last_activity_at', 'last_seen_at', 'reviewed_at', 'turn', 'turn_since', 'shared_from', 'show_value', 'show_customer_contact', 'done', 'place'];
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
  return array['org_id', 'version', 'updated_at', 'created_at', 'last_activity_at', 'last_seen_at', 'token_hash', 'mailed_hash', 'file', 'mapping', 'checked', 'stage_since', 'turn_since', 'name_key', 'shared_from', 'done', 'place'];

-- Tables that an import fills.
create or replace function app.comes_in_many(of_table text) returns boolean language sql immutable
  return of_table in ('partners', 'contacts', 'entries', 'partner_tags', 'custom_values', 'deals', 'parked_deals');

-- One audit row a change: which fields, from what, to what. Secrets and file bytes never enter the log.
create or replace function app.audit() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  silent constant text[] := app.unlogged();
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - silent end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - silent end;
  whole jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
  changed jsonb;
begin
  if tg_op <> 'UPDATE' and app.many() and app.comes_in_many(tg_table_name) then
    return null;
  end if;
  -- Of a company that is being deleted no log is kept: its log goes with it.
  if (tg_op = 'DELETE' or app.quiet()) and exists (select from app.deleted_companies c where c.id = (whole ->> 'org_id')::uuid) then
    return null;
  end if;
  if tg_op = 'UPDATE' then
    select coalesce(jsonb_object_agg(a.key, jsonb_build_array(before -> a.key, a.value)), '{}')
      into changed
      from jsonb_each(after) a where a.value is distinct from before -> a.key;
    if changed = '{}' then
      return null;
    end if;
    -- Rows that are named by what does not change say it.
    if tg_table_name in ('custom_values', 'ground_rules') then
      select changed || jsonb_object_agg(a.key, jsonb_build_array(a.value, a.value)) into changed
        from jsonb_each(after) a where a.key in ('field_id', 'rule');
    end if;
  elsif tg_op = 'INSERT' then
    select coalesce(jsonb_object_agg(a.key, jsonb_build_array(null, a.value)), '{}')
      into changed from jsonb_each(after) a where a.value <> 'null';
  else
    select coalesce(jsonb_object_agg(b.key, jsonb_build_array(b.value, null)), '{}')
      into changed from jsonb_each(before) b where b.value <> 'null';
  end if;
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  values (
    (whole ->> 'org_id')::uuid, app.now(), app.member(), app.contact(), app.channel(), lower(tg_op), tg_table_name,
    coalesce(whole ->> 'id', whole ->> 'partner_id', whole ->> 'org_id')::uuid,
    case when tg_table_name = 'partners' then whole ->> 'id' else whole ->> 'partner_id' end::uuid,
    case when tg_table_name = 'deals' then whole ->> 'id' else whole ->> 'deal_id' end::uuid,
    changed, app.request(), app.act());
  return null;
end $$;

-- The same for very many rows that are added or taken away by one statement.
create or replace function app.audit_many() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  silent constant text[] := app.unlogged();
  moment constant timestamptz := app.now();
begin
  insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, deal_id, changes, request_id, act_id)
  select (r.whole ->> 'org_id')::uuid, moment, app.member(), app.contact(), app.channel(), lower(tg_op), tg_table_name,
    coalesce(r.whole ->> 'id', r.whole ->> 'partner_id')::uuid,
    case when tg_table_name = 'partners' then r.whole ->> 'id' else r.whole ->> 'partner_id' end::uuid,
    case when tg_table_name = 'deals' then r.whole ->> 'id' else r.whole ->> 'deal_id' end::uuid,
    coalesce((
      select jsonb_object_agg(v.key, case when tg_op = 'INSERT' then jsonb_build_array(null, v.value) else jsonb_build_array(v.value, null) end)
      from jsonb_each(r.whole - silent) v where v.value <> 'null'), '{}'),
    app.request(), app.act()
  from (select to_jsonb(o) as whole from those o) r;
  return null;
end $$;

do $$
declare
  t text;
begin
  foreach t in array array['organizations', 'members', 'partners', 'partner_members', 'contacts', 'invitations', 'tags', 'partner_tags', 'imports', 'deals', 'entries', 'shares',
    'partner_types', 'contact_roles', 'custom_fields', 'custom_values', 'ground_rules', 'views', 'files', 'different_partners', 'parked_deals'] loop
    execute format('drop trigger if exists zz_audit on %I', t);
    execute format('create trigger zz_audit after insert or update or delete on %I for each row execute function app.audit()', t);
    if app.comes_in_many(t) then
      execute format('drop trigger if exists zz_audit_added on %I', t);
      execute format('drop trigger if exists zz_audit_removed on %I', t);
      execute format('create trigger zz_audit_added after insert on %I referencing new table as those for each statement when (app.many()) execute function app.audit_many()', t);
      execute format('create trigger zz_audit_removed after delete on %I referencing old table as those for each statement when (app.many()) execute function app.audit_many()', t);
    end if;
    if exists (select from pg_attribute where attrelid = t::regclass and attname = 'version' and not attisdropped) then
      execute format('drop trigger if exists aa_keep on %I', t);
      execute format('create trigger aa_keep before insert or update on %I for each row execute function app.keep_row()', t);
    end if;
  end loop;
end $$;

-- Something happened that changed no row: an export, a sign-in, a view as.
create or replace function app.log_event(kind text, partner uuid, record uuid, details jsonb) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    insert into audit_rows (org_id, at, member_id, contact_id, channel, action, table_name, record_id, partner_id, changes, request_id, act_id)
    values (app.org(), app.now(), app.member(), app.contact(), app.channel(), 'event', kind, record, partner, details, app.request(), app.act());
  end;
