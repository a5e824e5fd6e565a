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
  expected_close, ask, our_owner_id, their_owner_id, stage, next_step, paused_until, paused_why, outcome, outcome_reason, answer, answer_reason, protected_until) on deals to partnered_team;

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
  value_minor, currency, expected_close, ask, our_owner_id, their_owner_id, turn, turn_since, turn_why, turn_by, paused_until, sent_by_id, protected_until, answer, answered_at, answer_reason, in_pipeline, stage, stage_since,
  outcome, outcome_at, shared_from, show_value, show_customer_contact, shown_activity_at) on deals to partnered_views;
grant update (answer, answer_reason, stage) on deals to partnered_views;

-- With "Send you deals" on they send one, as themselves: it waits for our answer and is in nobody's pipeline until then.
create policy portal_sends on deals for insert to partnered_views with check (
  partner_id = (select app.partner())
  and sent_by_id = (select app.contact())
  and direction = 'received' and answer = 'pending' and not in_pipeline and outcome is null and protected_until is null
  and (select app.contact_sees()) is not null
  and (select app.permits('sends_deals')));
grant insert (id, ref, kind, customer_company, customer_domain, customer_contact_name, customer_contact_email, ask) on deals to partnered_views;

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

-- The day it is at the company, and the day on which a protection that begins now ends.
create or replace function app.today(company uuid) returns date
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic select (app.now() at time zone o.time_zone)::date from organizations o where o.org_id = company; end;
create or replace function app.protection_from_today(company uuid) returns date
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic select app.today(company) + o.protection_days from organizations o where o.org_id = company; end;

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
  -- What they sent joins the pipeline when it is accepted: until then nothing else happens to it there.
  if new.direction = 'received' and new.answer <> 'accepted'
    and (new.stage, new.outcome, new.paused_until, new.protected_until) is distinct from (old.stage, old.outcome, old.paused_until, old.protected_until) then
    raise exception 'Accept this deal first. Until then it is not in your pipeline.' using errcode = 'P0409';
  end if;
  if new.stage is distinct from old.stage then
    new.stage_since := app.now();
    if they then
      what := coalesce(what, 'changed');
    end if;
  end if;
  if not they and new.direction = 'given' and new.ask is distinct from old.ask then
    what := coalesce(what, 'asked');
  end if;
  -- Said by a line of the timeline.
  if new.turn_why is distinct from old.turn_why then
    what := coalesce(what, new.turn_why);
    new.turn_why := old.turn_why;
  end if;
  -- What they gave us and we took on is ours, whether they see it or not.
  if (new.shared_from is null) <> (old.shared_from is null) then
    what := case when new.shared_from is null then 'not_shared' when new.direction = 'given' then 'shared'
      when new.answer = 'pending' then 'sent' else 'taken' end;
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
      -- On our side too: then it is whoever opens it again.
      if exists (select from members m where m.org_id = new.org_id and m.id = new.our_owner_id and m.deactivated_at is not null) then
        new.our_owner_id := coalesce(app.member(), new.our_owner_id);
      end if;
    end if;
  elsif new.outcome is not null or (new.direction = 'received' and old.answer = 'declined') then
    -- What is over is nobody's turn, whatever is said about it.
    what := null;
  end if;
  -- The end of a pause gives the turn back; what turns it meanwhile ends the pause.
  if old.paused_until is not null and new.paused_until is null and what is null then
    new.turn := old.paused_turn;
    new.turn_why := old.paused_turn_why;
    new.turn_since := app.now();
  elsif what is not null and (app.turn_after(what) <> old.turn or what in ('accepted', 'taken', 'closed')) then
    new.turn := app.turn_after(what);
    new.turn_why := what;
    new.turn_since := app.now();
    if what <> 'paused' then
      new.turn_by := coalesce(app.contact(), app.member());
    end if;
  end if;
  if new.turn_why <> 'paused' then
    new.paused_until := null;
    new.paused_why := null;
    new.paused_turn := null;
    new.paused_turn_why := null;
  end if;
  if (new.answer, new.stage, new.outcome, new.our_owner_id, new.their_owner_id, new.shared_from, new.ask) is distinct from
     (old.answer, old.stage, old.outcome, old.our_owner_id, old.their_owner_id, old.shared_from, old.ask) then
    new.last_activity_at := app.now();
    new.shown_activity_at := app.now();
  end if;
  -- A protection that still runs goes on with the deal: what they do on it, or a move by either side, gives it a whole term again.
  if new.protected_until is distinct from old.protected_until then
    new.protection_reminded := app.today(new.org_id);
  elsif new.protected_until >= app.today(new.org_id) and new.outcome is null and (they or new.stage is distinct from old.stage)
    and new.protected_until < app.protection_from_today(new.org_id) then
    new.protected_until := app.protection_from_today(new.org_id);
    new.protection_reminded := app.today(new.org_id);
  end if;
  return new;
