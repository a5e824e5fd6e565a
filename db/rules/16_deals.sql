-- Deals go with their partner.
create policy team_reads on deals for select to partnered_team
  using ((select app.member()) is not null and ((select app.reaches_all()) or partner_id not in (select app.hidden_partners())));
create policy team_adds on deals for insert to partnered_team
  with check ((select app.changes_things()) and partner_id not in (select app.view_only_partners()));
create policy team_changes on deals for update to partnered_team
  using ((select app.changes_things()) and partner_id not in (select app.view_only_partners()));
grant select on deals to partnered_team;
grant insert (org_id, id, ref, partner_id, kind, direction, customer_company, customer_domain, customer_contact_name, customer_contact_email,
  customer_contact_phone, value_minor, currency, expected_close, ask, our_owner_id, their_owner_id, stage, created_by, created_at,
  last_activity_at, stage_since, turn_since, outcome, outcome_at, next_step, import_id) on deals to partnered_team;
grant update (customer_company, customer_domain, customer_contact_name, customer_contact_email, customer_contact_phone, value_minor, currency,
  expected_close, ask, our_owner_id, their_owner_id, stage, next_step, paused_until, paused_why, outcome, outcome_reason) on deals to partnered_team;

-- A contact reads deals shared with their partner, from the moment the share takes effect:
-- all of them, or only those they own; none when "Deals you share" is off.
create policy portal_reads on deals for select to partnered_views using (
  partner_id = (select app.partner())
  and shared_from <= (select app.now())
  and (select app.permits('sees_deals'))
  and ((select app.contact_sees()) = 'all' or ((select app.contact_sees()) = 'own' and their_owner_id = (select app.contact()))));
-- With "Update deals" on they answer and move them.
create policy portal_changes on deals for update to partnered_views using (
  partner_id = (select app.partner())
  and shared_from <= (select app.now())
  and outcome is null and in_pipeline
  and (select app.permits('sees_deals')) and (select app.permits('updates_deals'))
  and ((select app.contact_sees()) = 'all' or ((select app.contact_sees()) = 'own' and their_owner_id = (select app.contact()))));
grant select (org_id, id, ref, partner_id, kind, direction, customer_company, customer_contact_name, customer_contact_email, customer_contact_phone,
  value_minor, currency, expected_close, ask, our_owner_id, their_owner_id, turn, turn_since, turn_why, paused_until, answer, answered_at, answer_reason, in_pipeline, stage, stage_since,
  outcome, outcome_at, shared_from, show_value, show_customer_contact, last_activity_at, version) on deals to partnered_views;
grant update (answer, answer_reason, stage) on deals to partnered_views;

-- Whose turn it is after something happened on a deal: the one table. Null leaves it as it is.
create or replace function app.turn_after(what text) returns text
  language sql immutable
  return case what
    when 'shared' then 'them'
    when 'accepted' then 'them' -- They accepted what we gave.
    when 'declined' then 'us'
    when 'commented' then 'us' -- They said or asked something.
    when 'changed' then 'us' -- They changed something.
    when 'asked' then 'them' -- We need an answer, or ask for something else.
    when 'sent' then 'us'
    when 'taken' then 'us' -- We accepted what they sent: of every kind the work is ours first.
    when 'refused' then 'nobody'
    when 'paused' then 'nobody'
    when 'closed' then 'nobody'
    when 'reopened' then 'us'
    when 'not_shared' then 'us'
  end;

-- Times and whose turn it is follow every change, whoever makes it.
create or replace function app.keep_deal() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  they constant boolean := app.contact() is not null;
  what text;
