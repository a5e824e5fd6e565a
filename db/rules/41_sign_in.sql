-- Questions and acts around signing in, for a caller who is nobody yet.

-- Where a signed-in person belongs: the companies they are on the team of, the workspaces they were let into.
create or replace function app.whereabouts(session_token text) returns jsonb
  language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  me record;
begin
  select u.id, u.name, u.email into me from auth.session s join auth."user" u on u.id = s."userId"
  where s.token = session_token and s."expiresAt" > app.now();
  if me.id is null then
    return null;
  end if;
  return jsonb_build_object(
    'person', jsonb_build_object('name', me.name, 'email', me.email),
    'members', coalesce((select jsonb_agg(jsonb_build_object('org_id', m.org_id, 'member_id', m.id, 'name', m.name, 'role', m.role, 'company', o.name, 'currency', o.currency, 'time_zone', o.time_zone) order by m.created_at)
      from members m join organizations o on o.org_id = m.org_id
      where m.person_id = me.id and m.deactivated_at is null), '[]'),
    'workspaces', coalesce((select jsonb_agg(jsonb_build_object('workspace', p.workspace, 'partner', p.legal_name, 'company', o.name) order by o.name, p.legal_name)
      from contacts c join partners p on p.org_id = c.org_id and p.id = c.partner_id join organizations o on o.org_id = c.org_id
      where c.person_id = me.id and c.left_at is null and c.access_removed_at is null and p.archived_at is null), '[]'));
end $$;

-- Where a person is signed in. The token itself never leaves.
create or replace function app.sessions_of(session_token text) returns table (id text, device text, current boolean, created_at timestamptz, expires_at timestamptz)
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select s.id, coalesce(s."userAgent", ''), s.token = session_token, s."createdAt", s."expiresAt"
    from auth.session s where s."userId" = app.person_of_session(session_token) and s."expiresAt" > app.now()
    order by s."createdAt" desc limit 100;
  end;

create or replace function app.end_session(session_token text, session text) returns boolean
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  me constant text := app.person_of_session(session_token);
begin
  delete from auth.session s where s.id = session and s."userId" = me;
  return found;
end $$;

-- May a code be mailed to this address? Only people who are in, or hold a live invitation.
create or replace function app.may_sign_in(address text) returns boolean
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select exists (select from members m where lower(m.email) = lower(address) and m.deactivated_at is null)
      or exists (select from contacts c where lower(c.email) = lower(address) and c.person_id is not null and c.left_at is null and c.access_removed_at is null)
      or exists (select from contacts c join invitations i on i.org_id = c.org_id and i.contact_id = c.id
        where lower(c.email) = lower(address) and c.left_at is null and c.access_removed_at is null
          and i.effective_at <= app.now() and i.expires_at > app.now() and i.withdrawn_at is null and i.declined_at is null);
  end;

-- Counts a try and answers whether it is within bounds: most tries a window, by account and by network.
create or replace function app.try_allowed(try_kind text, try_subject text, most integer, within interval) returns boolean
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(try_kind || ':' || try_subject, 0));
  if (select count(*) from auth.attempts a where a.kind = try_kind and a.subject = try_subject and a.at > app.now() - within) >= most then
    return false;
  end if;
  insert into auth.attempts (kind, subject, at) values (try_kind, try_subject, app.now());
  return true;
end $$;

-- A success clears the tries of that account.
create or replace function app.clear_tries(try_kind text, try_subject text) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    delete from auth.attempts where kind = try_kind and subject = try_subject;
  end;

create or replace function app.setup_open() returns boolean
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic select not exists (select from organizations); end;

-- A new one-time setup link; the one before it dies.
create or replace function app.renew_setup(new_hash text) returns boolean
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if not app.setup_open() then
    return false;
  end if;
  delete from auth.setup where used_at is null;
  insert into auth.setup (token_hash, created_at) values (new_hash, app.now());
  return true;
end $$;

create or replace function app.setup_link_lives(hash text) returns boolean
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic select app.setup_open() and exists (select from auth.setup s where s.token_hash = hash and s.used_at is null); end;

-- The company and its first admin, once.
create or replace function app.found_company(hash text, org uuid, company text, zone text, money text, member uuid, person text, person_name text, address text) returns void
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('setup', 0));
  if not app.setup_link_lives(hash) then
    raise exception 'This setup link was used already.' using errcode = 'P0410';
  end if;
  update auth.setup set used_at = app.now() where token_hash = hash;
  perform set_config('app.org', org::text, true), set_config('app.member', member::text, true), set_config('app.channel', 'app', true);
  insert into organizations (org_id, name, time_zone, currency, created_at) values (org, company, zone, money, app.now());
  insert into members (org_id, id, person_id, name, email, role, created_at) values (org, member, person, person_name, address, 'admin', app.now());
