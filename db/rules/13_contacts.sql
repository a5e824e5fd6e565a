-- Contacts go with their partner: seen with it, changed by who may work with it.
create policy team_reads on contacts for select to partnered_team
  using ((select app.member()) is not null and partner_id not in (select app.hidden_partners()));
create policy team_adds on contacts for insert to partnered_team
  with check ((select app.changes_things()) and partner_id not in (select app.view_only_partners()));
create policy team_changes on contacts for update to partnered_team
  using ((select app.changes_things()) and partner_id not in (select app.view_only_partners()));
grant select (org_id, id, partner_id, name, email, phone, title, role, is_main, sees, confirmed_at, left_at, access_removed_at, last_seen_at, created_at, updated_at, version, person_id) on contacts to partnered_team;
grant insert (org_id, id, partner_id, name, email, phone, title, role, is_main, sees, confirmed_at, created_at) on contacts to partnered_team;
grant update (name, email, phone, title, role, is_main, sees, confirmed_at, left_at, access_removed_at) on contacts to partnered_team;

-- A contact sees the people of their own company here, and nobody else's.
create policy portal_reads on contacts for select to partnered_views
  using (partner_id = (select app.partner()) and (select app.contact_sees()) is not null);
grant select (org_id, id, partner_id, name, email, role, is_main, sees, person_id, left_at, access_removed_at) on contacts to partnered_views;
