-- What the background does: take what is due, mark what left. Callable by partnered_system alone.

-- Mail that is due; taking it moves it away for two minutes so that no other worker takes it too.
create or replace function app.take_mail(most integer) returns setof outbox
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    update outbox o set due_at = app.now() + interval '2 minutes', tries = o.tries + 1, updated_at = app.now()
    where (o.org_id, o.id) in (
      select d.org_id, d.id from outbox d where d.state = 'due' and d.due_at <= app.now() order by d.due_at limit most for update skip locked)
    returning *;
  end;

create or replace function app.mark_mail(org uuid, mail uuid, new_state text, address text, mail_subject text, mail_body text, reason text, again timestamptz) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    update outbox set state = new_state, to_email = address, subject = mail_subject, body = mail_body, error = reason,
      sent_at = case when new_state in ('sent', 'held') then app.now() end, due_at = coalesce(again, due_at), updated_at = app.now()
    where org_id = org and id = mail;
  end;

-- A fresh link for an invitation that is leaving; the one before it dies. Nothing when it was withdrawn meanwhile.
create or replace function app.renew_invitation_token(org uuid, invitation uuid, new_hash text) returns boolean
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  update invitations set token_hash = new_hash
  where org_id = org and id = invitation and withdrawn_at is null and accepted_at is null and effective_at <= app.now() and expires_at > app.now();
  return found;
end $$;

create or replace function app.take_work(most integer) returns setof due_work
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    update due_work w set taken_at = app.now()
    where (w.org_id, w.id) in (
      select d.org_id, d.id from due_work d where d.taken_at is null and d.due_at <= app.now() order by d.due_at limit most for update skip locked)
    returning *;
  end;

-- Partitions of the logs are made ahead, two months at a time, with walls of their own.
create or replace function app.make_partitions() returns void
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  log text;
  month date;
  part text;
begin
  foreach log in array array['audit_rows', 'read_records'] loop
    for i in 0..2 loop
      month := (date_trunc('month', app.now()) + make_interval(months => i))::date;
      part := log || '_' || to_char(month, 'YYYY_MM');
      if to_regclass(part) is null and not exists (
        select from pg_class where oid = to_regclass(log || '_rest') and pg_relation_size(oid) > 0) then
        execute format('create table %I partition of %I for values from (%L) to (%L)', part, log, month, month + interval '1 month');
        execute format('alter table %I enable row level security', part);
        execute format('create policy company on %I as restrictive using (org_id = (select app.org()))', part);
      end if;
    end loop;
  end loop;
end $$;
