-- A member sees partners open to everyone and those they were picked for; admins see all.
create policy team_reads on partners for select to partnered_team
  using ((select app.member()) is not null and ((select app.reaches_all()) or id not in (select app.hidden_partners())));
-- Admins and members add partners.
create policy team_adds on partners for insert to partnered_team
  with check ((select app.changes_things()));
-- Members change partners they may work with.
create policy team_changes on partners for update to partnered_team
  using ((select app.changes_things()) and id not in (select app.view_only_partners()));
grant select on partners to partnered_team;
grant insert on partners to partnered_team;
grant update (slug, legal_name, name_key, type, status, website, domain, phone, description, agreement_signed, owner_id,
  works_via, team_access, sees_deals, sees_value, sees_customer_contact, sees_notes, updates_deals, sends_deals,
  archived_at, last_activity_at, reviewed_at) on partners to partnered_team;
-- Sample data leaves in one click, by an admin; nothing else is ever deleted this way.
create policy admin_removes_samples on partners for delete to partnered_team
  using (sample and (select app.team_role()) = 'admin');
grant delete on partners to partnered_team;

-- Who works with it, what it may see, its owner and its archive are for admins and the owner.
create or replace function app.guard_partner_decisions() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if app.member() is not null
    and (new.team_access, new.sees_deals, new.sees_value, new.sees_customer_contact, new.sees_notes, new.updates_deals, new.sends_deals, new.archived_at, new.owner_id)
      is distinct from
      (old.team_access, old.sees_deals, old.sees_value, old.sees_customer_contact, old.sees_notes, old.updates_deals, old.sends_deals, old.archived_at, old.owner_id)
    and not (app.team_role() = 'admin' or (app.team_role() = 'member' and old.owner_id = app.member()))
  then
    raise exception 'Only an admin or the owner decides this.' using errcode = '42501';
  end if;
  return new;
end $$;
drop trigger if exists guard_decisions on partners;
create trigger guard_decisions before update on partners for each row when (not app.quiet()) execute function app.guard_partner_decisions();

-- A partner is handed to someone who is there.
create or replace function app.check_partner_owner() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if exists (select from members m where m.org_id = new.org_id and m.id = new.owner_id and m.deactivated_at is not null) then
    raise exception 'This person is no longer on the team.' using errcode = 'P0422', column = 'owner_id';
  end if;
  return new;
end $$;
drop trigger if exists check_owner on partners;
create trigger check_owner before insert or update of owner_id on partners
  for each row when (new.owner_id is not null) execute function app.check_partner_owner();

-- Earlier slugs keep working.
create or replace function app.keep_slug() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if new.slug is distinct from old.slug then
    insert into partner_slugs (org_id, slug, partner_id) values (old.org_id, old.slug, old.id)
    on conflict (org_id, slug) do update set partner_id = excluded.partner_id;
  end if;
  return null;
end $$;
drop trigger if exists keep_slug on partners;
create trigger keep_slug after update of slug on partners for each row execute function app.keep_slug();
create policy team_reads on partner_slugs for select to partnered_team
  using ((select app.member()) is not null and partner_id not in (select app.hidden_partners()));
grant select on partner_slugs to partnered_team;

-- Who was picked for a partner: read with the partner, changed by an admin or the owner.
create policy team_reads on partner_members for select to partnered_team
  using ((select app.member()) is not null and partner_id not in (select app.hidden_partners()));
create policy owner_adds on partner_members for insert to partnered_team with check (app.can_decide_on(partner_id));
create policy owner_changes on partner_members for update to partnered_team using (app.can_decide_on(partner_id));
create policy owner_removes on partner_members for delete to partnered_team using (app.can_decide_on(partner_id));
grant select, insert, delete on partner_members to partnered_team;
grant update (level) on partner_members to partnered_team;

-- A contact reads the row of their own partner while it is not archived.
create policy portal_reads on partners for select to partnered_views
  using (id = (select app.partner()) and (select app.contact_sees()) is not null);
grant select (org_id, id, workspace, legal_name, owner_id, sees_deals, sees_value, sees_customer_contact, sees_notes, updates_deals, sends_deals, archived_at)
  on partners to partnered_views;

-- Indexes over folded words are filled by whoever saves.
grant execute on function app.fold, app.sixteenth to partnered_team, partnered_views, partnered_contact;

-- Loads the extension: only then may its thresholds be set below.
select similarity('', '');

