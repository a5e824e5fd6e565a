-- Contacts go with their partner: seen with it, changed by who may work with it.
create policy team_reads on contacts for select to partnered_team
  using ((select app.member()) is not null and ((select app.reaches_all()) or partner_id not in (select app.hidden_partners())));
create policy team_adds on contacts for insert to partnered_team
  with check ((select app.changes_things()) and partner_id not in (select app.view_only_partners()));
create policy team_changes on contacts for update to partnered_team
  using ((select app.changes_things()) and partner_id not in (select app.view_only_partners()));
grant select (org_id, id, partner_id, name, email, phone, title, role, is_main, sees, confirmed_at, left_at, access_removed_at, last_seen_at, created_at, updated_at, version, person_id) on contacts to partnered_team;
grant insert (org_id, id, partner_id, name, email, phone, title, role, is_main, sees, confirmed_at, created_at) on contacts to partnered_team;
grant update (name, email, phone, title, role, is_main, sees, confirmed_at, left_at, access_removed_at) on contacts to partnered_team;

-- A contact sees the people of their own company here, and nobody else's.
create policy portal_reads on contacts for select to partnered_views
  -- `is true`, so that one contact is looked up by their id, not along an index of all of the partner's.
  using ((partner_id = (select app.partner())) is true and (select app.contact_sees()) is not null);
grant select (org_id, id, partner_id, name, email, role, is_main, sees, person_id, left_at, access_removed_at) on contacts to partnered_views;
-- A contact reads the names of the roles that people of their own company have.
create policy portal_reads on contact_roles for select to partnered_views
  using (key in (select c.role from contacts c));
grant select (org_id, id, key, name) on contact_roles to partnered_views;

-- Whoever left is nobody's main contact. Access belongs to an address that was proven: with another one it ends.
create or replace function app.keep_contact() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  new.is_main := new.is_main and new.left_at is null;
  if lower(new.email) is distinct from lower(old.email) then
    new.person_id := null;
  end if;
  return new;
end $$;
drop trigger if exists keep_contact on contacts;
create trigger keep_contact before update of email, left_at, is_main on contacts for each row when (not app.quiet()) execute function app.keep_contact();

-- Whoever left owns no open deal. Invitations and mails that are on their way to someone who left, or to an address that is no longer
-- theirs, arrive nowhere. What was said and done stays theirs.
create or replace function app.let_go() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if new.left_at is not null then
    update deals set their_owner_id = null where org_id = new.org_id and their_owner_id = new.id and outcome is null;
  end if;
  update invitations set withdrawn_at = app.now()
    where org_id = new.org_id and contact_id = new.id and withdrawn_at is null and accepted_at is null;
  update outbox set state = 'dropped', error = case when new.left_at is not null then 'They left before this was due.' else 'Their address changed before this was due.' end,
      updated_at = app.now()
    where org_id = new.org_id and contact_id = new.id and state = 'due' and (new.left_at is not null or kind = 'invitation');
  return null;
end $$;
drop trigger if exists let_go on contacts;
create trigger let_go after update of email, left_at on contacts for each row
  when (not app.quiet() and ((new.left_at is not null and old.left_at is null) or lower(new.email) is distinct from lower(old.email)))
  execute function app.let_go();
