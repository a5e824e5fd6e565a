-- The timeline goes with its partner.
create policy team_reads on entries for select to partnered_team
  using ((select app.member()) is not null and ((select app.reaches_all()) or partner_id not in (select app.hidden_partners())));
-- What is said to the partner on a deal is said while the deal is shared. Team only stays team only.
create policy team_adds on entries for insert to partnered_team
  with check ((select app.changes_things()) and partner_id not in (select app.view_only_partners()) and member_id = (select app.member())
    and kind in ('comment', 'note', 'call', 'email')
    and (audience = 'team' or deal_id is null
      or exists (select from deals d where d.id = entries.deal_id and d.shared_from is not null)));
-- Whoever wrote a comment or a note says it better or takes it back, and nobody else does: its words and that it was removed are all that can
-- be changed. What was taken back stays so.
create policy team_rewrites on entries for update to partnered_team
  using ((select app.changes_things()) and partner_id not in (select app.view_only_partners()) and member_id = (select app.member())
    and kind in ('comment', 'note', 'call', 'email') and removed_at is null)
  with check (true);
grant select on entries to partnered_team;
grant update (body, removed_at) on entries to partnered_team;
grant insert (org_id, id, partner_id, deal_id, kind, audience, body, needs_answer, member_id, copy_of_id, created_at) on entries to partnered_team;

-- A contact reads what was said to them on deals they see, and notes that were shared.
-- "Team only" is a word on the row that no policy opens.
create policy portal_reads on entries for select to partnered_views using (
  partner_id = (select app.partner())
  and audience = 'partner'
  and (select app.contact_sees()) is not null
  and (
    (select true from deals d where d.id = entries.deal_id)
    or (shared_from <= (select app.now()) and (select app.permits('sees_notes')))));
-- With "Update deals" on they comment on deals they see, as themselves, to both sides; with "Send you deals" on what they sent and nobody took.
create policy portal_adds on entries for insert to partnered_views with check (
  partner_id = (select app.partner())
  and audience = 'partner' and kind = 'comment' and member_id is null
  and contact_id = (select app.contact())
  and exists (select from deals d where d.id = entries.deal_id
    and ((select app.permits('updates_deals')) or (not d.in_pipeline and (select app.permits('sends_deals'))))));
-- And say it better or take it back, as long as they may comment there.
create policy portal_rewrites on entries for update to partnered_views
  using (
    audience = 'partner' and kind = 'comment' and removed_at is null
    and contact_id = (select app.contact())
    and exists (select from deals d where d.id = entries.deal_id
      and ((select app.permits('updates_deals')) or (not d.in_pipeline and (select app.permits('sends_deals'))))))
  with check (true);
grant select (org_id, id, partner_id, deal_id, kind, audience, body, from_value, to_value, member_id, contact_id, shared_from, created_at, edited_at, removed_at) on entries to partnered_views;
grant update (body, removed_at) on entries to partnered_views;
grant insert (id, deal_id, body) on entries to partnered_views;

-- A contact says who they are by being signed in, not by filling it in.
create or replace function app.fill_entry() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if app.contact() is not null and new.org_id is null then
    new.org_id := app.org();
    new.partner_id := app.partner();
    new.contact_id := app.contact();
    new.kind := 'comment';
    new.audience := 'partner';
    new.created_at := app.now();
  end if;
  new.updated_at := coalesce(new.updated_at, app.now());
  return new;
end $$;
drop trigger if exists a_fill_entry on entries;
create trigger a_fill_entry before insert on entries for each row execute function app.fill_entry();

-- How it read before stays with the team; of what was taken back no words are left. The log keeps that both happened.
create or replace function app.rewrite_entry() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if old.removed_at is not null then
    raise exception 'This was removed already.' using errcode = 'P0409';
  end if;
  if new.removed_at is not null then
    new.removed_at := app.now();
    new.body := null;
    delete from entry_versions v where v.org_id = old.org_id and v.entry_id = old.id;
    return new;
  end if;
  if coalesce(new.body, '') = '' then
    raise exception 'Write something, or remove it.' using errcode = 'P0422', column = 'body';
  end if;
  new.edited_at := app.now();
  insert into entry_versions (org_id, id, entry_id, body, at)
  values (old.org_id, gen_random_uuid(), old.id, old.body, coalesce(old.edited_at, old.created_at));
  return new;