-- Partners that the words find, ids and ranks only, joined back under the policies: 1 the name begins with them, 2 a word of name or
-- domain does, 3 they stand somewhere in it, 4 among its people, 5 on a tag. Only when nothing holds them: what is spelled nearly so
-- (6 names, 8 tags, and where there are none, 7 people). The best `most`, or all when null. What the member does not see is never looked at.
-- One or two characters are looked for at the beginning of words alone, and among people only outside the Latin alphabet.
-- People are looked for in a sixteenth of them first: an index of words hands over all that match before the first can be taken.
-- Plans are made once: to weigh every word anew costs more than to look.
drop function if exists app.search_partners(text);
create or replace function app.search_partners(words text, most integer) returns table (id uuid, rank smallint)
  language plpgsql stable rows 200 security definer set search_path = app, public, pg_temp set pg_trgm.word_similarity_threshold = 0.6
  set plan_cache_mode = force_generic_plan as $$
declare
  folded constant text := app.fold(regexp_replace(trim(words), '\s+', ' ', 'g'));
  plain constant text := regexp_replace(folded, '([\\%_])', '\\\1', 'g');
  beginning constant text := '% ' || plain || '%';
  pattern constant text := case when length(plain) < 3 then beginning else '%' || plain || '%' end;
  people constant boolean := length(plain) > 2 or plain !~ '^[ -~]*$';
  hidden constant uuid[] := array(select app.hidden_partners());
  part constant text := app.sixteenth(app.org(), '00000000-0000-0000-0000-000000000000');
  got uuid[] := '{}';
  spelling text;
  near text;
begin
  if app.member() is null or folded = '' then
    return;
  end if;
  if most is null then
    return query
      select f.id, min(f.rank)::smallint from (
        select p.id, case when app.fold(p.legal_name) ~>=~ folded and app.fold(p.legal_name) ~<~ (folded || chr(1114111)) then 1
          when app.fold(' ' || p.legal_name || ' ' || coalesce(p.domain, '')) like beginning then 2 else 3 end as rank
        from partners p where p.org_id = app.org() and app.fold(' ' || p.legal_name || ' ' || coalesce(p.domain, '')) like pattern
        union all
        select c.partner_id, 4 from contacts c
          where people and c.org_id = app.org() and app.fold(' ' || c.name || ' ' || coalesce(c.email, '')) like pattern
        union all
        select pt.partner_id, 5 from tags t join partner_tags pt on pt.org_id = t.org_id and pt.tag_id = t.id
          where t.org_id = app.org() and t.archived_at is null and app.fold(' ' || t.name) like pattern) f
      where f.id not in (select unnest(hidden)) group by f.id;
    if found then
      return;
    end if;
  else
    -- One kind after the other, until there are enough: the next kind only comes after them.
    for kind in 1..6 loop
      for id in
        select it.id from (
          (select p.id from partners p
            where kind = 1 and p.org_id = app.org() and app.fold(p.legal_name) ~>=~ folded and app.fold(p.legal_name) ~<~ (folded || chr(1114111))
              and p.id not in (select unnest(hidden)) limit most)
          union all
          (select p.id from partners p
            where kind in (2, 3) and p.org_id = app.org()
              and app.fold(' ' || p.legal_name || ' ' || coalesce(p.domain, '')) like case kind when 2 then beginning else pattern end
              and p.id <> all (got) and p.id not in (select unnest(hidden)) limit most)
          union all
          (select c.partner_id from contacts c
            where kind = 4 and people and app.sixteenth(c.org_id, c.id) = part and app.fold(' ' || c.name || ' ' || coalesce(c.email, '')) like pattern
              and c.partner_id <> all (got) and c.partner_id not in (select unnest(hidden)) limit most)
          union all
          (select c.partner_id from contacts c
            where kind = 5 and people and c.org_id = app.org() and app.fold(' ' || c.name || ' ' || coalesce(c.email, '')) like pattern
              and c.partner_id <> all (got) and c.partner_id not in (select unnest(hidden)) limit most)
          union all
          (select pt.partner_id from tags t join partner_tags pt on pt.org_id = t.org_id and pt.tag_id = t.id
            where kind = 6 and t.org_id = app.org() and t.archived_at is null and app.fold(' ' || t.name) like pattern
              and pt.partner_id <> all (got) and pt.partner_id not in (select unnest(hidden)) limit most)) it
      loop
        continue when id = any (got);
        got := got || id;
        rank := case when kind < 5 then kind else kind - 1 end;
        return next;
        exit when cardinality(got) >= most;
      end loop;
      exit when cardinality(got) >= most;
    end loop;
    if got <> '{}' then
      return;
    end if;
  end if;
  if length(folded) not between 4 and 80 then
    return;
  end if;
  -- A letter that is wrong, missing or too many, first: so what many names share is found without weighing them all.
  -- From the end: as long as the slip is in the part before, the index knows that there is nothing.
  if length(folded) between 5 and 40 then
    for place in reverse length(folded)..1 loop
      spelling := '% ' || replace(regexp_replace(overlay(folded placing chr(1) from place for 1), '([\\%_])', '\\\1', 'g'), chr(1), '%') || '%';
      got := got || array(
        select p.id from partners p
        where p.org_id = app.org() and app.fold(' ' || p.legal_name || ' ' || coalesce(p.domain, '')) like spelling
          and word_similarity(folded, app.fold(' ' || p.legal_name || ' ' || coalesce(p.domain, ''))) >= 0.45
          and p.id <> all (got) and p.id not in (select unnest(hidden)) limit 60 - cardinality(got));
      exit when cardinality(got) = 60;
    end loop;
  end if;
  foreach near in array array['0.6', '0.45'] loop
    perform set_config('pg_trgm.word_similarity_threshold', near, true);
    return query
      select f.id, min(f.rank)::smallint from (
        (select g.id, 6 as rank from unnest(got) g(id))
        union all
        (select p.id, 6 from partners p
          where got = '{}' and p.org_id = app.org() and folded <% app.fold(' ' || p.legal_name || ' ' || coalesce(p.domain, ''))
            and p.id not in (select unnest(hidden)) limit 60)
        union all
        (select pt.partner_id, 8 from tags t join partner_tags pt on pt.org_id = t.org_id and pt.tag_id = t.id
          where t.org_id = app.org() and t.archived_at is null and folded <% app.fold(' ' || t.name)
            and pt.partner_id not in (select unnest(hidden)) limit 60)) f
      group by f.id;
    exit when found;
    got := array(
      select c.partner_id from contacts c
      where app.sixteenth(c.org_id, c.id) = part and folded <% app.fold(' ' || c.name || ' ' || coalesce(c.email, ''))
        and c.partner_id not in (select unnest(hidden)) limit 60);
    if cardinality(got) < 60 then
      got := array(
        select c.partner_id from contacts c
        where c.org_id = app.org() and folded <% app.fold(' ' || c.name || ' ' || coalesce(c.email, ''))
          and c.partner_id not in (select unnest(hidden)) limit 60);
    end if;
    return query select distinct f.id, 7::smallint from unnest(got) f(id);
    exit when found;
  end loop;
