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
    select count(*) into held from deals d where d.org_id = old.org_id and d.our_owner_id = old.id and d.outcome is null
      and (d.in_pipeline or d.answer = 'pending');
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

-- Whose names a contact may learn: the partner's owner, who owns, wrote or uploaded something they see, who invited them.
-- One look in an index for each of these members, however much there is of theirs; the looks are planned once.
create or replace function app.known_members() returns setof uuid
  language plpgsql stable security definer set search_path = app, public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  company constant uuid := app.org();
  mine constant uuid := app.partner();
  me constant uuid := app.contact();
  moment constant timestamptz := app.now();
  sees constant text := app.contact_sees();
  sees_deals constant boolean := app.permits('sees_deals');
  sees_notes constant boolean := app.permits('sees_notes');
  last uuid := '00000000-0000-0000-0000-000000000000';
begin
  if sees is null then
    return;
  end if;
  return query select p.owner_id from partners p where (p.org_id = company AND p.id = mine);
  return query select i.sent_by from invitations i where (i.org_id = company AND i.contact_id = me AND i.effective_at <= moment);
  loop
    select d.our_owner_id into last from deals d
      where (d.org_id = company AND d.partner_id = mine AND d.our_owner_id > last
        AND sees_deals AND d.shared_from <= moment AND (sees = 'all' or d.their_owner_id = me))
      order by d.our_owner_id limit 1;
    exit when last is null;
    return next last;
  end loop;
  last := '00000000-0000-0000-0000-000000000000';
  loop
    select e.member_id into last from entries e
      left join deals d on d.org_id = e.org_id and d.id = e.deal_id
      where (e.org_id = company AND e.partner_id = mine AND e.member_id > last AND e.audience = 'partner'
        AND case when e.deal_id is null then (sees_notes AND e.shared_from <= moment)
          else (sees_deals AND d.shared_from <= moment AND (sees = 'all' or d.their_owner_id = me)) end)
      order by e.member_id limit 1;
    exit when last is null;
    return next last;
  end loop;
  last := '00000000-0000-0000-0000-000000000000';
  loop
    select f.member_id into last from files f
      left join deals d on d.org_id = f.org_id and d.id = f.deal_id
      where (f.org_id = company AND f.partner_id = mine AND f.member_id > last AND sees_notes AND f.shared_from <= moment AND f.removed_at is null
        AND case when f.deal_id is null then true else (sees_deals AND d.shared_from <= moment AND (sees = 'all' or d.their_owner_id = me)) end)
      order by f.member_id limit 1;
    exit when last is null;
    return next last;
  end loop;
end $$;
grant execute on function app.known_members to partnered_views, partnered_contact;
-- A contact learns the names of members who own the partner or a deal they see, wrote something they see, or invited them.
-- Owners of deals are found by one look in an index each, under the rule of deals; only for others are all gathered.
create policy portal_reads on members for select to partnered_views using (
  (select true from deals d where d.our_owner_id = members.id limit 1) or id in (select app.known_members()));
grant select (org_id, id, name) on members to partnered_views;
