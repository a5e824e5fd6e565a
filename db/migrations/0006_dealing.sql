-- Deals both ways: whose turn and why, pauses, a company's own stages, protection; comments that change; how each person is told.

-- The stages of a company's deals. Deals hold the key, which never changes; people read the name.
-- Without a limit of its own a stage is quiet after what the ground rule says; won_within_days is counted once a day from won deals.
create table deal_stages (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  key text not null check (length(key) between 1 and 40),
  name text not null check (length(name) between 1 and 40),
  place integer not null,
  quiet_days integer check (quiet_days between 1 and 365),
  won_within_days integer,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, key)
);
create unique index deal_stages_name on deal_stages (org_id, lower(name));

create or replace function app.furnish(company uuid, at timestamptz) returns void
  language sql security definer set search_path = app, public, pg_temp
  begin atomic
    insert into partner_types (org_id, id, key, name, place, created_at, updated_at)
    select company, gen_random_uuid(), t.key, t.name, t.place, at, at
    from (values ('reseller', 'Reseller', 1), ('distributor', 'Distributor', 2), ('agency', 'Agency', 3), ('technology', 'Technology', 4), ('referral', 'Referral', 5)) t(key, name, place)
    on conflict do nothing;
    insert into contact_roles (org_id, id, key, name, place, created_at, updated_at)
    select company, gen_random_uuid(), r.key, r.name, r.place, at, at
    from (values ('sales', 'Sales', 1), ('tech', 'Tech', 2), ('exec_sponsor', 'Exec sponsor', 3), ('marketing', 'Marketing', 4), ('finance', 'Finance', 5), ('other', 'Other', 6)) r(key, name, place)
    on conflict do nothing;
    insert into deal_stages (org_id, id, key, name, place, created_at, updated_at)
    select company, gen_random_uuid(), s.name, s.name, s.place, at, at
    from (values ('New', 1), ('Working', 2), ('Proposal', 3)) s(name, place)
    on conflict do nothing;
    insert into ground_rules (org_id, rule, is_on, amount, updated_at)
    select company, g.rule, true, g.amount, at
    from (values ('legal_name', null), ('type', null), ('owner', null), ('tags', 3), ('main_contact', 6), ('quiet', 14)) g(rule, amount)
    on conflict do nothing;
  end;
select app.furnish(org_id, created_at) from organizations;
insert into deal_stages (org_id, id, key, name, place, created_at, updated_at)
  select d.org_id, gen_random_uuid(), left(d.stage, 40), left(d.stage, 40), 99, min(d.created_at), min(d.created_at) from deals d group by d.org_id, left(d.stage, 40)
  on conflict do nothing;

alter table organizations add column protection_days integer not null default 90 check (protection_days between 1 and 730);

-- A deal of theirs joins the pipeline when we accept it.
alter table deals
  add column turn_why text not null default 'shared',
  add column paused_until date,
  add column paused_why text check (length(paused_why) between 1 and 300),
  add column paused_turn text check (paused_turn in ('us', 'them')),
  add column paused_turn_why text,
  add column next_step text check (length(next_step) between 1 and 300),
  add column turn_by uuid,
  add column sent_by_id uuid,
  add column protected_until date,
  add column protection_reminded date,
  add column quiet_told timestamptz,
  add column in_pipeline boolean not null default true,
  add constraint deals_pause_is_whole check ((paused_until is null) = (paused_turn is null)),
  add constraint deals_sent_by foreign key (org_id, partner_id, sent_by_id) references contacts (org_id, partner_id, id) on delete set null (sent_by_id) deferrable initially immediate;
update deals set
  turn_why = case
    when outcome is not null then 'closed' when shared_from is null then 'not_shared'
    when answer = 'accepted' and turn = 'them' then 'accepted' when answer = 'declined' and turn <> 'them' then 'declined'
    when turn = 'them' then 'shared' else 'commented' end,
  turn_by = case when outcome is null and shared_from is not null and (answer = 'accepted' and turn = 'them' or answer = 'declined' and turn <> 'them') then answered_by end,
  turn = case when outcome is not null then 'nobody' when shared_from is null or turn = 'nobody' then 'us' else turn end;
alter table deals add constraint deals_stage_is_listed foreign key (org_id, stage) references deal_stages (org_id, key);
create index deals_board on deals (org_id, stage, last_activity_at desc, id desc) where outcome is null and in_pipeline;
-- What is counted is counted of the pipeline.
drop index deals_stages;
drop index deals_open_by_partner;
create index deals_stages on deals (org_id, stage, partner_id) where outcome is null and in_pipeline;
create index deals_open_by_partner on deals (org_id, partner_id) where outcome is null and in_pipeline;
create index deals_received on deals (org_id, answer, created_at, id) where direction = 'received' and not in_pipeline and outcome is null;
create index deals_closed on deals (org_id, outcome, outcome_at desc, id desc) where outcome is not null;
create index deals_paused on deals (paused_until) where paused_until is not null;
create index deals_protected on deals (protected_until) where protected_until is not null and outcome is null;
create index deals_by_stage on deals (org_id, stage);
create index deals_by_sender on deals (org_id, partner_id, sent_by_id) where sent_by_id is not null;

-- A customer's name without case, accents, punctuation and legal form at its end: two deals with one key are for one customer.
create function app.customer_key(name text) returns text
  language sql immutable strict parallel safe
  return trim(regexp_replace(
    trim(regexp_replace(regexp_replace(app.fold(name), '[.''’`´]', '', 'g'), '[][\s,;:()/&+_-]+', ' ', 'g')),
    '(?<=[^ ])( (gmbh|mbh|ag|kg|kgaa|ohg|ug|se|inc|incorporated|corp|corporation|co|llc|llp|ltd|limited|plc|sa|sas|sarl|srl|spa|bv|nv|ab|oy|oyj|as|asa|aps|sl|slu|ou|lda|sro|kk|pty))+$', ''));
drop index deals_by_customer_name;
create index deals_by_customer_key on deals (org_id, app.customer_key(customer_company));

-- Nobody shared what they sent themselves: they see it because it is theirs.
alter table shares
  alter column shared_by drop not null,
  add constraint shares_are_made check (shared_by is not null or deal_id is not null);

-- What was said can be said better, or taken back, by whoever said it; how it read before stays.
alter table entries drop constraint entries_kind_check;
alter table entries
  add constraint entries_kind_check check (kind in ('comment', 'note', 'call', 'email', 'shared', 'stopped', 'answer', 'stage', 'owner', 'outcome', 'sent', 'paused', 'resumed', 'protected')),
  add column needs_answer boolean not null default false,
  add column edited_at timestamptz,
  add column removed_at timestamptz;
create table entry_versions (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  entry_id uuid not null,
  body text not null,
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, entry_id) references entries (org_id, id) on delete cascade
);
create index outbox_of_deal on outbox (org_id, deal_id) where deal_id is not null;
create index entry_versions_of_entry on entry_versions (org_id, entry_id, at desc, id desc);

-- A colleague who leaves hands over what they own, and all of it can be taken back.
alter table acts drop constraint acts_kind_check;
alter table acts add constraint acts_kind_check check (kind in ('bulk', 'repair', 'tag_merge', 'merge', 'import', 'left', 'took_off'));

-- What waits to go into these is looked through at every search: a little at a time, so that nobody waits for a large import.
alter index partners_by_words set (gin_pending_list_limit = 64);
alter index partners_by_likeness set (gin_pending_list_limit = 64);
alter index contacts_by_words set (gin_pending_list_limit = 64);
alter index deals_by_words set (gin_pending_list_limit = 64);
