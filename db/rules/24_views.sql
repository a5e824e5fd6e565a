-- Saved views: a member's own, and those that are shared with the team. A removed one is seen only by who may bring it back.

-- A member sees their own views and those that the team shares.
create policy team_reads on views for select to partnered_team
  using ((select app.member()) is not null and (member_id = (select app.member()) or (shared and (removed_at is null or (select app.team_role()) = 'admin'))));
-- Everyone keeps views of their own; members and admins share them.
create policy own_adds on views for insert to partnered_team
  with check (member_id = (select app.member()) and (not shared or (select app.changes_things())));
-- A view is changed by its maker, and a shared one by an admin too.
create policy maker_changes on views for update to partnered_team
  using (member_id = (select app.member()) or (shared and (select app.team_role()) = 'admin'))
  with check (not shared or (select app.changes_things()));
grant select, insert on views to partnered_team;
grant update (name, query, shared, removed_at) on views to partnered_team;

-- Each member pins views that they see to their own sidebar.
create policy own_reads on view_pins for select to partnered_team using (member_id = (select app.member()));
create policy own_adds on view_pins for insert to partnered_team
  with check (member_id = (select app.member()) and view_id in (select v.id from views v));
create policy own_removes on view_pins for delete to partnered_team using (member_id = (select app.member()));
grant select, insert, delete on view_pins to partnered_team;

-- Views that ask for a tag ask for what it becomes, whoever's they are: by an admin who merges it, as part of that act, so that undoing it
-- brings back what they asked. A view that asks for both asks once.
create or replace function app.lead_views_on(old_tag uuid, new_tag uuid) returns void
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if app.act() is null or app.team_role() is distinct from 'admin' then
    raise exception 'An admin does this, when tags are merged.' using errcode = '42501';
  end if;
  update views v set query = case
      when strpos(v.query, new_tag::text) > 0 then regexp_replace(v.query, format('%1$s(%%2C|,)|(%%2C|,)%1$s', old_tag), '')
      else replace(v.query, old_tag::text, new_tag::text) end
    where v.org_id = app.org() and strpos(v.query, old_tag::text) > 0;
end $$;
grant execute on function app.lead_views_on to partnered_team;

-- Five views are pinned at most: a sidebar is not a second list.
create or replace function app.guard_pins() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if (select count(*) from view_pins p where p.org_id = new.org_id and p.member_id = new.member_id) >= 5 then
    raise exception 'Five views are pinned already. Unpin one first.' using errcode = 'P0422', column = 'pinned';
  end if;
  return new;
end $$;
drop trigger if exists guard_pins on view_pins;
create trigger guard_pins before insert on view_pins for each row execute function app.guard_pins();
