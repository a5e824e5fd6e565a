-- What reached somebody is told by mail: when, is thought out by the server (server/features/notices/planner.ts) from these rows.

-- Members choose for themselves how they are told, and about what not; nobody chooses for them.
create policy own_reads on notice_settings for select to partnered_team using (member_id = (select app.member()));
create policy own_adds on notice_settings for insert to partnered_team with check (member_id = (select app.member()));
create policy own_changes on notice_settings for update to partnered_team using (member_id = (select app.member()));
grant select, insert on notice_settings to partnered_team;
grant update (assigned, replied, moved, quiet, sent, invites, access, quiet_hours, quiet_from, quiet_to, quiet_weekends, digest_at, time_zone, updated_at)
  on notice_settings to partnered_team;

-- What they muted is theirs too; a partner that is hidden from them is named by none of it.
create policy own_reads on mutes for select to partnered_team
  using (member_id = (select app.member()) and partner_id not in (select app.hidden_partners()));
create policy own_adds on mutes for insert to partnered_team
  with check (member_id = (select app.member()) and partner_id not in (select app.hidden_partners()));
create policy own_removes on mutes for delete to partnered_team
  using (member_id = (select app.member()) and partner_id not in (select app.hidden_partners()));
grant select, insert, delete on mutes to partnered_team;

-- A contact reads and makes their own choice, as long as they are in.
create policy portal_reads on contact_choices for select to partnered_views
  using (contact_id = (select app.contact()) and (select app.contact_sees()) is not null);
create policy portal_adds on contact_choices for insert to partnered_views
  with check (contact_id = (select app.contact()) and (select app.contact_sees()) is not null);
create policy portal_changes on contact_choices for update to partnered_views
  using (contact_id = (select app.contact()) and (select app.contact_sees()) is not null);
grant select (org_id, contact_id, choice) on contact_choices to partnered_views;
grant insert (choice), update (choice) on contact_choices to partnered_views;

-- The same through the portal.
create view portal.mail_choice with (security_barrier) as
select c.contact_id, c.choice
from contact_choices c
where c.org_id = (select app.org()) and c.contact_id = (select app.contact()) and exists (select from portal.workspace)
with check option;
grant insert (choice), update (choice) on portal.mail_choice to partnered_contact;

-- A contact says who they are by being signed in, not by filling it in.
create or replace function app.fill_choice() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if app.contact() is not null then
    new.org_id := app.org();
    new.contact_id := app.contact();
  end if;
  new.updated_at := app.now();
  return new;
end $$;
drop trigger if exists a_fill_choice on contact_choices;
create trigger a_fill_choice before insert or update on contact_choices for each row execute function app.fill_choice();

select app.hang_keepers('remember', t, 'when (app.act() is not null)', 'remember') from unnest(array['contact_notices', 'contact_choices', 'mutes', 'mail_links']) t;

-- Somebody's mail is looked at again at this moment, or sooner. Work with an id only. What waits already is held until this is kept:
-- taken before, it would be done without what is told here.
create or replace function app.wake(company uuid, what text, who uuid, at timestamptz) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    insert into due_work (org_id, id, task, record_id, due_at)
    select company, gen_random_uuid(), what, who, at
    where not exists (select from due_work w where w.org_id = company and w.record_id = who and w.task = what and w.taken_at is null and w.due_at <= at for share);
  end;

-- Ten minutes later all that happened on a deal is told in one mail. What is about access is told at once. Of samples nobody is mailed.
create or replace function app.wake_member() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if exists (select from partners p where p.org_id = new.org_id and p.id = new.partner_id and p.sample) then
    update notifications set told_at = app.now() where org_id = new.org_id and id = new.id;
    return null;
  end if;
  perform app.wake(new.org_id, 'tell_member', new.member_id, new.created_at + case when new.kind = 'access' then interval '0' else interval '10 minutes' end);
  return null;
end $$;
drop trigger if exists wake_member on notifications;
create trigger wake_member after insert on notifications for each row when (not app.quiet() and new.told_at is null) execute function app.wake_member();

create or replace function app.wake_contact() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  perform app.wake(new.org_id, 'tell_contact', new.contact_id, new.created_at + interval '10 minutes');
  return null;
end $$;
drop trigger if exists wake_contact on contact_notices;
create trigger wake_contact after insert on contact_notices for each row when (not app.quiet() and new.told_at is null) execute function app.wake_contact();

