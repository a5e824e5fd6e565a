-- Everyone on the team reads their company; admins change it.
create policy team_reads on organizations for select to partnered_team using ((select app.member()) is not null);
create policy admin_changes on organizations for update to partnered_team using ((select app.team_role()) = 'admin');
grant select on organizations to partnered_team;
grant update (name, time_zone, currency, links_show_value, members_add_tags, protection_days) on organizations to partnered_team;

-- A contact learns the company's name, nothing else.
create policy portal_reads on organizations for select to partnered_views using ((select app.contact_sees()) is not null);
grant select (org_id, name, links_show_value) on organizations to partnered_views;
