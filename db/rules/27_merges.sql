-- Two partners that are one company become one.

-- Everything of one partner goes to the other, and the one is gone; its people, deals, words and files stay who and what they were.
-- A person known at both, by their address, becomes one contact: with the narrower rights of the two.
-- `taken`: the columns whose value comes from the partner that goes. For who may decide on both; only as an act, so that it can be taken back.
create or replace function app.merge_partners(keep uuid, gone uuid, taken text[]) returns void
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  org constant uuid := app.org();
  old_slug text;
  -- Contacts of the one that goes, each with the contact that they are at the other.
  folded jsonb;
begin
  if keep = gone or not app.can_see_partner(keep) or not app.can_see_partner(gone)
    or not exists (select from partners p where p.org_id = org and p.id = keep)
    or not exists (select from partners p where p.org_id = org and p.id = gone) then
    raise exception 'Not found.' using errcode = 'P0404';
  end if;
  if not (app.can_decide_on(keep) and app.can_decide_on(gone)) then
    raise exception 'Only an admin or the owner of both merges them.' using errcode = '42501';
  end if;
  if app.act() is null then
    raise exception 'A merge is an act.' using errcode = '42501';
  end if;
  perform from partners p where p.org_id = org and p.id in (keep, gone) order by p.id for update;
  perform set_config('app.quiet', 'yes', true);
  set constraints all deferred;

  select coalesce(jsonb_object_agg(g.id, k.id), '{}') into folded from contacts g join contacts k on k.org_id = g.org_id and k.partner_id = keep and lower(k.email) = lower(g.email)
    where g.org_id = org and g.partner_id = gone and g.left_at is null and k.left_at is null;
  update contacts k set
      phone = coalesce(k.phone, g.phone), title = coalesce(k.title, g.title), role = coalesce(k.role, g.role),
      person_id = coalesce(k.person_id, g.person_id),
      sees = case when 'own' in (k.sees, g.sees) then 'own' else 'all' end,
      access_removed_at = coalesce(k.access_removed_at, g.access_removed_at),
      confirmed_at = greatest(k.confirmed_at, g.confirmed_at), last_seen_at = greatest(k.last_seen_at, g.last_seen_at)
    from contacts g
    where g.org_id = org and g.id::text in (select jsonb_object_keys(folded)) and k.org_id = org and k.id = (folded ->> g.id::text)::uuid;

  update contacts c set partner_id = keep,
      is_main = c.is_main and not exists (select from contacts k where k.org_id = org and k.partner_id = keep and k.is_main)
    where c.org_id = org and c.partner_id = gone and not folded ? c.id::text;
  update deals d set partner_id = keep,
      their_owner_id = coalesce((folded ->> d.their_owner_id::text)::uuid, d.their_owner_id),
      answered_by = coalesce((folded ->> d.answered_by::text)::uuid, d.answered_by),
      turn_by = coalesce((folded ->> d.turn_by::text)::uuid, d.turn_by),
      sent_by_id = coalesce((folded ->> d.sent_by_id::text)::uuid, d.sent_by_id)
    where d.org_id = org and d.partner_id = gone;
  update entries e set partner_id = keep, contact_id = coalesce((folded ->> e.contact_id::text)::uuid, e.contact_id)
    where e.org_id = org and e.partner_id = gone;
  update files i set partner_id = keep, contact_id = coalesce((folded ->> i.contact_id::text)::uuid, i.contact_id)
    where i.org_id = org and i.partner_id = gone;
  update shares s set partner_id = keep where s.org_id = org and s.partner_id = gone;
  update invitations i set partner_id = keep, contact_id = coalesce((folded ->> i.contact_id::text)::uuid, i.contact_id)
    where i.org_id = org and i.partner_id = gone;
  update notifications n set partner_id = keep, contact_id = coalesce((folded ->> n.contact_id::text)::uuid, n.contact_id)
    where n.org_id = org and n.partner_id = gone;
  update outbox o set partner_id = keep, contact_id = coalesce((folded ->> o.contact_id::text)::uuid, o.contact_id)
    where o.org_id = org and o.partner_id = gone;
  -- How each is told by mail: of two choices of one person the quieter one, whose links keep working; a deal stays muted, a partner only where both were.
  update contact_notices n set contact_id = (folded ->> n.contact_id::text)::uuid where n.org_id = org and folded ? n.contact_id::text;
  perform app.wake(org, 'tell_contact', f.value::uuid, app.now()) from jsonb_each_text(folded) f
    where exists (select from contact_notices n where n.org_id = org and n.contact_id = f.value::uuid and n.told_at is null);
  update mail_links l set contact_id = coalesce((folded ->> l.contact_id::text)::uuid, l.contact_id), partner_id = case l.partner_id when gone then keep else l.partner_id end
    where l.org_id = org and (l.partner_id = gone or folded ? l.contact_id::text);
  insert into contact_choices as k (org_id, contact_id, choice)
    select c.org_id, (folded ->> c.contact_id::text)::uuid, c.choice from contact_choices c where c.org_id = org and folded ? c.contact_id::text
    on conflict (org_id, contact_id) do update set choice = excluded.choice
      where array_position(array['asked', 'weekly', 'only_asked', 'none'], k.choice) < array_position(array['asked', 'weekly', 'only_asked', 'none'], excluded.choice);
  update mutes u set partner_id = keep where u.org_id = org and u.partner_id = gone and u.deal_id is not null;
  insert into partner_tags (org_id, partner_id, tag_id)
    select t.org_id, keep, t.tag_id from partner_tags t where t.org_id = org and t.partner_id = gone
    on conflict do nothing;
  update custom_values v set partner_id = keep
    where v.org_id = org and v.partner_id = gone
      and not exists (select from custom_values k where k.org_id = org and k.partner_id = keep and k.field_id = v.field_id);

  -- Earlier addresses, and the one it has now, lead to what it became.
  update partner_slugs s set partner_id = keep where s.org_id = org and s.partner_id = gone;
  select p.slug into old_slug from partners p where p.org_id = org and p.id = gone;
  update merged_records m set partner_id = keep, contact_id = coalesce((folded ->> m.contact_id::text)::uuid, m.contact_id)
    where m.org_id = org and m.partner_id = gone;
  insert into merged_records (org_id, old_id, partner_id, contact_id, workspace, act_id)
    select org, p.id, keep, null, p.workspace, app.act() from partners p where p.org_id = org and p.id = gone;
  insert into merged_records (org_id, old_id, partner_id, contact_id, act_id)
    select org, f.key::uuid, keep, f.value::uuid, app.act() from jsonb_each_text(folded) f;

  update partners k set
      legal_name = case when 'legal_name' = any (taken) then g.legal_name else k.legal_name end,
      name_key = case when 'legal_name' = any (taken) then g.name_key else k.name_key end,
      type = case when 'type' = any (taken) then g.type else k.type end,
      status = case when 'status' = any (taken) then g.status else k.status end,
      website = case when 'website' = any (taken) then g.website else k.website end,
      domain = case when 'website' = any (taken) then g.domain else k.domain end,
      phone = case when 'phone' = any (taken) then g.phone else k.phone end,
      description = case when 'description' = any (taken) then g.description else k.description end,
      agreement_signed = case when 'agreement_signed' = any (taken) then g.agreement_signed else k.agreement_signed end,
      owner_id = case when 'owner' = any (taken) then g.owner_id else k.owner_id end,
      works_via = case when 'portal' in (k.works_via, g.works_via) then 'portal' else k.works_via end,
      last_activity_at = greatest(k.last_activity_at, g.last_activity_at)
    from partners g
    where k.org_id = org and k.id = keep and g.org_id = org and g.id = gone;
  -- What is left goes before its partner: taken back, it comes after it.
  delete from contact_choices c where c.org_id = org and folded ? c.contact_id::text;
  delete from mutes u where u.org_id = org and u.partner_id = gone;
  delete from contacts c where c.org_id = org and folded ? c.id::text;
  delete from partner_tags t where t.org_id = org and t.partner_id = gone;
  delete from partner_members m where m.org_id = org and m.partner_id = gone;
  delete from custom_values v where v.org_id = org and v.partner_id = gone;
  -- Who is another company than the one that goes is another one than what it becomes.
  insert into different_partners (org_id, one_id, other_id, member_id, created_at)
    select org, least(keep, a.id), greatest(keep, a.id), a.member_id, a.created_at
    from (select case d.one_id when gone then d.other_id else d.one_id end as id, d.member_id, d.created_at
      from different_partners d where d.org_id = org and gone in (d.one_id, d.other_id)) a
    where a.id <> keep
    on conflict do nothing;
  delete from different_partners d where d.org_id = org and gone in (d.one_id, d.other_id);
  delete from partners p where p.org_id = org and p.id = gone;
  insert into partner_slugs (org_id, slug, partner_id) values (org, old_slug, keep)
    on conflict (org_id, slug) do update set partner_id = excluded.partner_id;

  set constraints all immediate;
  perform set_config('app.quiet', '', true);