-- A row of somebody's inbox about what a colleague did. Nobody is told of what they did themselves, nor of what an import brings.
create or replace function app.tell_member(company uuid, who uuid, what text, partner uuid, deal uuid, entry uuid, key text) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    insert into notifications (org_id, id, member_id, kind, partner_id, deal_id, entry_id, by_id, key, created_at)
    select company, gen_random_uuid(), who, what, partner, deal, entry, app.member(), key, app.now()
    where who is not null and app.member() is not null and app.contact() is null and who <> app.member() and app.channel() <> 'import'
      and exists (select from members m where m.org_id = company and m.id = who and m.deactivated_at is null)
    on conflict (org_id, member_id, key) do nothing;
  end;

-- A deal or a partner that a colleague gave you.
create or replace function app.tell_assigned() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it constant jsonb := to_jsonb(new);
  deal constant uuid := case when tg_table_name = 'deals' then new.id end;
begin
  perform app.tell_member(new.org_id, coalesce(it ->> 'our_owner_id', it ->> 'owner_id')::uuid, 'assigned',
    coalesce(it ->> 'partner_id', it ->> 'id')::uuid, deal, null, format('assigned:%s:%s', new.id, extract(epoch from app.now())));
  return null;
end $$;
drop trigger if exists tell_assigned on deals;
create trigger tell_assigned after update of our_owner_id on deals for each row
  when (not app.quiet() and new.our_owner_id is distinct from old.our_owner_id) execute function app.tell_assigned();
drop trigger if exists tell_assigned_new on deals;
create trigger tell_assigned_new after insert on deals for each row
  when (not app.quiet() and new.direction = 'given' and new.outcome is null) execute function app.tell_assigned();
drop trigger if exists tell_assigned on partners;
create trigger tell_assigned after update of owner_id on partners for each row
  when (not app.quiet() and new.owner_id is distinct from old.owner_id) execute function app.tell_assigned();
drop trigger if exists tell_assigned_new on partners;
create trigger tell_assigned_new after insert on partners for each row when (not app.quiet()) execute function app.tell_assigned();

-- A partner that only picked colleagues see, and now you are one of them, or may do more or less there.
create or replace function app.tell_access() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  perform app.tell_member(new.org_id, new.member_id, 'access', new.partner_id, null, null, format('access:%s:%s', new.partner_id, extract(epoch from app.now())))
  from partners p where p.org_id = new.org_id and p.id = new.partner_id and p.team_access = 'picked';
  return null;
end $$;
drop trigger if exists tell_access on partner_members;
create trigger tell_access after insert or update of level on partner_members for each row when (not app.quiet()) execute function app.tell_access();

-- Another role is told at once and to them alone; it is in no inbox, because it is about no partner.
create or replace function app.tell_role() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  mail constant uuid := gen_random_uuid();
begin
  insert into outbox (org_id, id, kind, member_id, message_id, due_at, created_at, updated_at)
  select new.org_id, mail, 'role_changed', new.id, mail || '@partnered', app.now(), app.now(), app.now()
  where app.member() is not null and new.id <> app.member() and new.deactivated_at is null;
  return null;
end $$;
drop trigger if exists tell_role on members;
create trigger tell_role after update of role on members for each row when (not app.quiet() and new.role <> old.role) execute function app.tell_role();

-- Who at the partner is told about a deal: its owner there, else the main contact who sees all. Nobody where nothing is sent.
create or replace function app.told_about(company uuid, deal uuid) returns uuid
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select c.id
    from deals d
    join partners p on p.org_id = d.org_id and p.id = d.partner_id and p.works_via <> 'internal' and p.archived_at is null and p.sees_deals and not p.sample
    join contacts c on c.org_id = d.org_id and c.partner_id = d.partner_id and c.email is not null and c.left_at is null and c.access_removed_at is null
      and (c.id = d.their_owner_id or (c.is_main and c.sees = 'all'))
    where d.org_id = company and d.id = deal and d.shared_from <= app.now()
    order by c.id is not distinct from d.their_owner_id desc limit 1;
  end;

create or replace function app.tell_contact(company uuid, deal uuid, what text, entry uuid, key text) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    insert into contact_notices (org_id, id, contact_id, deal_id, entry_id, kind, key, created_at)
    select company, gen_random_uuid(), t.id, deal, entry, what, key, app.now()
    from app.told_about(company, deal) t (id) where t.id is not null
    on conflict (org_id, contact_id, key) do nothing;
  end;

