-- The same request sent twice answers twice and acts once. Keys belong to one actor and live a day.
create or replace function app.begin_once(wanted text, print text) returns table (fingerprint text, body text)
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  delete from idempotency_keys k where k.org_id = app.org() and k.actor_id = coalesce(app.contact(), app.member())
    and k.key = wanted and k.created_at < app.now() - interval '24 hours';
  insert into idempotency_keys (org_id, actor_id, key, fingerprint, created_at)
  values (app.org(), coalesce(app.contact(), app.member()), wanted, print, app.now())
  on conflict (org_id, actor_id, key) do nothing;
  if found then
    return;
  end if;
  return query select k.fingerprint, k.body from idempotency_keys k
    where k.org_id = app.org() and k.actor_id = coalesce(app.contact(), app.member()) and k.key = wanted;
end $$;

create or replace function app.finish_once(wanted text, answer text) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    update idempotency_keys set body = answer
    where org_id = app.org() and actor_id = coalesce(app.contact(), app.member()) and key = wanted;
  end;

-- A key that is older than its day is forgotten.
create or replace function app.forget_keys() returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    delete from idempotency_keys where created_at < app.now() - interval '24 hours';
  end;
grant execute on function app.forget_keys to partnered_system;
