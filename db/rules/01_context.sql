-- Who is asking. Set for one transaction by app.enter_*; empty means nobody, and nobody sees nothing.
create or replace function app.setting(name text) returns text
  language sql stable parallel safe
  return nullif(current_setting('app.' || name, true), '');

create or replace function app.org() returns uuid language sql stable parallel safe return app.setting('org')::uuid;
create or replace function app.member() returns uuid language sql stable parallel safe return app.setting('member')::uuid;
-- A role is somebody's: without a member there is none.
create or replace function app.team_role() returns text language sql stable parallel safe
  return case when app.setting('member') is not null then app.setting('team_role') end;
create or replace function app.contact() returns uuid language sql stable parallel safe return app.setting('contact')::uuid;
create or replace function app.partner() returns uuid language sql stable parallel safe return app.setting('partner')::uuid;
create or replace function app.channel() returns text language sql stable parallel safe return coalesce(app.setting('channel'), 'app');
create or replace function app.request() returns text language sql stable parallel safe return app.setting('request');
-- These two stand in the conditions of triggers, which are planned anew for every statement, those of a cascade included: what SQL is made of
-- would be read and unfolded each time, PL/pgSQL is not.
-- The act that can be taken back, while one is under way.
create or replace function app.act() returns uuid language plpgsql stable parallel safe as
  $$ begin return nullif(current_setting('app.act', true), '')::uuid; end $$;
-- Rows are moved as they are: what follows a change by itself (turns, lines on the timeline, inbox rows) rests.
-- Set only by functions that have asked for the rights themselves.
create or replace function app.quiet() returns boolean language plpgsql stable parallel safe as
  $$ begin return coalesce(current_setting('app.quiet', true), '') <> ''; end $$;

-- The clock of every rule and every row: tests move it, nothing else does.
create or replace function app.now() returns timestamptz
  language sql stable parallel safe
  return coalesce(app.setting('clock')::timestamptz, now());