-- What we say and do on a deal they see reaches the one who is told there; what a colleague moves reaches our owner.
create or replace function app.tell_entry() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if new.audience = 'partner' then
    perform app.tell_contact(new.org_id, new.deal_id,
      case when new.needs_answer then 'asked' when new.kind = 'answer' then 'answered' when new.kind = 'outcome' and new.to_value is not null then 'closed' else 'changed' end,
      new.id, new.id::text);
  end if;
  if new.kind in ('stage', 'outcome') then
    perform app.tell_member(new.org_id, d.our_owner_id, new.kind, new.partner_id, new.deal_id, new.id, new.id::text)
    from deals d where d.org_id = new.org_id and d.id = new.deal_id;
  end if;
  return null;
end $$;
drop trigger if exists tell_entry on entries;
create trigger tell_entry after insert on entries for each row
  when (not app.quiet() and new.deal_id is not null and new.contact_id is null and new.kind not in ('shared', 'stopped')) execute function app.tell_entry();

-- Their turn, by what is no line that asks: another wish, or a pause that is over. A share has a mail of its own; what they turn themselves they know.
create or replace function app.tell_turn() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  perform app.tell_contact(new.org_id, new.id, 'asked', null, format('turn:%s:%s', new.id, extract(epoch from app.now())));
  return null;
end $$;
drop trigger if exists tell_turn on deals;
create trigger tell_turn after update of turn, ask, turn_why, paused_until on deals for each row
  when (not app.quiet() and new.turn = 'them' and old.turn <> 'them' and old.shared_from is not null and app.contact() is null)
  execute function app.tell_turn();

-- What the server plans somebody's mail from: what waits, what was mailed lately, what they chose. One plan at a time for each.
create or replace function app.notices_for(work uuid) returns jsonb
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it due_work;
begin
  select * into it from due_work w where w.id = work and w.task in ('tell_member', 'tell_contact');
  if it.id is null then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('notices:' || it.record_id, 0));
  if it.task = 'tell_member' then
    return (select jsonb_build_object(
      'who', 'member', 'zone', o.time_zone, 'reachable', m.deactivated_at is null,
      'settings', (select to_jsonb(s) - '{org_id, member_id, updated_at}'::text[] from notice_settings s where s.org_id = m.org_id and s.member_id = m.id),
      'muted', (select coalesce(jsonb_agg(coalesce(u.deal_id, u.partner_id)), '[]') from mutes u where u.org_id = m.org_id and u.member_id = m.id),
      'waiting', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'partner_id', n.partner_id, 'deal_id', n.deal_id,
          'created_at', n.created_at, 'read_at', n.read_at, 'digest_from', n.digest_from) order by n.created_at, n.id), '[]')
        from notifications n where n.org_id = m.org_id and n.member_id = m.id and n.told_at is null),
      'mailed', (select coalesce(jsonb_agg(b.created_at), '[]') from outbox b
        where b.org_id = m.org_id and b.member_id = m.id and b.kind = 'notice' and b.state <> 'dropped' and b.created_at > app.now() - interval '2 days'))
    from members m join organizations o on o.org_id = m.org_id where m.org_id = it.org_id and m.id = it.record_id);
  end if;
  return (select jsonb_build_object(
    'who', 'contact', 'zone', o.time_zone,
    'reachable', c.email is not null and c.left_at is null and c.access_removed_at is null and p.works_via <> 'internal' and p.archived_at is null,
    'choice', (select h.choice from contact_choices h where h.org_id = c.org_id and h.contact_id = c.id),
    'waiting', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'partner_id', c.partner_id, 'deal_id', n.deal_id,
        'created_at', n.created_at, 'read_at', null, 'digest_from', n.digest_from) order by n.created_at, n.id), '[]')
      from contact_notices n where n.org_id = c.org_id and n.contact_id = c.id and n.told_at is null),
    'mailed', (select coalesce(jsonb_agg(b.created_at), '[]') from outbox b
      where b.org_id = c.org_id and b.contact_id = c.id and b.kind = 'notice' and b.state <> 'dropped' and b.created_at > app.now() - interval '2 days'))
  from contacts c join organizations o on o.org_id = c.org_id join partners p on p.org_id = c.org_id and p.id = c.partner_id
  where c.org_id = it.org_id and c.id = it.record_id);
end $$;