begin
  if new.answer is distinct from old.answer then
    if they <> (old.direction = 'given') then
      raise exception 'The other side answers this deal.' using errcode = '42501';
    end if;
    if old.answer <> 'pending' then
      raise exception 'This deal was answered already.' using errcode = 'P0409';
    end if;
    new.answered_at := app.now();
    new.answered_by := coalesce(app.contact(), app.member());
    what := case when they then new.answer when new.answer = 'accepted' then 'taken' else 'refused' end;
    new.in_pipeline := new.direction = 'given' or new.answer = 'accepted';
  elsif new.answer_reason is distinct from old.answer_reason then
    raise exception 'This deal was answered already.' using errcode = 'P0409';
  end if;
  if new.stage is distinct from old.stage then
    new.stage_since := app.now();
    if they then
      what := coalesce(what, 'changed');
    end if;
  end if;
  if not they and new.ask is distinct from old.ask then
    what := coalesce(what, 'asked');
  end if;
  -- Said by a line of the timeline.
  if new.turn_why is distinct from old.turn_why then
    what := coalesce(what, new.turn_why);
    new.turn_why := old.turn_why;
  end if;
  if (new.shared_from is null) <> (old.shared_from is null) then
    what := case when new.shared_from is not null then 'shared' else 'not_shared' end;
  elsif new.shared_from is null then
    what := null;
  end if;
  if old.paused_until is null and new.paused_until is not null then
    if new.outcome is not null or old.turn = 'nobody' then
      raise exception 'Only a deal that is somebody''s turn can be paused.' using errcode = 'P0422', column = 'paused_until';
    end if;
    new.paused_turn := old.turn;
    new.paused_turn_why := old.turn_why;
    what := 'paused';
  end if;
  if new.outcome is distinct from old.outcome then
    new.outcome_at := case when new.outcome is not null then app.now() end;
    what := case when new.outcome is not null then 'closed' when new.shared_from is null then 'not_shared' else 'reopened' end;
    if new.outcome is null then
      new.outcome_reason := null;
      -- Whoever left meanwhile owns no open deal.
      if exists (select from contacts c where c.org_id = new.org_id and c.id = new.their_owner_id and c.left_at is not null) then
        new.their_owner_id := null;
      end if;
    end if;
  elsif new.outcome is not null then
    what := null;
  end if;
  -- The end of a pause gives the turn back; what turns it meanwhile ends the pause.
  if old.paused_until is not null and new.paused_until is null and what is null then
    new.turn := old.paused_turn;
    new.turn_why := old.paused_turn_why;
  elsif what is not null and (app.turn_after(what) <> old.turn or what in ('accepted', 'taken')) then
    new.turn := app.turn_after(what);
    new.turn_why := what;
    if what in ('accepted', 'taken') then
      new.turn_since := app.now();
    end if;
  end if;
  if new.turn is distinct from old.turn then
    new.turn_since := app.now();
    if new.turn_why <> 'paused' then
      new.paused_until := null;
      new.paused_why := null;
      new.paused_turn := null;
      new.paused_turn_why := null;
    end if;
  end if;
  if (new.answer, new.stage, new.outcome, new.our_owner_id, new.their_owner_id, new.shared_from, new.ask) is distinct from
     (old.answer, old.stage, old.outcome, old.our_owner_id, old.their_owner_id, old.shared_from, old.ask) then
    new.last_activity_at := app.now();
  end if;
  return new;
end $$;
drop trigger if exists keep_deal on deals;
create trigger keep_deal before update on deals for each row when (not app.quiet()) execute function app.keep_deal();

-- How a deal begins: nothing is shared yet, or they sent it.
create or replace function app.begin_deal() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  -- What an import brings was settled elsewhere.
  if new.direction = 'received' and new.import_id is not null then
    new.answer := 'accepted';
  end if;
  new.in_pipeline := new.direction = 'given' or new.answer = 'accepted';
  new.turn_why := case when new.outcome is not null then 'closed' when not new.in_pipeline then 'sent'
    when new.shared_from is not null then 'shared' else 'not_shared' end;
  new.turn := app.turn_after(new.turn_why);
  return new;
end $$;
drop trigger if exists begin_deal on deals;
create trigger begin_deal before insert on deals for each row when (app.org() is not null and not app.quiet()) execute function app.begin_deal();

