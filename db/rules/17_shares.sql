-- A share makes one thing visible to one partner. It is added and stopped, never rewritten.
create policy team_reads on shares for select to partnered_team
  using ((select app.member()) is not null and ((select app.reaches_all()) or partner_id not in (select app.hidden_partners())));
-- What was written for the team alone has no share, ever; a file has one when all of it is there.
create policy team_adds on shares for insert to partnered_team
  with check ((select app.changes_things()) and partner_id not in (select app.view_only_partners()) and shared_by = (select app.member())
    and (entry_id is null or exists (select from entries e
      where e.id = shares.entry_id and e.audience = 'partner' and e.deal_id is null))
    and (file_id is null or exists (select from files f
      where f.id = shares.file_id and f.completed_at is not null and f.removed_at is null)));
-- A running share is stopped, once, in the name of who stops it.
create policy team_stops on shares for update to partnered_team
  using ((select app.changes_things()) and partner_id not in (select app.view_only_partners()) and stopped_at is null)
  with check (stopped_by = (select app.member()));
-- A share undone within its ten seconds never happened.
create policy team_undoes on shares for delete to partnered_team
  using ((select app.changes_things()) and partner_id not in (select app.view_only_partners()) and effective_at > (select app.now()));
grant select on shares to partnered_team;
grant insert (org_id, id, partner_id, deal_id, entry_id, file_id, show_value, show_customer_contact, shared_by, shared_at, effective_at) on shares to partnered_team;
grant update (stopped_at, stopped_by) on shares to partnered_team;
grant delete on shares to partnered_team;

-- A contact's views look up the running shares of their own partner.
create policy portal_reads on shares for select to partnered_views
  using (partner_id = (select app.partner()) and stopped_at is null and (select app.contact_sees()) is not null);
grant select (org_id, id, partner_id, deal_id, entry_id, file_id, show_value, show_customer_contact, shared_by, shared_at, effective_at, stopped_at) on shares to partnered_views;

-- The wall's own copy on the thing itself, and the line on its timeline. What was undone in time leaves no line and no mail.
create or replace function app.keep_shared() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it shares := case when tg_op = 'DELETE' then old else new end;
  running shares;
begin
  select * into running from shares s
    where s.org_id = it.org_id and s.stopped_at is null and (s.deal_id = it.deal_id or s.entry_id = it.entry_id or s.file_id = it.file_id);
  if it.file_id is not null then
    update files set shared_from = running.effective_at where org_id = it.org_id and id = it.file_id;
    return null;
  end if;
  if it.deal_id is null then
    update entries set shared_from = running.effective_at where org_id = it.org_id and id = it.entry_id;
    -- A copy that was taken back in time never was.
    if tg_op = 'DELETE' then
      delete from entries e where e.org_id = it.org_id and e.id = it.entry_id and e.copy_of_id is not null
        and not exists (select from shares s where s.org_id = e.org_id and s.entry_id = e.id);
    end if;
    return null;
  end if;
  update deals set shared_from = running.effective_at, show_value = running.show_value, show_customer_contact = running.show_customer_contact
    where org_id = it.org_id and id = it.deal_id;
  if not found then
    return null;
  end if;
  if tg_op = 'INSERT' then
    if it.shared_by is not null then
      perform app.write_entry(it.org_id, it.partner_id, it.deal_id, 'shared', 'team', null, null, null);
    end if;
    return null;
  end if;
  if tg_op = 'DELETE' then
    delete from entries e
      where e.org_id = it.org_id and e.deal_id = it.deal_id and e.kind = 'shared' and e.member_id = it.shared_by and e.created_at = it.shared_at;
  else
    perform app.write_entry(it.org_id, it.partner_id, it.deal_id, 'stopped', 'team', null, null, null);
  end if;
  update outbox set state = 'dropped', error = 'The sharing was undone before this left.', updated_at = app.now()
    where org_id = it.org_id and deal_id = it.deal_id and kind = 'deal_shared' and state = 'due';
  return null;
end $$;
drop trigger if exists keep_shared on shares;
create trigger keep_shared after insert or update or delete on shares for each row when (not app.quiet()) execute function app.keep_shared();