-- What was planned is carried out, in the transaction that planned it: mails that leave now, what goes to the digest, what nobody wants.
create or replace function app.settle_notices(work uuid, plan jsonb) returns void
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it due_work;
  mail record;
  those constant text := case when (select w.task from due_work w where w.id = work) = 'tell_member' then 'notifications' else 'contact_notices' end;
  whose constant text := case those when 'notifications' then 'member_id' else 'contact_id' end;
begin
  delete from due_work w where w.id = work and w.task in ('tell_member', 'tell_contact') returning * into it;
  if it.id is null then
    return;
  end if;
  for mail in select * from jsonb_to_recordset(plan -> 'mails') as m (id uuid, kind text, deal_id uuid, partner_id uuid, more integer, ids uuid[]) loop
    execute format('insert into outbox (org_id, id, kind, %I, partner_id, deal_id, message_id, more, due_at, created_at, updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, app.now(), app.now(), app.now())', whose)
      using it.org_id, mail.id, mail.kind, it.record_id, mail.partner_id, mail.deal_id, mail.id || '@partnered', mail.more;
    execute format('update %I set mail_id = $3, told_at = app.now() where org_id = $1 and %I = $2 and id = any ($4) and told_at is null', those, whose)
      using it.org_id, it.record_id, mail.id, mail.ids;
  end loop;
  execute format('update %I set digest_from = app.now() where org_id = $1 and %I = $2 and id in (select jsonb_array_elements_text($3)::uuid)', those, whose)
    using it.org_id, it.record_id, plan -> 'to_digest';
  execute format('update %I set told_at = app.now() where org_id = $1 and %I = $2 and told_at is null and id in (select jsonb_array_elements_text($3)::uuid)', those, whose)
    using it.org_id, it.record_id, plan -> 'passed';
  if plan ->> 'wake' is not null then
    perform app.wake(it.org_id, it.task, it.record_id, (plan ->> 'wake')::timestamptz);
  end if;
end $$;

-- What a contact's mail is about, ids only: it is read through the portal, as them. What they chose meanwhile, and by whose clock they rest.
drop function if exists app.notices_in(uuid);
create function app.notices_in(mail uuid) returns table (kind text, deal_id uuid, entry_id uuid, created_at timestamptz, choice text, company_zone text)
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select n.kind, n.deal_id, n.entry_id, n.created_at, (select h.choice from contact_choices h where h.org_id = n.org_id and h.contact_id = n.contact_id),
      (select z.time_zone from organizations z where z.org_id = n.org_id)
    from outbox o join contact_notices n on n.org_id = o.org_id and n.mail_id = o.id where o.id = mail order by n.created_at, n.id;
  end;

-- Whoever chose to hear at the end of the week is told of a share then; whoever chose nothing is not told.
create or replace function app.share_otherwise(mail uuid) returns boolean
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  chosen text;
begin
  select h.choice into chosen from outbox o join contact_choices h on h.org_id = o.org_id and h.contact_id = o.contact_id where o.id = mail;
  if chosen = 'weekly' then
    insert into contact_notices (org_id, id, contact_id, deal_id, kind, key, created_at)
    select o.org_id, gen_random_uuid(), o.contact_id, o.deal_id, 'asked', 'share:' || o.id, app.now() from outbox o where o.id = mail
    on conflict (org_id, contact_id, key) do nothing;
  end if;
  return coalesce(chosen in ('weekly', 'none'), false);
end $$;

-- A mail that is tried again while its reader rests waits for them.
create or replace function app.hold_mail(mail uuid, until timestamptz) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic update outbox set due_at = until, queued_at = null, updated_at = app.now() where id = mail and state = 'due'; end;

-- Mail whose worker ended in the middle is due again: nobody works three minutes on one. It may have left already; then it leaves
-- again under the same Message-ID, and its reader's mail program shows it once. So is what used up its tries and is neither done nor given up.
create or replace function app.wake_mail() returns integer
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    with dead as (
      select j.key from graphile_worker._private_jobs j
      where (j.locked_at < now() - interval '3 minutes' or (j.locked_at is null and j.attempts >= j.max_attempts)) and (j.key like 'mail:%' or j.key like 'work:%')),
    mails as (
      update outbox o set queued_at = null from dead where o.state = 'due' and o.id::text = substr(dead.key, 6) returning 1),
    works as (
      update due_work w set taken_at = null from dead where w.task in ('tell_member', 'tell_contact') and w.id::text = substr(dead.key, 6) returning 1)
    select ((select count(*) from mails) + (select count(*) from works))::integer;
  end;

