-- The team knows each other; admins decide who is on it.
create policy team_reads on members for select to partnered_team using ((select app.member()) is not null);
create policy admin_adds on members for insert to partnered_team with check ((select app.team_role()) = 'admin');
create policy admin_changes on members for update to partnered_team using ((select app.team_role()) = 'admin');
grant select (org_id, id, name, email, role, created_at, deactivated_at, version) on members to partnered_team;
grant insert (org_id, id, person_id, name, email, role, created_at) on members to partnered_team;
grant update (name, role, deactivated_at) on members to partnered_team;

-- A company always keeps an admin, and nobody leaves with open deals in their hands.
create or replace function app.guard_member() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  held integer;
begin
  if new.deactivated_at is not null and old.deactivated_at is null then
    select count(*) into held from deals d where d.org_id = old.org_id and d.our_owner_id = old.id and d.outcome is null;
    if held > 0 then
      raise exception '% owns % open %. Give them to someone else first.', old.name, held, case held when 1 then 'deal' else 'deals' end
        using errcode = 'P0422', column = 'deactivated';
    end if;
  end if;
  if old.role = 'admin' and old.deactivated_at is null and (new.role <> 'admin' or new.deactivated_at is not null) then
    -- One at a time, or two admins could take each other off at the same moment.
    perform 1 from organizations o where o.org_id = old.org_id for no key update;
    if not exists (select from members m where m.org_id = old.org_id and m.id <> old.id and m.role = 'admin' and m.deactivated_at is null) then
      raise exception '% is the only admin. Make someone else an admin first.', old.name
        using errcode = 'P0422', column = case when new.deactivated_at is not null then 'deactivated' else 'role' end;
    end if;
  end if;
  return new;
end $$;
drop trigger if exists guard_member on members;
create trigger guard_member before update on members for each row execute function app.guard_member();

-- A contact learns the names of the members who own or wrote something they see, and the partner's owner.
create policy portal_reads on members for select to partnered_views using (
  exists (select from partners p where p.org_id = members.org_id and p.id = (select app.partner()) and p.owner_id = members.id)
  or exists (select from deals d where d.org_id = members.org_id and d.partner_id = (select app.partner()) and d.our_owner_id = members.id)
  or exists (select from entries e where e.org_id = members.org_id and e.partner_id = (select app.partner()) and e.member_id = members.id)
  or exists (select from invitations i where i.org_id = members.org_id and i.contact_id = (select app.contact()) and i.sent_by = members.id));
grant select (org_id, id, name) on members to partnered_views;
