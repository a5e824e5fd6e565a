-- When a deal is quiet: nothing happened on it for as long as its stage allows, or the ground rule where the stage says nothing.
-- Closed and paused deals are not quiet, nor what a partner sent and nobody accepted. The one source of it, for one company or for the daily look.
create or replace function app.stage_limits(company uuid) returns table (stage text, days integer, won_within integer)
  language sql stable rows 8 security definer set search_path = app, public, pg_temp
  begin atomic
    select s.key, coalesce(s.quiet_days, case when g.is_on then g.amount end), s.won_within_days
    from deal_stages s left join ground_rules g on g.org_id = s.org_id and g.rule = 'quiet'
    where s.org_id = company;
  end;
create or replace function app.quiet_limits() returns table (stage text, days integer, won_within integer)
  language plpgsql stable rows 8 security definer set search_path = app, public, pg_temp as $$
begin
  if app.member() is not null then
    return query select l.stage, l.days, l.won_within from app.stage_limits(app.org()) l;
  end if;
end $$;
grant execute on function app.quiet_limits to partnered_team;

-- How soon won deals left each stage: three of four of those that were won in the last year, counted once a day, once there are five.
-- A stage is left when the deal moves on, or is won. Deals that came in already won tell nothing.
create or replace function app.count_won_stages() returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    with won as (
      select d.org_id, d.id, d.created_at, d.outcome_at, d.stage from deals d
      where d.outcome = 'won' and d.outcome_at > app.now() - interval '1 year' and d.outcome_at > d.created_at),
    moves as (
      select w.org_id, w.id, a.at, a.id as audit_id, a.changes -> 'stage' ->> 0 as left_stage
      from won w join audit_rows a on a.org_id = w.org_id and a.deal_id = w.id and a.table_name = 'deals' and a.action = 'update'
        and a.changes ? 'stage' and a.at > w.created_at and a.at <= w.outcome_at
      union all select w.org_id, w.id, w.outcome_at, null, w.stage from won w),
    stays as (
      select m.org_id, m.id, m.left_stage as stage,
        m.at - lag(m.at, 1, w.created_at) over (partition by m.org_id, m.id order by m.at, m.audit_id nulls last) as stay
      from moves m join won w on w.org_id = m.org_id and w.id = m.id),
    counted as (
      select t.org_id, t.stage, greatest(1, round(percentile_cont(0.75) within group (order by t.days)))::integer as days
      from (select org_id, id, stage, extract(epoch from sum(stay)) / 86400 as days from stays group by org_id, id, stage) t
      group by t.org_id, t.stage having count(*) >= 5)
    update deal_stages s set won_within_days = c.days
    from deal_stages o left join counted c on c.org_id = o.org_id and c.stage = o.key
    where s.org_id = o.org_id and s.id = o.id and s.won_within_days is distinct from c.days;
  end;
grant execute on function app.count_won_stages to partnered_system;

-- A deal that became quiet is told to its owner once; the next time only after something happened in between. Out: how many were told.
create or replace function app.tell_quiet() returns integer
  language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  told integer;
begin
  with quiet as (
    update deals d set quiet_told = app.now()
    from organizations o cross join lateral app.stage_limits(o.org_id) l
    where d.org_id = o.org_id and d.stage = l.stage and d.outcome is null and d.in_pipeline and d.paused_until is null and d.quiet_told is null
      and d.last_activity_at < app.now() - make_interval(days => l.days)
      and exists (select from partners p where p.org_id = d.org_id and p.id = d.partner_id and p.archived_at is null)
    returning d.org_id, d.id, d.partner_id, d.our_owner_id, d.last_activity_at)
  insert into notifications (org_id, id, member_id, kind, partner_id, deal_id, key, created_at)
  select q.org_id, gen_random_uuid(), q.our_owner_id, 'quiet', q.partner_id, q.id, 'quiet:' || q.id || ':' || extract(epoch from q.last_activity_at), app.now()
  from quiet q
  on conflict (org_id, member_id, key) do nothing;
  get diagnostics told = row_count;
  return told;
end $$;
grant execute on function app.tell_quiet to partnered_system;

-- What happens on a quiet deal ends the quiet: the alert has nothing left to say.
create or replace function app.end_quiet() returns trigger
  language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  new.quiet_told := null;
  update notifications n set read_at = coalesce(n.read_at, app.now()), done_at = app.now()
    where n.org_id = new.org_id and n.deal_id = new.id and n.kind = 'quiet' and n.done_at is null;
  return new;
end $$;
drop trigger if exists quiet_ends on deals;
create trigger quiet_ends before update on deals for each row
  when (old.quiet_told is not null and (new.last_activity_at > old.last_activity_at or new.outcome is not null or new.paused_until is not null)) execute function app.end_quiet();
