-- Invitations go with their partner. The tokens are never readable, by anyone.
create policy team_reads on invitations for select to partnered_team
  using ((select app.member()) is not null and partner_id not in (select app.hidden_partners()));
create policy team_adds on invitations for insert to partnered_team
  with check ((select app.changes_things()) and partner_id not in (select app.view_only_partners()) and sent_by = (select app.member()));
create policy team_changes on invitations for update to partnered_team
  using ((select app.changes_things()) and partner_id not in (select app.view_only_partners()));
-- An invitation undone within its ten seconds never happened.
create policy team_undoes on invitations for delete to partnered_team
  using ((select app.changes_things()) and partner_id not in (select app.view_only_partners()) and effective_at > (select app.now()));
grant select (org_id, id, partner_id, contact_id, message, sent_by, created_at, updated_at, effective_at, expires_at, accepted_at, declined_at, prefers_email_at, withdrawn_at, version) on invitations to partnered_team;
grant insert (org_id, id, partner_id, contact_id, message, sent_by, created_at, effective_at, expires_at) on invitations to partnered_team;
grant update (withdrawn_at, token_hash, mailed_hash, expires_at) on invitations to partnered_team;
grant delete on invitations to partnered_team;

-- A contact reads the invitation they were sent.
create policy portal_reads on invitations for select to partnered_views
  using (contact_id = (select app.contact()) and effective_at <= (select app.now()) and (select app.contact_sees()) is not null);
grant select (org_id, id, contact_id, message, sent_by, created_at, effective_at, expires_at) on invitations to partnered_views;

-- Whether the message of an invitation could not be delivered. Asked for rows that the member reads.
create or replace function app.undelivered(invitation uuid) returns boolean
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select app.member() is not null
      and exists (select from outbox o where o.org_id = app.org() and o.invitation_id = undelivered.invitation and o.state = 'failed');
  end;
grant execute on function app.undelivered to partnered_team;