-- A new owner on our side is active and sees the partner; one on their side is still there.
create or replace function app.check_deal_owner() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if exists (select from members m where m.org_id = new.org_id and m.id = new.our_owner_id and m.deactivated_at is not null) then
    raise exception 'This person is no longer on the team.' using errcode = 'P0422', column = 'our_owner_id';
  end if;
  if exists (select from members m, app.hidden_from(m.id, m.role) h
    where m.org_id = new.org_id and m.id = new.our_owner_id and h = new.partner_id) then
    raise exception 'This person does not see the partner. Pick them on its access page first.' using errcode = 'P0422', column = 'our_owner_id';
  end if;
  if new.their_owner_id is not null and exists (
    select from contacts c where c.org_id = new.org_id and c.id = new.their_owner_id and c.left_at is not null) then
    raise exception 'This person has left the partner.' using errcode = 'P0422', column = 'their_owner_id';
  end if;
  return new;
end $$;
drop trigger if exists check_owner on deals;
create trigger check_owner before insert or update of our_owner_id, their_owner_id on deals
  for each row execute function app.check_deal_owner();

create or replace function app.write_deal_timeline() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  seen constant text := case when new.shared_from is not null then 'partner' else 'team' end;
begin
  if new.answer is distinct from old.answer then
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'answer', seen, new.answer_reason, old.answer, new.answer);
  end if;
  if new.stage is distinct from old.stage then
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'stage', seen, null,
      (select name from deal_stages where org_id = old.org_id and key = old.stage),
      (select name from deal_stages where org_id = new.org_id and key = new.stage));
  end if;
  if new.outcome is distinct from old.outcome then
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'outcome', seen, null, old.outcome, new.outcome);
    if new.outcome_reason is not null then
      perform app.write_entry(new.org_id, new.partner_id, new.id, 'note', 'team', new.outcome_reason, null, null);
    end if;
  end if;
  if new.paused_until is distinct from old.paused_until and (new.outcome is null or new.paused_until is not null) then
    perform app.write_entry(new.org_id, new.partner_id, new.id, case when new.paused_until is null then 'resumed' else 'paused' end, seen, null, null, new.paused_until::text);
    if new.paused_why is not null then
      perform app.write_entry(new.org_id, new.partner_id, new.id, 'note', 'team', new.paused_why, null, null);
    end if;
  end if;
  if new.our_owner_id is distinct from old.our_owner_id then
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'owner', seen, null,
      (select name from members where org_id = old.org_id and id = old.our_owner_id),
      (select name from members where org_id = new.org_id and id = new.our_owner_id));
  end if;
  if new.their_owner_id is distinct from old.their_owner_id then
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'owner', seen, null,
      (select name from contacts where org_id = old.org_id and id = old.their_owner_id),
      (select name from contacts where org_id = new.org_id and id = new.their_owner_id));
  end if;
  return null;
end $$;
drop trigger if exists write_timeline on deals;
create trigger write_timeline after update on deals for each row when (not app.quiet()) execute function app.write_deal_timeline();

create or replace function app.write_entry(org uuid, partner uuid, deal uuid, entry_kind text, audience text, body text, from_value text, to_value text) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    insert into entries (org_id, id, partner_id, deal_id, kind, audience, body, from_value, to_value, member_id, contact_id, created_at, updated_at)
    values (org, gen_random_uuid(), partner, deal, entry_kind, audience, body, from_value, to_value,
      case when app.contact() is null then app.member() end, app.contact(), app.now(), app.now());
  end;

-- A new deal wakes its partner; what follows on it speaks through the timeline.
create or replace function app.hear_deal() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  update partners set last_activity_at = new.created_at
    where org_id = new.org_id and id = new.partner_id and last_activity_at < new.created_at;
  return null;
end $$;
drop trigger if exists hear_deal on deals;
create trigger hear_deal after insert on deals for each row when (not app.quiet()) execute function app.hear_deal();

-- Deals with the same customer, at any partner this member sees; ids only, joined back under the policies.
create or replace function app.deals_with_customer(company text, domain text) returns setof uuid
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select d.id from deals d
    where d.org_id = app.org() and app.member() is not null
      and (lower(d.customer_company) = lower(company) or d.customer_domain = lower(domain))
      and d.partner_id not in (select app.hidden_partners());
  end;
grant execute on function app.deals_with_customer to partnered_team;
