-- The whole log is for admins; a partner's log for its owner; a partner's changes for whoever may work with it.
create policy team_reads on audit_rows for select to partnered_team using (
  (select app.team_role()) = 'admin'
  or (partner_id is not null and (select app.changes_things()) and partner_id not in (select app.view_only_partners())));
grant select on audit_rows to partnered_team;
create policy team_reads on read_records for select to partnered_team using (
  (select app.team_role()) = 'admin'
  or ((select app.team_role()) = 'member'
    and partner_id in (
      select p.id from partners p where p.owner_id = (select app.member())
      union all select r.old_id from merged_records r join partners p on p.id = r.partner_id where p.owner_id = (select app.member()))));
grant select on read_records to partnered_team;

-- Who saw what, written with the reading itself. Under View as the member's own row stands instead.
create or replace function app.record_read(kind text, partner uuid, ids uuid[], fields text[]) returns void
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if app.org() is null or app.channel() = 'view_as' then
    return;
  end if;
  insert into read_records (org_id, at, member_id, contact_id, channel, kind, partner_id, record_ids, fields, request_id)
  values (app.org(), app.now(), app.member(), app.contact(), app.channel(), kind, coalesce(app.partner(), partner), ids, fields, app.request());
  if app.contact() is not null and app.channel() <> 'mail' then
    update contacts c set last_seen_at = app.now()
    where c.org_id = app.org() and c.id = app.contact()
      and (c.last_seen_at is null or c.last_seen_at < app.now() - interval '5 minutes');
  end if;
end $$;

-- What members read of details that partners share is gathered by the server for less than a second and written together. Whoever is no
-- member of that company leaves no row. For the server alone: no request role may call it.
create or replace function app.keep_reads(reads jsonb) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    insert into read_records (org_id, at, member_id, channel, kind, partner_id, record_ids, fields, request_id)
    select m.org_id, r.at, m.id, 'app', r.kind, r.partner_id, r.record_ids, r.fields, r.request_id
    from jsonb_to_recordset(reads)
      as r (org_id uuid, at timestamptz, member_id uuid, kind text, partner_id uuid, record_ids uuid[], fields text[], request_id text)
    join members m on m.org_id = r.org_id and m.id = r.member_id;
  end;
grant execute on function app.keep_reads to partnered_system;

-- Which read records speak of one record, of one kind or of all; ids only, joined back under the policy.
-- Said to be few, so that each is looked up by its id and the table is never read whole.
create or replace function app.reads_of(record uuid, of_kind text default null) returns setof bigint
  language sql stable rows 50 security definer set search_path = app, public, pg_temp
  begin atomic
    select r.id from read_records r
    where r.org_id = app.org() and app.member() is not null and r.record_ids @> array[record] and (of_kind is null or r.kind = of_kind);
  end;
grant execute on function app.reads_of to partnered_team;

-- Members read and clear their own inbox; rows of partners they no longer see are not shown.
create policy own_reads on notifications for select to partnered_team
  using (member_id = (select app.member()) and partner_id not in (select app.hidden_partners()));
create policy own_changes on notifications for update to partnered_team
  using (member_id = (select app.member()) and partner_id not in (select app.hidden_partners()));
grant select on notifications to partnered_team;
grant update (read_at, done_at, snoozed_until) on notifications to partnered_team;
