-- The Outbox is an admin's page; what could not be mailed stays there with its links.
create policy admin_reads on outbox for select to partnered_team using ((select app.team_role()) = 'admin');
grant select on outbox to partnered_team;

-- Mail is asked for by name and ids; nothing is rendered before it leaves.
create or replace function app.send_mail(kind text, partner uuid, contact uuid, invitation uuid, deal uuid, due timestamptz) returns uuid
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  mail uuid := gen_random_uuid();
begin
  if app.org() is null or kind not in ('invitation', 'deal_shared') then
    raise exception 'Unknown mail.' using errcode = '42501';
  end if;
  insert into outbox (org_id, id, kind, partner_id, contact_id, invitation_id, deal_id, message_id, due_at, created_at, updated_at)
  values (app.org(), mail, kind, partner, contact, invitation, deal, mail || '@partnered', due, app.now(), app.now());
  return mail;
end $$;

-- Work for the background: a fixed list of tasks, ids only.
create or replace function app.enqueue(task text, record uuid, due timestamptz default null) returns void
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  if app.org() is null or task not in ('read_import', 'run_import', 'clear_file') then
    raise exception 'Unknown task.' using errcode = '42501';
  end if;
  insert into due_work (org_id, id, task, record_id, due_at) values (app.org(), gen_random_uuid(), task, record, coalesce(due, app.now()));
  if due is null then
    perform pg_notify('partnered_due', '');
  end if;
end $$;

-- What left for a partner's people about one deal, as whoever sees the deal may know: to whom, when, and what stood in the subject. Not the text.
create or replace function app.mails_of(of_deal uuid) returns table (id uuid, contact_id uuid, subject text, sent_at timestamptz)
  language plpgsql stable rows 10 security definer set search_path = app, public, pg_temp as $$
begin
  if app.member() is not null then
    return query
      select o.id, o.contact_id, o.subject, o.sent_at from outbox o
      where o.org_id = app.org() and o.deal_id = of_deal and o.contact_id is not null and o.state = 'sent'
        and o.partner_id not in (select app.hidden_partners());
  end if;
end $$;
grant execute on function app.mails_of to partnered_team;
