-- Everyone on the team reads the ground rules; admins turn them on and off and set their numbers.
create policy team_reads on ground_rules for select to partnered_team using ((select app.member()) is not null);
create policy admin_changes on ground_rules for update to partnered_team using ((select app.team_role()) = 'admin');
grant select on ground_rules to partnered_team;
grant update (is_on, amount) on ground_rules to partnered_team;
-- The same for conditions over many partners: asked once a statement.
create or replace function app.rule_is_on(named text) returns boolean
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic select g.is_on from ground_rules g where g.org_id = app.org() and app.member() is not null and g.rule = named; end;
create or replace function app.rule_amount(named text) returns integer
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic select g.amount from ground_rules g where g.org_id = app.org() and app.member() is not null and g.rule = named; end;
grant execute on function app.rule_is_on, app.rule_amount to partnered_team;
grant execute on function app.is_odd_name to partnered_team;
