-- A member sees partners open to everyone and those they were picked for; admins see all.
create policy team_reads on partners for select to partnered_team
  using ((select app.member()) is not null and id not in (select app.hidden_partners()));
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
  archived_at, last_activity_at) on partners to partnered_team;
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
create trigger guard_decisions before update on partners for each row execute function app.guard_partner_decisions();

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
  using (id = (select app.partner()) and archived_at is null);
grant select (org_id, id, workspace, legal_name, owner_id, sees_deals, sees_value, sees_customer_contact, sees_notes, updates_deals, sends_deals, archived_at)
  on partners to partnered_views;

-- Names, domains, contacts and tags that hold the words; ids only, joined back under the policies.
create or replace function app.search_partners(words text) returns setof uuid
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select p.id from partners p
    where p.org_id = app.org() and app.member() is not null
      and p.id not in (select app.hidden_partners())
      and (
        lower(unaccent(p.legal_name)) like '%' || lower(unaccent(words)) || '%'
        or p.domain like '%' || lower(words) || '%'
        or exists (select from contacts c where c.org_id = p.org_id and c.partner_id = p.id
          and (lower(unaccent(c.name)) like '%' || lower(unaccent(words)) || '%' or lower(c.email) like '%' || lower(words) || '%'))
        or exists (select from partner_tags pt join tags t on t.org_id = pt.org_id and t.id = pt.tag_id
          where pt.org_id = p.org_id and pt.partner_id = p.id and lower(unaccent(t.name)) like '%' || lower(unaccent(words)) || '%'));
  end;
grant execute on function app.search_partners to partnered_team;
