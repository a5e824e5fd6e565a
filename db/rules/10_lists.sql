-- A company starts with its types, roles and ground rules.
create or replace function app.furnish_company() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  who constant uuid := app.member();
begin
  -- Nobody chose these: the log has them without a name.
  perform set_config('app.member', '', true);
  perform app.furnish(new.org_id, new.created_at);
  perform set_config('app.member', coalesce(who::text, ''), true);
  return null;
end $$;
drop trigger if exists furnish on organizations;
create trigger furnish after insert on organizations for each row execute function app.furnish_company();

-- Everyone on the team reads types and roles; admins edit them.
create policy team_reads on partner_types for select to partnered_team using ((select app.member()) is not null);
create policy admin_adds on partner_types for insert to partnered_team with check ((select app.team_role()) = 'admin');
create policy admin_changes on partner_types for update to partnered_team using ((select app.team_role()) = 'admin');
grant select, insert on partner_types to partnered_team;
grant update (name, place, archived_at) on partner_types to partnered_team;
create policy team_reads on contact_roles for select to partnered_team using ((select app.member()) is not null);
create policy admin_adds on contact_roles for insert to partnered_team with check ((select app.team_role()) = 'admin');
create policy admin_changes on contact_roles for update to partnered_team using ((select app.team_role()) = 'admin');
grant select, insert on contact_roles to partnered_team;
grant update (name, place, archived_at) on contact_roles to partnered_team;
