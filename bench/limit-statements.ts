const readers = `array(
  select r.name from contacts r
  where r.org_id = p.org_id and r.partner_id = p.id and r.left_at is null and r.access_removed_at is null
    and (r.sees = 'all' or r.id = d.their_owner_id)
    and (r.person_id is not null or (p.works_via = 'email' and r.email is not null and (r.id = d.their_owner_id or (d.their_owner_id is null and r.is_main))))
  order by r.is_main desc, r.name)`

const day = `to_char(s.shared_at at time zone o.time_zone, case when extract(year from s.shared_at at time zone o.time_zone)
  = extract(year from now() at time zone o.time_zone) then 'FMDD FMMonth' else 'FMDD FMMonth YYYY' end)`

// The barrier of a share, as the product says it.
const barrier = `case when s.id is null then 'Not shared.' when s.effective_at > now() then 'Leaves in a few seconds.'
  when p.archived_at is not null then 'This partner is archived.' when not p.sees_deals then '"Deals you share" is off.' end`

// Open, in the pipeline and not put aside: such a deal can be quiet.
const still = 'd.outcome is null and d.in_pipeline and d.paused_until is null'

const rule = (
  shown: string,
  allowed: string,
  title: string,
) => `case ${shown} when true then 'Shown on this deal.' when false then 'Hidden on this deal.'
  else '"${title}" is ' || case when ${allowed} then 'on.' else 'off.' end end`