end $$;

-- What the invitation page may say before anyone has shown who they are.
create or replace function app.invitation_of_token(hash text) returns jsonb
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic
    select jsonb_build_object(
      'company', o.name, 'partner', p.legal_name, 'sent_by', m.name, 'contact_name', c.name, 'email', c.email, 'message', i.message,
      'workspace', p.workspace, 'expires_at', i.expires_at,
      'state', case
        when i.withdrawn_at is not null or c.left_at is not null or c.access_removed_at is not null or p.archived_at is not null
          or (i.accepted_at is not null and c.person_id is null) then 'withdrawn'
        when i.accepted_at is not null then 'accepted'
        when i.expires_at <= app.now() then 'expired'
        when i.declined_at is not null then 'declined'
        when i.prefers_email_at is not null then 'prefers_email'
        else 'open' end)
    from invitations i
    join contacts c on c.org_id = i.org_id and c.id = i.contact_id
    join partners p on p.org_id = i.org_id and p.id = i.partner_id
    join organizations o on o.org_id = i.org_id
    join members m on m.org_id = i.org_id and m.id = i.sent_by
    where (i.token_hash = hash or i.mailed_hash = hash) and i.effective_at <= app.now();
  end;

-- Accepting: the signed-in person's proven address must be the invited one. Safe to repeat.
create or replace function app.accept_invitation(hash text, session_token text) returns text
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it record;
  person text := app.person_of_session(session_token);
  proven text;
begin
  select lower(u.email) into proven from auth."user" u where u.id = person and u."emailVerified";
  select i.org_id, i.id, i.partner_id, i.contact_id, i.accepted_at, i.expires_at, lower(c.email) as invited, c.person_id, p.workspace into it
  from invitations i
  join contacts c on c.org_id = i.org_id and c.id = i.contact_id
  join partners p on p.org_id = i.org_id and p.id = i.partner_id
  where (i.token_hash = hash or i.mailed_hash = hash) and i.effective_at <= app.now() and i.withdrawn_at is null
    and c.left_at is null and c.access_removed_at is null and p.archived_at is null
  for update of i, c;
  if it.id is null or (it.accepted_at is null and it.expires_at <= app.now()) or (it.accepted_at is not null and it.person_id is null) then
    raise exception 'This invitation is no longer open.' using errcode = 'P0410';
  end if;
  if proven is null or proven <> it.invited or (it.person_id is not null and it.person_id <> person) then
    raise exception 'This invitation was sent to another address.' using errcode = 'P0403';
  end if;
  perform set_config('app.org', it.org_id::text, true), set_config('app.contact', it.contact_id::text, true),
    set_config('app.partner', it.partner_id::text, true), set_config('app.channel', 'portal', true);
  if it.accepted_at is null then
    update invitations set accepted_at = app.now(), declined_at = null, prefers_email_at = null where org_id = it.org_id and id = it.id;
    update contacts set person_id = person, confirmed_at = app.now() where org_id = it.org_id and id = it.contact_id;
    update partners set works_via = 'portal', last_activity_at = app.now() where org_id = it.org_id and id = it.partner_id;
    insert into notifications (org_id, id, member_id, kind, partner_id, contact_id, key, created_at)
    select i.org_id, gen_random_uuid(), i.sent_by, 'accepted', i.partner_id, i.contact_id, 'accepted:' || i.id, app.now()
    from invitations i where i.org_id = it.org_id and i.id = it.id
    on conflict (org_id, member_id, key) do nothing;
  end if;
  return it.workspace;
end $$;

-- "Just email me instead", without signing in.
create or replace function app.prefer_email(hash text) returns boolean
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it record;
begin
  select i.org_id, i.id, i.partner_id, i.contact_id, i.sent_by into it from invitations i
  where (i.token_hash = hash or i.mailed_hash = hash) and i.withdrawn_at is null and i.accepted_at is null and i.expires_at > app.now() and i.effective_at <= app.now();
  if it.id is null then
    return false;
  end if;
  perform set_config('app.org', it.org_id::text, true), set_config('app.contact', it.contact_id::text, true),
    set_config('app.partner', it.partner_id::text, true), set_config('app.channel', 'link', true);
  update invitations set prefers_email_at = app.now() where org_id = it.org_id and id = it.id;
  update partners set works_via = 'email' where org_id = it.org_id and id = it.partner_id;
  insert into notifications (org_id, id, member_id, kind, partner_id, contact_id, key, created_at)
  values (it.org_id, gen_random_uuid(), it.sent_by, 'prefers_email', it.partner_id, it.contact_id, 'prefers:' || it.id, app.now())
  on conflict (org_id, member_id, key) do nothing;
  return true;
end $$;