end $$;
drop trigger if exists keep_deal on deals;
create trigger keep_deal before update on deals for each row when (not app.quiet()) execute function app.keep_deal();

-- How a deal begins: nothing is shared yet, or they sent it. What they send is theirs to see from now on, and is for the partner's owner,
-- else for an admin.
create or replace function app.begin_deal() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if app.contact() is not null then
    new.org_id := app.org();
    new.partner_id := app.partner();
    new.direction := 'received';
    new.sent_by_id := app.contact();
    new.their_owner_id := app.contact();
    select coalesce(
        (select m.id from partners p join members m on m.org_id = p.org_id and m.id = p.owner_id
          where p.org_id = new.org_id and p.id = new.partner_id and m.deactivated_at is null and m.role <> 'read_only'),
        (select m.id from members m where m.org_id = new.org_id and m.role = 'admin' and m.deactivated_at is null order by m.created_at, m.id limit 1))
      into new.our_owner_id;
    new.created_at := app.now();
    new.last_activity_at := app.now();
    new.stage_since := app.now();
    new.turn_since := app.now();
    new.shared_from := app.now();
    new.show_value := true;
    new.show_customer_contact := true;
  elsif new.direction = 'received' then
    -- What a member writes down, or an import brings, was taken on already.
    new.answer := 'accepted';
    new.answered_at := app.now();
    new.answered_by := app.member();
  end if;
  new.in_pipeline := new.direction = 'given' or new.answer = 'accepted';
  new.turn_why := case when new.outcome is not null then 'closed' when not new.in_pipeline then 'sent'
    when new.shared_from is null then 'not_shared' when new.direction = 'received' then 'taken' else 'shared' end;
  new.turn := app.turn_after(new.turn_why);
  new.turn_by := coalesce(app.contact(), app.member());
  return new;
end $$;
drop trigger if exists begin_deal on deals;
-- What comes back when an act is undone comes back as it was.
create trigger begin_deal before insert on deals for each row
  when (app.org() is not null and (not app.quiet() or app.channel() = 'import')) execute function app.begin_deal();

-- What the partner may know of begins with the deal.
create or replace function app.begin_shown_activity() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  new.shown_activity_at := new.last_activity_at;
  return new;
end $$;
drop trigger if exists begin_shown_activity on deals;
create trigger begin_shown_activity before insert on deals for each row when (new.shown_activity_at is null) execute function app.begin_shown_activity();

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
  -- A term that goes on by itself is no news.
  if new.protected_until is distinct from old.protected_until
    and not coalesce(old.protected_until is not null and new.protected_until = app.protection_from_today(new.org_id)
      and (app.contact() is not null or new.stage is distinct from old.stage), false) then
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'protected', seen, null, old.protected_until::text, new.protected_until::text);
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

-- Whoever sent a deal hears by mail that it came in.
create or replace function app.write_receipt(deal deals) returns void
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  mail constant uuid := gen_random_uuid();
begin
  insert into outbox (org_id, id, kind, partner_id, contact_id, deal_id, message_id, due_at, created_at, updated_at)
  select c.org_id, mail, 'deal_received', c.partner_id, c.id, deal.id, mail || '@partnered', app.now(), app.now(), app.now()
  from contacts c
  where c.org_id = deal.org_id and c.id = deal.sent_by_id and c.email is not null and c.left_at is null and c.access_removed_at is null;
