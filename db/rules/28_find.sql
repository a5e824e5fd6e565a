-- "Find or do": people and deals that the words find, the first few; ids only, joined back under the policies.
-- What the member does not see is never looked at. Words of three letters on stand anywhere, shorter ones begin a word.
create or replace function app.find_contacts(words text) returns setof uuid
  language plpgsql stable rows 6 security definer set search_path = app, public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  plain constant text := regexp_replace(app.fold(trim(words)), '([\\%_])', '\\\1', 'g');
  pattern constant text := case when length(plain) < 3 then '% ' || plain || '%' else '%' || plain || '%' end;
  hidden constant uuid[] := array(select app.hidden_partners());
  part constant text := app.sixteenth(app.org(), '00000000-0000-0000-0000-000000000000');
  got uuid[];
begin
  if app.member() is null or plain = '' then
    return;
  end if;
  got := array(
    select c.id from contacts c
    where app.sixteenth(c.org_id, c.id) = part and c.left_at is null and app.fold(' ' || c.name || ' ' || coalesce(c.email, '')) like pattern
      and c.partner_id not in (select unnest(hidden)) limit 6);
  if cardinality(got) < 6 then
    got := array(
      select c.id from contacts c
      where c.org_id = app.org() and c.left_at is null and app.fold(' ' || c.name || ' ' || coalesce(c.email, '')) like pattern
        and c.partner_id not in (select unnest(hidden)) limit 6);
  end if;
  return query select unnest(got);
end $$;
grant execute on function app.find_contacts to partnered_team;

create or replace function app.find_deals(words text) returns setof uuid
  language plpgsql stable rows 6 security definer set search_path = app, public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  plain constant text := regexp_replace(app.fold(trim(words)), '([\\%_])', '\\\1', 'g');
  pattern constant text := case when length(plain) < 3 then '% ' || plain || '%' else '%' || plain || '%' end;
begin
  if app.member() is null or plain = '' then
    return;
  end if;
  return query
    with hidden as materialized (select h from app.hidden_partners() h)
    (select d.id from deals d
      where d.org_id = app.org() and d.ref = upper(trim(words)) and d.partner_id not in (select h from hidden))
    union
    (select d.id from deals d
      where d.org_id = app.org() and app.fold(' ' || d.customer_company) like pattern and d.partner_id not in (select h from hidden)
      limit 6);
end $$;
grant execute on function app.find_deals to partnered_team;
