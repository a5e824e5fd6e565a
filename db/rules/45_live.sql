-- Who looks at a deal hears that it changed: the company and the deal's id leave after the commit, and nothing else. Whoever passes it on asks
-- first, as each of those who listen, whether they see it. Many at once are told as one: something changed.
create or replace function app.tell_live() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it record;
begin
  if (select count(*) from (select from those_after limit 201) few) > 200 then
    for it in select distinct n.org_id from those_after n loop
      perform pg_notify('partnered_live', it.org_id || ' *');
    end loop;
    return null;
  end if;
  for it in select distinct r ->> 'org_id' as org, coalesce(r ->> 'deal_id', r ->> 'id') as deal
      from (select to_jsonb(n) as r from those_after n) rows where tg_table_name = 'deals' or r ->> 'deal_id' is not null loop
    perform pg_notify('partnered_live', it.org || ' ' || it.deal);
  end loop;
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
      create trigger live_changed after update on %1$I referencing new table as those_after for each statement execute function app.tell_live()', t);
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
