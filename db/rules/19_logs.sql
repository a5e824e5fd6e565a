-- The whole log is for admins; a partner's log for its owner; a partner's changes for whoever may work with it.
create policy team_reads on audit_rows for select to partnered_team using (
  (select app.team_role()) = 'admin'
  or (partner_id is not null and (select app.changes_things()) and partner_id not in (select app.view_only_partners())));
grant select on audit_rows to partnered_team;
create policy team_reads on read_records for select to partnered_team using (
  (select app.team_role()) = 'admin'
  or (partner_id is not null and app.can_decide_on(partner_id)));
grant select on read_records to partnered_team;

-- Who saw what, written with the reading itself. Under View as the member's own row stands instead.
create or replace function app.record_read(kind text, partner uuid, ids uuid[], fields text[]) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    insert into read_records (org_id, at, member_id, contact_id, channel, kind, partner_id, record_ids, fields, request_id)
    select app.org(), app.now(), app.member(), app.contact(), app.channel(), kind, coalesce(app.partner(), partner), ids, fields, app.request()
    where app.org() is not null and app.channel() <> 'view_as';
    update contacts c set last_seen_at = app.now()
    where c.org_id = app.org() and c.id = app.contact() and app.channel() not in ('view_as', 'mail')
      and (c.last_seen_at is null or c.last_seen_at < app.now() - interval '5 minutes');
  end;

-- Members read and clear their own inbox; rows of partners they no longer see are not shown.
create policy own_reads on notifications for select to partnered_team
  using (member_id = (select app.member()) and partner_id not in (select app.hidden_partners()));
create policy own_changes on notifications for update to partnered_team using (member_id = (select app.member()));
grant select on notifications to partnered_team;
grant update (read_at) on notifications to partnered_team;