end $$;
drop trigger if exists rewrite_entry on entries;
create trigger rewrite_entry before update of body, removed_at on entries for each row
  when (not app.quiet() and (new.body is distinct from old.body or new.removed_at is distinct from old.removed_at)) execute function app.rewrite_entry();

-- The team reads how a line read before; the partner only how it reads now.
create policy team_reads on entry_versions for select to partnered_team
  using (exists (select from entries e where e.id = entry_versions.entry_id));
grant select on entry_versions to partnered_team;

-- What is said wakes the deal and the partner, turns the turn, and reaches the owner's inbox once.
create or replace function app.hear_entry() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  owner uuid;
begin
  update partners set last_activity_at = new.created_at
    where org_id = new.org_id and id = new.partner_id and last_activity_at < new.created_at;
  if new.deal_id is not null then
    update deals set
      last_activity_at = greatest(last_activity_at, new.created_at),
      shown_activity_at = case when new.audience = 'partner' then greatest(shown_activity_at, new.created_at) else shown_activity_at end,
      turn_why = case when new.kind <> 'comment' or new.audience <> 'partner' then turn_why
        when new.contact_id is not null then 'commented' when new.needs_answer then 'asked' else turn_why end
    where org_id = new.org_id and id = new.deal_id;
  end if;
  if new.contact_id is not null then
    -- Of a deal that is over the owner may have left.
    select coalesce((select m.id from deals d join members m on m.org_id = d.org_id and m.id = d.our_owner_id and m.deactivated_at is null
                      where d.org_id = new.org_id and d.id = new.deal_id),
                    (select p.owner_id from partners p where p.org_id = new.org_id and p.id = new.partner_id)) into owner;
    if owner is not null then
      insert into notifications (org_id, id, member_id, kind, partner_id, deal_id, entry_id, contact_id, key, created_at)
      values (new.org_id, gen_random_uuid(), owner, new.kind, new.partner_id, new.deal_id, new.id, new.contact_id, new.id::text, new.created_at)
      on conflict (org_id, member_id, key) do nothing;
    end if;
  end if;
  return null;
end $$;
drop trigger if exists hear_entry on entries;
create trigger hear_entry after insert on entries for each row when (not app.quiet()) execute function app.hear_entry();

-- Mentions go with their line.
create policy team_reads on mentions for select to partnered_team
  using (exists (select from entries e where e.id = mentions.entry_id));
-- Whoever writes a line mentions colleagues in it who see the partner; nobody else learns of it.
create policy team_adds on mentions for insert to partnered_team
  with check ((select app.changes_things()) and exists (select from entries e
    where e.id = mentions.entry_id and e.member_id = (select app.member()) and e.partner_id not in (select app.view_only_partners())
      and mentions.member_id in (select app.members_who_see(e.partner_id))));
grant select, insert on mentions to partnered_team;

-- A mention reaches the inbox of whoever is mentioned, once; one of oneself does not.
create or replace function app.hear_mention() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  insert into notifications (org_id, id, member_id, kind, partner_id, deal_id, entry_id, key, created_at)
  select e.org_id, gen_random_uuid(), new.member_id, 'mention', e.partner_id, e.deal_id, e.id, 'mention:' || e.id, e.created_at
  from entries e where e.org_id = new.org_id and e.id = new.entry_id and e.member_id is distinct from new.member_id
  on conflict (org_id, member_id, key) do nothing;
  return null;
end $$;
drop trigger if exists hear_mention on mentions;
create trigger hear_mention after insert on mentions for each row when (not app.quiet()) execute function app.hear_mention();
