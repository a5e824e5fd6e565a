-- Companies for the bench, made by the superuser without triggers: what those would keep is written here.
-- In: the setting bench.companies, a JSON list of sizes; the first is the measured one.
set session_replication_role = replica;
set synchronous_commit = off;
set work_mem = '128MB';
set maintenance_work_mem = '256MB';

create temp table company as
select it.n::int, overlay(overlay(md5('company' || it.n) placing '8' from 13) placing 'a' from 17)::uuid as id, it.partners, it.contacts, it.logins, it.members, it.deals, it.open, it.entries, it.reads from rows from (
  json_to_recordset(current_setting('bench.companies')::json) as (
    partners int, contacts int, logins int, members int, deals int, open int, entries int, reads int)
) with ordinality as it (partners, contacts, logins, members, deals, open, entries, reads, n);

create function pg_temp.key(kind text, company int, n bigint) returns uuid language sql immutable parallel safe
  return overlay(overlay(md5(kind || ' ' || company || ' ' || n) placing '8' from 13) placing 'a' from 17)::uuid;
-- A number from 0 up to 1 that is the same for the same words.
create function pg_temp.chance(words text) returns float8 language sql immutable parallel safe
  return (hashtextextended(words, 7) & 1048575) / 1048576.0;
create function pg_temp.one_of(choices text[], n bigint) returns text language sql immutable parallel safe
  return choices[1 + n % cardinality(choices)];

create temp table words as select
  array['Nordlicht', 'Ostrava', 'Åkerö', 'Δέλτα', 'Заря', 'מגדל', 'النور', '桜井', '한빛', '明华', 'सूर्या', 'ดาวเหนือ', 'Ștefan', 'Łódź', 'Brightwater', 'Kestrel', 'Lumen', 'Sable'] as stems,
  array['GmbH', 'AS', 'Ltd', 'Α.Ε.', 'ООО', 'בע״מ', 'ش.م.م', '株式会社', '주식회사', '有限公司', 'Pvt. Ltd', 'S.A.', 'S.L.', 'Inc.'] as endings,
  array['Ana Lindner', 'Γιώργος Παππάς', 'Мария Иванова', 'נועה לוי', 'ليلى حداد', '田中 健二', '김민준', '王芳', 'आरव शर्मा', 'Jana Dvořáková', 'Owen Pryce', 'Noor de Wit'] as people,
  array['EUR', 'USD', 'GBP', 'NOK', 'JPY', 'CHF'] as currencies;

insert into organizations (org_id, name, time_zone, currency, created_at, updated_at)
select id, 'Company ' || n, 'Europe/Berlin', 'EUR', now() - interval '3 years', now() from company;

insert into members (org_id, id, person_id, name, email, role, created_at, updated_at)
select c.id, pg_temp.key('member', c.n, m), 'member ' || c.n || ' ' || m, pg_temp.one_of(w.people, m) || ' ' || m, 'm' || m || '@company' || c.n || '.example',
  case when m = 1 then 'admin' when m % 5 = 0 then 'read_only' else 'member' end, now() - interval '3 years' + m * interval '1 hour', now()
from company c, words w, generate_series(1, c.members) m;

insert into tags (org_id, id, name, colour, created_at, updated_at)
select c.id, pg_temp.key('tag', c.n, t), 'Tag ' || t, 1 + t % 8, now() - interval '2 years', now() from company c, generate_series(1, 12) t;

-- A quarter of the partners is active: those with the most deals. One in 25 is there twice.
insert into partners (org_id, id, slug, workspace, legal_name, name_key, type, status, website, domain, owner_id, works_via, team_access,
  sees_value, sees_customer_contact, archived_at, last_activity_at, created_at, updated_at)
select c.id, pg_temp.key('partner', c.n, p), 'partner-' || p, 'w' || c.n || '-partner-' || p, name.name, lower(name.name),
  case when p % 30 <> 0 then pg_temp.one_of(array['reseller', 'distributor', 'agency', 'technology', 'referral'], p) end,
  case when p <= c.partners / 4 then 'active' when p % 2 = 0 then 'onboarding' else 'dormant' end,
  'https://partner' || p || '.example', 'partner' || p || '.example',
  case when p = 3 then pg_temp.key('member', c.n, 2) when p % 40 <> 0 then pg_temp.key('member', c.n, 1 + p % c.members) end,
  case when p <= c.logins then 'portal' when p % 3 = 0 then 'email' else 'internal' end,
  case when p % 20 = 7 then 'picked' else 'everyone' end,
  p % 2 = 1, p % 3 = 1,
  case when p > c.partners / 2 and p % 15 = 0 then now() - interval '90 days' end,
  now() - pg_temp.chance('active' || p) * interval '60 days', now() - interval '2 years', now()
