-- Who looks at a deal hears that it changed: the company and the deal's id leave after the commit, and nothing else but that it is the team's
-- alone, where the partner sees no change. Whoever passes it on asks first, as each of those who listen, whether they see it. Many at once are
-- told as one for each partner: something changed there.
create or replace function app.say_live(company uuid, partner uuid, deal uuid, shown boolean, many boolean) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    select pg_notify('partnered_live', concat_ws(' ', company, case when many then '*' || partner else deal::text end, case when not shown then 'team' end));
  end;

create or replace function app.tell_live() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp set enable_nestloop = off as $$
declare
  many constant boolean := (select count(*) from (select from those_after limit 201) few) > 200;
begin
  if tg_table_name = 'deals' and tg_op = 'UPDATE' then
    perform app.say_live(t.org_id, t.partner_id, t.id, t.shown, many) from (
      select distinct n.org_id, n.partner_id, case when not many then n.id end as id,
        (n.shown_activity_at, n.customer_company, n.ask, n.expected_close, n.turn, n.paused_until, n.protected_until, n.shared_from, n.partner_id)
          is distinct from (o.shown_activity_at, o.customer_company, o.ask, o.expected_close, o.turn, o.paused_until, o.protected_until, o.shared_from, o.partner_id) as shown
      from those_after n join those_before o on o.org_id = n.org_id and o.id = n.id) t;
  elsif tg_table_name = 'deals' then
    perform app.say_live(t.org_id, t.partner_id, t.id, true, many) from (
      select distinct n.org_id, n.partner_id, case when not many then n.id end as id from those_after n) t;
  elsif tg_table_name = 'entries' then
    perform app.say_live(t.org_id, t.partner_id, t.deal_id, t.shown, many) from (
      select distinct n.org_id, n.partner_id, case when not many then n.deal_id end as deal_id, n.audience = 'partner' as shown
      from those_after n where n.deal_id is not null) t;
  else
    perform app.say_live(t.org_id, t.partner_id, t.deal_id, true, many) from (
      select distinct n.org_id, n.partner_id, case when not many then n.deal_id end as deal_id from those_after n where n.deal_id is not null) t;
  end if;
  return null;
end $$;

-- And whoever may no longer look is let go of: what decides about that has changed for someone.
create or replace function app.tell_doors() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  perform pg_notify('partnered_live', coalesce(case when tg_table_schema = 'public' then to_jsonb(old) ->> 'org_id' end, '*') || ' who');
  return null;
end $$;

do $$
declare
  t text;
begin
  foreach t in array array['deals', 'entries', 'shares'] loop
    execute format('
      drop trigger if exists live_added on %1$I; drop trigger if exists live_changed on %1$I;
      create trigger live_added after insert on %1$I referencing new table as those_after for each statement execute function app.tell_live();
      create trigger live_changed after update on %1$I referencing old table as those_before new table as those_after for each statement execute function app.tell_live()', t);
  end loop;
end $$;
drop trigger if exists doors on contacts;
create trigger doors after update on contacts for each row
  when ((old.access_removed_at, old.left_at, old.person_id, old.partner_id) is distinct from (new.access_removed_at, new.left_at, new.person_id, new.partner_id))
  execute function app.tell_doors();
drop trigger if exists doors on partners;
create trigger doors after update on partners for each row when (old.archived_at is distinct from new.archived_at) execute function app.tell_doors();
drop trigger if exists doors on members;
create trigger doors after update on members for each row
  when ((old.deactivated_at, old.person_id) is distinct from (new.deactivated_at, new.person_id)) execute function app.tell_doors();
drop trigger if exists doors on auth.session;
create trigger doors after delete on auth.session for each row execute function app.tell_doors();