end $$;
grant execute on function app.merge_partners to partnered_team;

-- "This is a different company": remembered by whoever works with one of the two and sees the other.
create policy team_reads on different_partners for select to partnered_team
  using ((select app.member()) is not null and one_id not in (select app.hidden_partners()) and other_id not in (select app.hidden_partners()));
create policy team_adds on different_partners for insert to partnered_team
  with check ((select app.changes_things()) and member_id = (select app.member())
    and one_id not in (select app.hidden_partners()) and other_id not in (select app.hidden_partners())
    and (one_id not in (select app.view_only_partners()) or other_id not in (select app.view_only_partners())));
create policy team_removes on different_partners for delete to partnered_team
  using ((select app.changes_things())
    and one_id not in (select app.hidden_partners()) and other_id not in (select app.hidden_partners())
    and (one_id not in (select app.view_only_partners()) or other_id not in (select app.view_only_partners())));
grant select, insert, delete on different_partners to partnered_team;

-- The partner that most looks like this one, by website, name or an email of its people: only for who may work with this one, never one
-- that they do not see, that is archived, or that somebody said is another company.
create or replace function app.twin_of(which uuid) returns table (id uuid, slug text, legal_name text, why text)
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    with it as (
      select p.org_id, p.id, p.name_key, p.domain from partners p where p.org_id = app.org() and p.id = which and app.can_work_with(p.id)),
    near as (
      (select p.id, 1 as place, 'same website' as sign from it join partners p on p.org_id = it.org_id and p.domain = it.domain where p.id <> it.id limit 50)
      union all
      (select p.id, 2, 'same name' from it join partners p on p.org_id = it.org_id and p.name_key = it.name_key where p.id <> it.id and it.name_key <> '' limit 50)
      union all
      (select distinct c.partner_id, 3, 'same email' from it
        join contacts mine on mine.org_id = it.org_id and mine.partner_id = it.id and mine.left_at is null
        join contacts c on c.org_id = mine.org_id and lower(c.email) = lower(mine.email) and c.left_at is null
        where c.partner_id <> it.id limit 50))
    select p.id, p.slug, p.legal_name, string_agg(near.sign, ', ' order by near.place)
    from near join partners p on p.org_id = app.org() and p.id = near.id
    where p.archived_at is null and p.id not in (select app.hidden_partners())
      and not exists (select from different_partners d
        where d.org_id = p.org_id and d.one_id = least(p.id, which) and d.other_id = greatest(p.id, which))
    group by p.id, p.slug, p.legal_name
    order by count(*) desc, min(near.place), p.legal_name, p.id
    limit 1;
  end;
grant execute on function app.twin_of to partnered_team;