end $$;
grant execute on function app.search_partners to partnered_team;

-- Partners that might be the same company. Of one the member does not see, only what they typed comes back:
-- that its name and domain are taken.
create or replace function app.lookalikes(wanted_key text, wanted_domain text, wanted_email text)
  returns table (id uuid, slug text, legal_name text, name_key text, domain text, emails text[], owner_name text)
  language sql stable security definer set search_path = app, public, pg_temp set pg_trgm.similarity_threshold = 0.3
  begin atomic
    with near as (
      (select p.id from partners p where p.org_id = app.org() and p.name_key = wanted_key and wanted_key <> '' limit 20)
      union
      (select p.id from partners p where p.org_id = app.org() and p.domain = wanted_domain limit 20)
      union
      (select c.partner_id from contacts c where c.org_id = app.org() and lower(c.email) = lower(wanted_email) limit 20)
      union
      (select p.id from partners p
        where p.org_id = app.org() and length(wanted_key) >= 6 and p.name_key % wanted_key
        order by similarity(p.name_key, wanted_key) desc, p.id limit 20))
    select p.id, p.slug, p.legal_name, p.name_key, p.domain,
      coalesce((select array_agg(c.email) from (
        select c.email from contacts c
        where c.org_id = p.org_id and c.partner_id = p.id and c.email is not null
        order by lower(c.email) = lower(wanted_email) desc, c.is_main desc limit 20) c), '{}'),
      (select m.name from members m where m.org_id = p.org_id and m.id = p.owner_id)
    from partners p
    where p.org_id = app.org() and p.id in (select near.id from near) and app.can_see_partner(p.id)
    union all
    select null, null, null, p.name_key, p.domain, '{}', null
    from partners p
    where p.org_id = app.org() and p.name_key = wanted_key and p.domain = wanted_domain
      and app.changes_things() and not app.can_see_partner(p.id);
  end;
grant execute on function app.lookalikes to partnered_team;

-- The first free form of a slug: as wanted, or with -2, -3 ... An earlier slug of another partner is not free.
create or replace function app.free_slug(wanted text, for_partner uuid) returns text
  language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  candidate text := wanted;
  n integer := 1;
begin
  while exists (select from partners p where p.org_id = app.org() and p.slug = candidate and p.id <> for_partner)
    or exists (select from partner_slugs s where s.org_id = app.org() and s.slug = candidate and s.partner_id <> for_partner) loop
    n := n + 1;
    candidate := wanted || '-' || n;
  end loop;
  return candidate;
end $$;
grant execute on function app.free_slug to partnered_team;
