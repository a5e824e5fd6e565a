-- Everyone on the team reads tags; admins change them; who works with a partner puts them on it.
create policy team_reads on tags for select to partnered_team using ((select app.member()) is not null);
-- Admins make tags; members too where the company lets everyone.
create policy team_adds on tags for insert to partnered_team with check (
  (select app.team_role()) = 'admin'
  or ((select app.team_role()) = 'member' and (select o.members_add_tags from organizations o)));
create policy admin_changes on tags for update to partnered_team using ((select app.team_role()) = 'admin');
grant select, insert on tags to partnered_team;
grant update (name, meaning, colour, archived_at) on tags to partnered_team;
create policy team_reads on partner_tags for select to partnered_team
  using ((select app.member()) is not null and ((select app.reaches_all()) or partner_id not in (select app.hidden_partners())));
create policy team_adds on partner_tags for insert to partnered_team
  with check ((select app.changes_things()) and partner_id not in (select app.view_only_partners()));
create policy team_removes on partner_tags for delete to partnered_team
  using ((select app.changes_things()) and partner_id not in (select app.view_only_partners()));
grant select, insert, delete on partner_tags to partnered_team;