/** Hand-written, one a request after the session's: what the product answers, as text. $1 is the company. */
export const statements = {
  member: `select m.org_id from auth.session s join members m on m.person_id = s."userId"
    where s.token = $1 and s."expiresAt" > now() and m.deactivated_at is null`,
  contact: `select c.org_id, c.partner_id from auth.session s join contacts c on c.person_id = s."userId"
    join partners p on p.org_id = c.org_id and p.id = c.partner_id
    where s.token = $1 and s."expiresAt" > now() and p.workspace = $2 and c.left_at is null and c.access_removed_at is null and p.archived_at is null`,
  partners: `
    with page as materialized (
      select p.* from partners p where p.org_id = $1 and p.archived_at is null order by p.legal_name collate "und-x-icu", p.id limit 51),
    rows as (select p.id, p.slug, p.legal_name, p.type, p.status, p.works_via, p.archived_at, p.last_activity_at, p.version,
        c.name as main_contact,
        case when p.status <> 'dormant' and p.last_activity_at < now() - interval '30 days'
            then 'No activity for ' || extract(day from now() - p.last_activity_at)::int || ' days'
          when p.type is null then 'No type yet' when p.owner_id is null then 'No owner' end as attention,
        coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name, 'colour', t.colour) order by t.name)
          from partner_tags pt join tags t on t.org_id = pt.org_id and t.id = pt.tag_id where pt.org_id = p.org_id and pt.partner_id = p.id), '[]') as tags,
        case when m.id is not null then json_build_object('id', m.id, 'name', m.name) end as owner,
        (select count(*)::int from deals d where d.org_id = p.org_id and d.partner_id = p.id and d.outcome is null) as open_deals
      from page p
      left join members m on m.org_id = p.org_id and m.id = p.owner_id
      left join contacts c on c.org_id = p.org_id and c.partner_id = p.id and c.is_main
      order by p.legal_name collate "und-x-icu", p.id limit 50)
    select json_build_object('items', (select json_agg(rows) from rows),
      'next', (select legal_name || id from page order by legal_name collate "und-x-icu", id offset 49 limit 1))::text`,
  deal: `
    select row_to_json(it)::text from (
      select d.id, d.ref, d.kind, json_build_object('id', p.id, 'slug', p.slug, 'legal_name', p.legal_name) as partner,
        d.customer_company, d.value_minor, d.currency, d.stage, d.stage_since, d.answer, d.outcome, d.turn, d.turn_since,
        json_build_object('id', m.id, 'name', m.name) as our_owner, c.name as their_owner_name, d.shared_from is not null as shared,
        d.last_activity_at, d.version, d.direction, d.customer_domain, d.customer_contact_name, d.customer_contact_email, d.customer_contact_phone,
        d.expected_close, d.ask, d.answered_at, d.answer_reason, d.outcome_at, d.outcome_reason, d.created_at,
        d.turn_why, d.paused_until, d.paused_why, d.protected_until, d.next_step, sent.name as sent_by_name,
        case when d.turn_by is not null then json_build_object('id', d.turn_by, 'name', coalesce(tc.name, tm.name, 'Someone no longer here')) end as turn_by,
        case when ${still} and d.last_activity_at < now() - make_interval(days => q.days)
          then json_build_object('days', extract(day from now() - d.last_activity_at)::int, 'limit', q.days, 'won_within', q.won_within) end as quiet,
        case when ${still} then d.last_activity_at + make_interval(days => q.days) end as quiet_from,
        (select mc.name from entries e join contacts mc on mc.org_id = e.org_id and mc.id = e.contact_id
          where e.org_id = d.org_id and e.deal_id = d.id and e.created_at = d.stage_since and e.kind = 'stage' limit 1) as moved_by,
        case when c.id is not null then json_build_object('id', c.id, 'name', c.name, 'role', c.role) end as their_owner,
        coalesce(a.name, am.name) as answered_by_name,
        case when s.id is not null then json_build_object('id', s.id, 'effective_at', s.effective_at, 'shared_at', s.shared_at, 'shared_by', sm.name,
          'show_value', s.show_value, 'show_customer_contact', s.show_customer_contact) end as share,
        (select json_build_object(
            'sees', coalesce(json_agg(json_build_object('field', f.field, 'why', f.why) order by f.place) filter (where f.seen), '[]'),
            'hidden', coalesce(json_agg(json_build_object('field', f.field, 'why', f.why) order by f.place) filter (where not f.seen), '[]'),
            'people', case when b.barrier is null then to_json(${readers}) else '[]' end)
          from (select ${barrier} as barrier, 'Shared by ' || sm.name || ' on ' || ${day} || '.' as shared) b
          cross join lateral (values
            (1, 'customer', b.barrier is null, coalesce(b.barrier, b.shared)), (2, 'ask', b.barrier is null, coalesce(b.barrier, b.shared)),
            (3, 'stage', b.barrier is null, coalesce(b.barrier, b.shared)), (4, 'comments', b.barrier is null, coalesce(b.barrier, b.shared)),
            (5, 'value', b.barrier is null and coalesce(s.show_value, p.sees_value),
              coalesce(b.barrier, ${rule('s.show_value', 'p.sees_value', 'Deal value')})),
            (6, 'customer contact', b.barrier is null and coalesce(s.show_customer_contact, p.sees_customer_contact),
              coalesce(b.barrier, ${rule('s.show_customer_contact', 'p.sees_customer_contact', 'Customer contact details')})),
            (7, 'team-only comments', false, 'Team only, always.')) f(place, field, seen, why)
          group by b.barrier) as visible,
        json_build_object('work', true) as can
      from deals d
      join organizations o on o.org_id = d.org_id
      join partners p on p.org_id = d.org_id and p.id = d.partner_id
      join members m on m.org_id = d.org_id and m.id = d.our_owner_id
      left join contacts c on c.org_id = d.org_id and c.id = d.their_owner_id
      left join contacts a on a.org_id = d.org_id and a.id = d.answered_by
      left join members am on am.org_id = d.org_id and am.id = d.answered_by
      left join contacts tc on tc.org_id = d.org_id and tc.id = d.turn_by
      left join members tm on tm.org_id = d.org_id and tm.id = d.turn_by
      left join contacts sent on sent.org_id = d.org_id and sent.id = d.sent_by_id
      left join lateral (
        select coalesce(st.quiet_days, case when g.is_on then g.amount end) as days, st.won_within_days as won_within
        from deal_stages st left join ground_rules g on g.org_id = st.org_id and g.rule = 'quiet'
        where st.org_id = d.org_id and st.key = d.stage) q on true
      left join shares s on s.org_id = d.org_id and s.deal_id = d.id and s.stopped_at is null
      left join members sm on sm.org_id = s.org_id and sm.id = s.shared_by
      where d.org_id = $1 and d.ref = $2) it`,
  entries: `
    with it as materialized (
      select d.org_id, d.id, ${barrier} as barrier, 'Shared by ' || sm.name || ' on ' || ${day} as shared, o.time_zone
      from deals d
      join organizations o on o.org_id = d.org_id
      join partners p on p.org_id = d.org_id and p.id = d.partner_id
      left join shares s on s.org_id = d.org_id and s.deal_id = d.id and s.stopped_at is null
      left join members sm on sm.org_id = s.org_id and sm.id = s.shared_by
      where d.org_id = $1 and d.id = $2::uuid),
    said as (
      select e.id, e.kind, e.audience, e.body, e.from_value, e.to_value,
        json_build_object('name', coalesce(c.name, m.name, 'Someone no longer here'), 'outside', e.contact_id is not null) as author, e.created_at,
        coalesce((select json_agg(json_build_object('id', mm.id, 'name', mm.name) order by mm.name) from mentions n
          join members mm on mm.org_id = n.org_id and mm.id = n.member_id where n.org_id = e.org_id and n.entry_id = e.id), '[]') as mentions,
        e.copy_of_id as copy_of, exists (select from entries k where k.org_id = e.org_id and k.copy_of_id = e.id) as copied,
        e.audience = 'partner' and it.barrier is null as visible,
        case when e.audience = 'team' then 'Team only' else coalesce(rtrim(it.barrier, '.'), it.shared) end as why,
        e.needs_answer, e.edited_at, e.removed_at is not null as removed,
        e.removed_at is null and e.kind in ('comment', 'note', 'call', 'email')
          and e.member_id is not distinct from (select m.id from members m where m.person_id = 'member 1 2') as mine
      from (select * from entries where org_id = $1 and deal_id = $2::uuid order by created_at desc, id desc limit 51) e
      cross join it
      left join contacts c on c.org_id = e.org_id and c.id = e.contact_id
      left join members m on m.org_id = e.org_id and m.id = e.member_id),
    looks as (
      select md5(concat_ws(' ', $2::uuid, r.contact_id, r.channel, r.day))::uuid as id, 'viewed' as kind, 'team' as audience, null as body, null as from_value,
        null as to_value, json_build_object('name', coalesce((select c.name from contacts c where c.org_id = $1 and c.id = r.contact_id), 'Someone no longer here'),
          'outside', true) as author, r.created_at, '[]'::json as mentions, null::uuid as copy_of, false as copied, false as visible, 'Team only' as why,
        false as needs_answer, null::timestamptz as edited_at, false as removed, false as mine
      from (
        select r.contact_id, r.channel, (r.at at time zone it.time_zone)::date as day, max(r.at) as created_at
        from it cross join (select * from read_records where record_ids @> array[$2::uuid] and kind = 'deal' offset 0) r
        where r.org_id = $1 and r.contact_id is not null and r.channel <> 'mail' group by 1, 2, 3) r),
    mails as (
      select o.id, 'mailed' as kind, 'team' as audience, o.subject as body, null as from_value, null as to_value,
        json_build_object('name', coalesce((select c.name from contacts c where c.org_id = $1 and c.id = o.contact_id), 'Someone no longer here'),
          'outside', true) as author, o.sent_at as created_at, '[]'::json as mentions, null::uuid as copy_of, false as copied, false as visible, 'Team only' as why,
        false as needs_answer, null::timestamptz as edited_at, false as removed, false as mine
      from it join outbox o on o.org_id = $1 and o.deal_id = $2::uuid and o.contact_id is not null and o.state = 'sent'),
    page as (select * from (select * from said union all select * from looks union all select * from mails) t order by created_at desc, id desc limit 51)
    select json_build_object('items', (select json_agg(row_to_json(t)) from (select * from page order by created_at desc, id desc limit 50) t),
      'next', (select created_at || ' ' || id from page order by created_at desc, id desc offset 49 limit 1))::text`,
  portal_deals: `
    with page as materialized (
      select d.ref, d.kind, d.direction, d.customer_company, d.ask, d.expected_close, d.stage, d.stage_since, d.answer, d.turn, d.outcome,
        d.answer_reason, d.turn_since, d.turn_why, coalesce(tc.name, tm.name) as turn_by_name, d.paused_until, d.protected_until,
        case when coalesce(d.show_value, p.sees_value) then d.value_minor end as value_minor,
        case when coalesce(d.show_value, p.sees_value) then d.currency end as currency, coalesce(d.show_value, p.sees_value) as value_shown,
        case when coalesce(d.show_customer_contact, p.sees_customer_contact) then d.customer_contact_name end as customer_contact_name,
        case when coalesce(d.show_customer_contact, p.sees_customer_contact) then d.customer_contact_email end as customer_contact_email,
        case when coalesce(d.show_customer_contact, p.sees_customer_contact) then d.customer_contact_phone end as customer_contact_phone,
        coalesce(d.show_customer_contact, p.sees_customer_contact) as customer_contact_shown,
        m.name as our_owner_name, c.name as their_owner_name, s.shared_at, d.shown_activity_at as last_activity_at
      from (select * from deals where org_id = $1 and partner_id = $2 and shared_from is not null and shared_from <= now()
        order by shown_activity_at desc, ref desc limit 51) d
      join partners p on p.org_id = $1 and p.id = $2
      join members m on m.org_id = $1 and m.id = d.our_owner_id
      left join contacts c on c.org_id = $1 and c.id = d.their_owner_id
      left join contacts tc on tc.org_id = $1 and tc.id = d.turn_by
      left join members tm on tm.org_id = $1 and tm.id = d.turn_by
      left join shares s on s.org_id = $1 and s.deal_id = d.id and s.stopped_at is null)
    select json_build_object('items', (select json_agg(row_to_json(t)) from (select * from page order by last_activity_at desc, ref desc limit 50) t),
      'next', (select last_activity_at || ' ' || ref from page order by last_activity_at desc, ref desc offset 49 limit 1))::text`,
}