from company c, words w, generate_series(1, c.partners) p,
  lateral (select p - (p % 25 = 0)::int as q) twin,
  lateral (select pg_temp.one_of(w.stems, q * 7) || ' ' || q || ' ' || pg_temp.one_of(w.endings, q * 5) as name) name;

insert into partner_tags (org_id, partner_id, tag_id)
select c.id, pg_temp.key('partner', c.n, p), pg_temp.key('tag', c.n, 1 + (p + t * 5) % 12)
from company c, generate_series(1, c.partners) p, generate_series(1, 3) t where t <= p % 4;

-- The second member is the one who is measured: on every picked partner, so that the rules are asked and everything is seen.
insert into partner_members (org_id, partner_id, member_id, level, created_at)
select c.id, pg_temp.key('partner', c.n, p), pg_temp.key('member', c.n, m), 'work', now()
from company c, generate_series(7, c.partners, 20) p, generate_series(2, 3) m where m <= c.members;

-- One main contact each; a third of the others at the second partner, a distributor.
insert into contacts (org_id, id, partner_id, name, email, role, is_main, sees, person_id, confirmed_at, created_at, updated_at)
select c.id, pg_temp.key('contact', c.n, k), pg_temp.key('partner', c.n, case when k <= c.partners then k when k % 3 = 0 then 2 else 1 + k * 17 % c.partners end),
  pg_temp.one_of(w.people, k) || ' ' || k, 'c' || k || '@partner.example', pg_temp.one_of(array['sales', 'tech', 'finance', 'marketing'], k), k <= c.partners,
  case when k % 10 = 9 then 'own' else 'all' end, case when k <= c.logins then 'contact ' || c.n || ' ' || k end,
  now() - (case when k % 8 = 0 then 500 else 30 end) * interval '1 day', now() - interval '2 years', now()
from company c, words w, generate_series(1, c.contacts) k;

insert into auth."user" (id, name, email, "emailVerified")
select person_id, name, replace(person_id, ' ', '.') || '@people.example', true from members
union all select person_id, name, replace(person_id, ' ', '.') || '@people.example', true from contacts where person_id is not null;
insert into auth.session (id, token, "userId", "expiresAt")
select gen_random_uuid(), replace(gen_random_uuid() || '' || gen_random_uuid(), '-', ''), id, now() + interval '30 days' from auth."user";

-- Zipf: the top 5 % of the partners hold two thirds of the deals.
create temp table deal as
with share as (
  select n, p, sum(p ^ -1.1) over (partition by n order by p) / sum(p ^ -1.1) over (partition by n) as upto
  from company, lateral generate_series(1, partners) p),
edges as (select n, array_agg(upto order by p) as edges from share group by n)
select c.n, c.id as org_id, d, pg_temp.key('deal', c.n, d) as id, least(c.partners, 1 + width_bucket((d - 0.5) / c.deals, e.edges)) as p,
  now() - pg_temp.chance('made' || d) * interval '700 days' as created_at
from company c join edges e using (n), generate_series(1, c.deals) d;

create temp table openness as
select n, d, row_number() over (partition by n order by pg_temp.chance('open' || d)) as place
from deal join company c using (n) where deal.p <= c.partners * 0.4;

insert into deals (org_id, id, ref, partner_id, kind, customer_company, customer_domain, customer_contact_name, customer_contact_email, value_minor, currency,
  expected_close, ask, our_owner_id, their_owner_id, turn, turn_why, turn_by, turn_since, answer, answered_at, answered_by, stage, stage_since, outcome, outcome_at,
  shared_from, show_value, last_activity_at, shown_activity_at, created_at, updated_at)
