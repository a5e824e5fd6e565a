-- Files go with their partner. One that is still on its way in is seen by whoever is sending it, and nobody else.
create policy team_reads on files for select to partnered_team
  using ((select app.member()) is not null and partner_id not in (select app.hidden_partners())
    and (completed_at is not null or member_id = (select app.member())));
-- Whoever works with the partner adds files, in their own name. A new file is team only: what makes it visible is a share of this very file.
create policy team_adds on files for insert to partnered_team
  with check ((select app.changes_things()) and partner_id not in (select app.view_only_partners()) and member_id = (select app.member()));
-- They finish what they are sending, remove files and put them back.
create policy team_changes on files for update to partnered_team
  using ((select app.changes_things()) and partner_id not in (select app.view_only_partners())
    and (completed_at is not null or member_id = (select app.member())));
-- Only what was never finished is deleted, by whoever began it.
create policy team_gives_up on files for delete to partnered_team
  using ((select app.changes_things()) and partner_id not in (select app.view_only_partners())
    and completed_at is null and member_id = (select app.member()));
grant select on files to partnered_team;
grant insert (org_id, id, partner_id, deal_id, name, size, sha256, member_id, created_at) on files to partnered_team;
grant update (media_type, sha256, completed_at, removed_at) on files to partnered_team;
grant delete on files to partnered_team;

-- The bytes go with their file.
create policy team_reads on file_chunks for select to partnered_team
  using ((select true from files f where f.id = file_chunks.file_id));
-- Pieces come in as long as the file is not finished, each to its place, and nothing writes over them: what was summed up stays what it was.
create policy team_adds on file_chunks for insert to partnered_team
  with check ((select app.changes_things()) and exists (
    select from files f
    where f.id = file_chunks.file_id and f.completed_at is null and f.partner_id not in (select app.view_only_partners())
      and file_chunks.place < (f.size + 262143) / 262144));
grant select on file_chunks to partnered_team;
grant insert (org_id, file_id, place, bytes) on file_chunks to partnered_team;

-- A contact reads files that were shared with their partner, from the moment the share takes effect, while "Notes and files you share" is on.
-- A file on a deal is read by those who see the deal, never by more.
create policy portal_reads on files for select to partnered_views using (
  partner_id = (select app.partner())
  and shared_from <= (select app.now())
  and removed_at is null
  and (select app.permits('sees_notes'))
  and (select app.contact_sees()) is not null
  and (deal_id is null or (select true from deals d where d.id = files.deal_id)));
grant select (org_id, id, partner_id, deal_id, name, media_type, size, sha256, member_id, contact_id, shared_from, removed_at) on files to partnered_views;
-- The bytes of those files.
create policy portal_reads on file_chunks for select to partnered_views
  using ((select true from files f where f.id = file_chunks.file_id));
grant select on file_chunks to partnered_views;

-- A file that has come in wakes its partner.
create or replace function app.hear_file() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  update partners set last_activity_at = new.completed_at
    where org_id = new.org_id and id = new.partner_id and last_activity_at < new.completed_at;
  return null;
end $$;
drop trigger if exists hear_file on files;
create trigger hear_file after update of completed_at on files
  for each row when (old.completed_at is null and new.completed_at is not null and not app.quiet()) execute function app.hear_file();

-- What was not finished within a day goes whole. Of what was removed 30 days ago the bytes go; that it was there stays.
create or replace function app.clear_file(work uuid) returns void
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it files;
begin
  select f.* into it from due_work w join files f on f.org_id = w.org_id and f.id = w.record_id
    where w.id = work and w.task = 'clear_file' for update of f;
  if it.completed_at is null and it.created_at <= app.now() - interval '1 day' then
    delete from files where org_id = it.org_id and id = it.id;
  elsif it.removed_at <= app.now() - interval '30 days' then
    delete from file_chunks where org_id = it.org_id and file_id = it.id;
  end if;
end $$;
