-- What the background does: take what is due, mark what left. Callable by partnered_system alone.

-- Hands what is due, by the product's clock, to the worker's queue. Ids only.
create or replace function app.move_due() returns integer
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  it record;
  moved integer := 0;
begin
  for it in
    update outbox o set queued_at = app.now()
    where (o.org_id, o.id) in (
      select d.org_id, d.id from outbox d where d.state = 'due' and d.queued_at is null and d.due_at <= app.now() order by d.due_at limit 100 for update skip locked)
    returning o.id
  loop
    perform graphile_worker.add_job('send_mail', json_build_object('id', it.id), job_key := 'mail:' || it.id, max_attempts := 8);
    moved := moved + 1;
  end loop;
  for it in
    update due_work w set taken_at = app.now()
    where (w.org_id, w.id) in (
      select d.org_id, d.id from due_work d where d.taken_at is null and d.due_at <= app.now() order by d.due_at limit 100 for update skip locked)
    returning w.id, w.task
  loop
    perform graphile_worker.add_job(it.task, json_build_object('id', it.id), job_key := 'work:' || it.id, max_attempts := 3);
    moved := moved + 1;
  end loop;
  return moved;
end $$;

-- A mail that still waits to leave.
create or replace function app.mail_to_send(mail uuid) returns setof outbox
  language sql stable security definer set search_path = app, public, pg_temp
  begin atomic select * from outbox o where o.id = mail and o.state = 'due'; end;

create or replace function app.mark_mail(mail uuid, new_state text, address text, mail_subject text, mail_body text, reason text) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    update outbox set state = new_state, to_email = address, subject = mail_subject, body = mail_body, error = reason,
      sent_at = case when new_state in ('sent', 'held') then app.now() end, tries = tries + 1, updated_at = app.now()
    where id = mail;
  end;

-- A fresh link for the message of an invitation that is leaving; one of an earlier try dies, one that was copied stays.
-- Nothing when it was withdrawn meanwhile.
create or replace function app.renew_invitation_token(org uuid, invitation uuid, new_hash text) returns boolean
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  update invitations set mailed_hash = new_hash
  where org_id = org and id = invitation and withdrawn_at is null and accepted_at is null and effective_at <= app.now() and expires_at > app.now();
  return found;
end $$;

-- Partitions of the logs are made ahead, two months at a time, with walls of their own. A month that has begun
-- in the common rest stays there.
create or replace function app.make_partitions() returns void
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  log text;
  month date;
  part text;
  taken boolean;
begin
  foreach log in array array['audit_rows', 'read_records'] loop
    for i in 0..2 loop
      month := (date_trunc('month', app.now()) + make_interval(months => i))::date;
      part := log || '_' || to_char(month, 'YYYY_MM');
      execute format('select exists (select from %I where at >= %L and at < %L)', log || '_rest', month, month + interval '1 month') into taken;
      if to_regclass(part) is null and not taken then
        execute format('create table %I partition of %I for values from (%L) to (%L)', part, log, month, month + interval '1 month');
        execute format('alter table %I enable row level security', part);
        execute format('create policy company on %I as restrictive using (org_id = (select app.org()))', part);
      end if;
    end loop;
  end loop;
end $$;