select d.org_id, d.id, 'D-' || d.n || 'X' || d.d, pg_temp.key('partner', d.n, d.p), pg_temp.one_of(array['lead', 'referral', 'co_sell'], d.d),
  pg_temp.one_of(w.stems, d.d) || ' ' || d.d || ' ' || pg_temp.one_of(w.endings, d.d), 'customer' || d.d || '.example',
  pg_temp.one_of(w.people, d.d), 'buyer@customer' || d.d || '.example', (d.d * 7919 % 900000) * 100, pg_temp.one_of(w.currencies, d.d),
  current_date + (d.d % 200)::int, 'Please introduce us to the person who decides about their next release, number ' || d.d,
  pg_temp.key('member', d.n, 1 + d.d % c.members), pg_temp.key('contact', d.n, d.p), case when o.place <= c.open then pg_temp.one_of(array['us', 'them'], d.d) else 'nobody' end,
  case when coalesce(o.place, c.open + 1) > c.open then 'closed' else pg_temp.one_of(array['commented', 'asked'], d.d) end,
  case when coalesce(o.place, c.open + 1) <= c.open and d.d % 2 = 0 then pg_temp.key('contact', d.n, d.p) else pg_temp.key('member', d.n, 1 + d.d % c.members) end,
  d.created_at, case when d.d % 3 = 0 then 'accepted' else 'pending' end, case when d.d % 3 = 0 then d.created_at end,
  case when d.d % 3 = 0 then pg_temp.key('contact', d.n, d.p) end, pg_temp.one_of(array['New', 'Working', 'Proposal'], d.d), d.created_at,
  case when coalesce(o.place, c.open + 1) > c.open then pg_temp.one_of(array['won', 'lost'], d.d) end,
  case when coalesce(o.place, c.open + 1) > c.open then d.created_at end,
  case when d.d % 5 <> 0 then d.created_at + interval '10 seconds' end, case when d.d % 7 = 0 then d.d % 2 = 0 end,
  heard.at, heard.at, d.created_at, now()
from deal d join company c using (n) left join openness o using (n, d), words w,
  lateral (select d.created_at + (now() - d.created_at) * pg_temp.chance('heard' || d.d) as at) heard;

insert into shares (org_id, id, partner_id, deal_id, show_value, shared_by, shared_at, effective_at, updated_at)
select org_id, gen_random_uuid(), partner_id, id, show_value, our_owner_id, created_at, shared_from, now() from deals where shared_from is not null;

-- The first deal of the measured company that is not of its largest partner has the longest timeline.
create temp table line as
select c.n, c.id as org_id, e, case when c.n = 1 and e <= least(5000, c.entries / 10) then (select min(d) from deal where n = 1 and p = 3)
  when e % 12 <> 0 then 1 + (hashint4(e) & 2147483647) % c.deals end as d
from company c, generate_series(1, c.entries) e;
create index on deal (n, d);
analyze deal;
insert into entries (org_id, id, partner_id, deal_id, kind, audience, body, from_value, to_value, member_id, contact_id, created_at, updated_at)
select l.org_id, pg_temp.key('entry', l.n, l.e), pg_temp.key('partner', l.n, at.p), d.id, kind.kind,
  case when said.outside or (l.e % 2 = 0 and kind.kind <> 'shared') then 'partner' else 'team' end,
  case when kind.kind in ('comment', 'note', 'call', 'email') then 'They asked for the price list and a meeting in week ' || l.e % 52 || '. ' || repeat('More of it. ', l.e % 12) end,
  case when kind.kind = 'stage' then 'New' end, case when kind.kind = 'stage' then 'Working' end,
  case when not said.outside then pg_temp.key('member', l.n, 1 + l.e % c.members) end, case when said.outside then pg_temp.key('contact', l.n, at.p) end,
  greatest(coalesce(d.created_at, '-infinity'), now() - pg_temp.chance('said' || l.e) * interval '500 days'), now()
from line l join company c using (n) left join deal d using (n, d),
  lateral (select coalesce(d.p, 1 + l.e % c.partners) as p) at,
  lateral (select case when d.id is null then pg_temp.one_of(array['note', 'call', 'email'], l.e) else pg_temp.one_of(array['comment', 'comment', 'stage', 'comment', 'shared', 'call'], l.e) end as kind) kind,
  lateral (select kind.kind = 'comment' and l.e % 3 = 0 as outside) said;

select app.make_partitions();
-- What was read before. The indexes are made anew afterwards, which takes a fraction of the time.
drop index read_records_newest, read_records_by_partner, read_records_of_record;
insert into read_records (org_id, at, contact_id, channel, kind, partner_id, record_ids, fields)
select d.org_id, now() - (c.reads - r) * interval '1 second', pg_temp.key('contact', d.n, d.p), 'portal', 'deal', pg_temp.key('partner', d.n, d.p), array[d.id], array['customer_company', 'ask', 'stage']
from company c cross join lateral generate_series(1, c.reads) r
join deal d on d.n = c.n and d.d = 1 + (hashint4(r) & 2147483647) % c.deals;
create index read_records_newest on read_records (org_id, at desc, id desc);
create index read_records_by_partner on read_records (org_id, partner_id, at desc, id desc);
create index read_records_of_record on read_records using gin (record_ids);

reset session_replication_role;
-- What a company is founded with, and the ground rules that the other side knows too.
select app.furnish(org_id, created_at) from organizations;
update ground_rules set is_on = rule in ('quiet', 'type', 'owner'), amount = case rule when 'quiet' then 30 else amount end;