end $$;

create or replace function app.write_entry(org uuid, partner uuid, deal uuid, entry_kind text, audience text, body text, from_value text, to_value text) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    insert into entries (org_id, id, partner_id, deal_id, kind, audience, body, from_value, to_value, member_id, contact_id, created_at, updated_at)
    values (org, gen_random_uuid(), partner, deal, entry_kind, audience, body, from_value, to_value,
      case when app.contact() is null then app.member() end, app.contact(), app.now(), app.now());
  end;

-- A new deal wakes its partner; what follows on it speaks through the timeline. One that they sent is shown to them, written on its timeline,
-- which tells our owner, and answered with a receipt.
create or replace function app.hear_deal() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  update partners set last_activity_at = new.created_at
    where org_id = new.org_id and id = new.partner_id and last_activity_at < new.created_at;
  if app.contact() is not null then
    insert into shares (org_id, id, partner_id, deal_id, show_value, show_customer_contact, shared_at, effective_at)
    values (new.org_id, gen_random_uuid(), new.partner_id, new.id, true, true, app.now(), app.now());
    perform app.write_entry(new.org_id, new.partner_id, new.id, 'sent', 'partner', null, null, null);
    perform app.write_receipt(new);
  end if;
  return null;
end $$;
drop trigger if exists hear_deal on deals;
create trigger hear_deal after insert on deals for each row when (not app.quiet()) execute function app.hear_deal();

-- A pause whose day has come is over, by the company's own days; the turn is then as before.
create or replace function app.end_pauses() returns integer
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  ended integer;
begin
  update deals d set paused_until = null
    where d.paused_until is not null and d.paused_until <= (app.now() at time zone (select o.time_zone from organizations o where o.org_id = d.org_id))::date;
  get diagnostics ended = row_count;
  return ended;
end $$;

-- Our owner is reminded 14 and 3 days before a protection ends, once each: of a day that has come since the term was set.
create or replace function app.remind_protection() returns integer
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  reminded integer;
begin
  with due as (
    select d.org_id, d.id, t.today, max(d.protected_until - r.days) as day
    from deals d join partners p on p.org_id = d.org_id and p.id = d.partner_id and p.archived_at is null
      cross join lateral (select app.today(d.org_id) as today) t
      cross join (values (14), (3)) r(days)
    -- Those that can be due on anyone's day, before each company's own is asked for.
    where d.protected_until between (app.now() at time zone 'UTC')::date - 1 and (app.now() at time zone 'UTC')::date + 15
      and d.outcome is null and d.protected_until >= t.today
      and d.protected_until - r.days <= t.today and d.protected_until - r.days > d.protection_reminded
    group by d.org_id, d.id, t.today),
  marked as (
    update deals d set protection_reminded = due.today from due where d.org_id = due.org_id and d.id = due.id
    returning d.org_id, d.id, d.partner_id, d.our_owner_id, d.protected_until, due.day)
  insert into notifications (org_id, id, member_id, kind, partner_id, deal_id, key, created_at)
  select m.org_id, gen_random_uuid(), m.our_owner_id, 'protection', m.partner_id, m.id, concat_ws(':', 'protection', m.protected_until, m.id, m.day), app.now()
  from marked m
  on conflict (org_id, member_id, key) do nothing;
  get diagnostics reminded = row_count;
  return reminded;
end $$;
grant execute on function app.end_pauses, app.remind_protection to partnered_system;
grant execute on function app.today to partnered_team;

-- Whoever adds a deal makes its key.
grant execute on function app.customer_key to partnered_team, partnered_views, partnered_contact;

-- Deals with the same customer, at any partner this member sees; ids only, joined back under the policies.
create or replace function app.deals_with_customer(company text, domain text) returns setof uuid
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select d.id from deals d
    where d.org_id = app.org() and app.member() is not null
      and (app.customer_key(d.customer_company) = app.customer_key(company) or d.customer_domain = lower(domain))
      and d.partner_id not in (select app.hidden_partners());
  end;
grant execute on function app.deals_with_customer to partnered_team;