-- The link in a mail's last line: kept as a hash, for its reader, for this kind of mail, for half a year.
create or replace function app.keep_link(mail uuid, link_class text, hash text) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    insert into mail_links (org_id, id, purpose, token_hash, member_id, contact_id, class, partner_id, deal_id, created_at, expires_at)
    select o.org_id, gen_random_uuid(), 'prefs', hash, o.member_id, case when o.member_id is null then o.contact_id end, link_class, o.partner_id, o.deal_id,
      app.now(), app.now() + interval '180 days'
    from outbox o where o.id = mail;
  end;

-- What stands behind such a link, while its reader is still here. Names nothing but the company and themselves.
create or replace function app.prefs_of(hash text) returns jsonb
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select jsonb_build_object('who', case when l.member_id is not null then 'member' else 'contact' end, 'name', coalesce(m.name, c.name), 'company', o.name,
      'class', l.class, 'about', case when l.deal_id is not null then 'deal' when l.partner_id is not null then 'partner' end,
      'muted', exists (select from mutes u where u.org_id = l.org_id and u.member_id = l.member_id and u.partner_id = l.partner_id and u.deal_id is not distinct from l.deal_id),
      'settings', (select to_jsonb(s) - '{org_id, member_id, updated_at}'::text[] from notice_settings s where s.org_id = l.org_id and s.member_id = l.member_id),
      'choice', (select h.choice from contact_choices h where h.org_id = l.org_id and h.contact_id = l.contact_id))
    from mail_links l
    join organizations o on o.org_id = l.org_id
    left join members m on m.org_id = l.org_id and m.id = l.member_id and m.deactivated_at is null
    left join contacts c on c.org_id = l.org_id and c.id = l.contact_id and c.left_at is null and c.access_removed_at is null
    where l.purpose = 'prefs' and l.token_hash = hash and l.expires_at > app.now() and (m.id is not null or c.id is not null);
  end;

-- Changed through such a link: their own settings, a mute of what the mail was about, or a contact's choice; nothing else.
create or replace function app.change_prefs(hash text, settings jsonb, mute boolean, new_choice text) returns boolean
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it mail_links;
begin
  select l.* into it from mail_links l where l.purpose = 'prefs' and l.token_hash = hash and app.prefs_of(hash) is not null;
  if it.id is null then
    return false;
  end if;
  perform set_config('app.org', it.org_id::text, true), set_config('app.member', coalesce(it.member_id::text, ''), true),
    set_config('app.contact', coalesce(it.contact_id::text, ''), true), set_config('app.channel', 'link', true);
  if it.member_id is null then
    insert into contact_choices (org_id, contact_id, choice, updated_at) values (it.org_id, it.contact_id, new_choice, app.now())
    on conflict (org_id, contact_id) do update set choice = excluded.choice where contact_choices.choice <> excluded.choice;
    return true;
  end if;
  if settings is not null then
    insert into notice_settings
    select r.* from jsonb_populate_record(null::notice_settings, settings || jsonb_build_object('org_id', it.org_id, 'member_id', it.member_id, 'updated_at', app.now())) r
    on conflict (org_id, member_id) do update set (assigned, replied, moved, quiet, sent, invites, access, updated_at)
      = (excluded.assigned, excluded.replied, excluded.moved, excluded.quiet, excluded.sent, excluded.invites, excluded.access, excluded.updated_at);
  end if;
  if mute and it.partner_id is not null then
    insert into mutes (org_id, id, member_id, partner_id, deal_id, created_at)
    values (it.org_id, gen_random_uuid(), it.member_id, it.partner_id, it.deal_id, app.now()) on conflict do nothing;
  elsif mute is false then
    delete from mutes u where u.org_id = it.org_id and u.member_id = it.member_id and u.partner_id = it.partner_id and u.deal_id is not distinct from it.deal_id;
  end if;
  return true;
end $$;

-- Links that are over are forgotten, and what contacts were told a quarter of a year ago.
create or replace function app.forget_links() returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    delete from mail_links where expires_at <= app.now();
    delete from contact_notices where told_at <= app.now() - interval '90 days';
  end;

grant execute on function app.notices_for, app.settle_notices, app.notices_in, app.share_otherwise, app.hold_mail, app.keep_link, app.prefs_of, app.change_prefs, app.forget_links, app.wake_mail to partnered_system;
