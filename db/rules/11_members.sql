-- The team knows each other; admins decide who is on it.
create policy team_reads on members for select to partnered_team using ((select app.member()) is not null);
create policy admin_adds on members for insert to partnered_team with check ((select app.team_role()) = 'admin');
create policy admin_changes on members for update to partnered_team using ((select app.team_role()) = 'admin');
grant select (org_id, id, name, email, role, created_at, deactivated_at, version) on members to partnered_team;
grant insert (org_id, id, person_id, name, email, role, created_at) on members to partnered_team;
grant update (name, role, deactivated_at) on members to partnered_team;

-- A contact learns the names of the members who own or wrote something they see, and the partner's owner.
create policy portal_reads on members for select to partnered_views using (
  exists (select from partners p where p.org_id = members.org_id and p.id = (select app.partner()) and p.owner_id = members.id)
  or exists (select from deals d where d.org_id = members.org_id and d.partner_id = (select app.partner()) and d.our_owner_id = members.id and d.shared_from is not null)
  or exists (select from entries e where e.org_id = members.org_id and e.partner_id = (select app.partner()) and e.member_id = members.id and e.audience = 'partner')
  or exists (select from invitations i where i.org_id = members.org_id and i.contact_id = (select app.contact()) and i.sent_by = members.id));
grant select (org_id, id, name) on members to partnered_views;
