-- Partner accounts organised: types, roles, custom fields, ground rules, saved views, files, and acts that can be taken back.

-- Short lists that a company edits. What records hold is the key, which never changes; people read the name.
create table partner_types (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  key text not null check (length(key) between 1 and 40),
  name text not null check (length(name) between 1 and 40),
  place integer not null,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, key)
);
create unique index partner_types_name on partner_types (org_id, lower(name));

create table contact_roles (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  key text not null check (length(key) between 1 and 40),
  name text not null check (length(name) between 1 and 40),
  place integer not null,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, key)
);
create unique index contact_roles_name on contact_roles (org_id, lower(name));

-- At most ten, each with its purpose in one line.
create table custom_fields (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  name text not null check (length(name) between 1 and 40),
  purpose text not null check (length(purpose) between 1 and 200),
  kind text not null check (kind in ('text', 'number', 'date', 'choice', 'yes_no', 'link')),
  choices text[] not null default '{}',
  place integer not null,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  check ((kind = 'choice') = (cardinality(choices) > 0))
);
create unique index custom_fields_name on custom_fields (org_id, lower(name)) where archived_at is null;

create table custom_values (
  org_id uuid not null,
  partner_id uuid not null,
  field_id uuid not null,
  text_value text check (length(text_value) between 1 and 500),
  number_value numeric,
  date_value date,
  yes_value boolean,
  updated_at timestamptz not null,
  primary key (org_id, partner_id, field_id),
  check (num_nonnulls(text_value, number_value, date_value, yes_value) = 1),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade,
  foreign key (org_id, field_id) references custom_fields (org_id, id) on delete cascade
);
create index custom_values_by_field on custom_values (org_id, field_id, partner_id);

create table ground_rules (
  org_id uuid not null references organizations (org_id) on delete cascade,
  rule text not null check (rule in ('legal_name', 'type', 'owner', 'tags', 'main_contact', 'quiet')),
  is_on boolean not null,
  amount integer check (amount between 1 and 365),
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, rule)
);

-- What no contract says: an address, a note in brackets, a question, no letter at all, small letters alone.
create function app.is_odd_name(name text) returns boolean
  language sql immutable parallel safe
  return name ~* '@|^(https?:|www\.)|^\S+\.[a-z]{2,}$|\?$|[(\[](old|new|test|copy|duplicate|inactive|do not use|formerly|tb[cd]|alt|neu|kopie|doppelt|ancien|nouveau|viejo|nuevo)\M'
    or name !~ '[^[:space:][:digit:][:punct:]]' or (name ~ '^[a-z]' and name = lower(name));
create index partners_odd_name on partners (org_id, id) where app.is_odd_name(legal_name);
-- Who is a main contact and since when that is so: told without looking at the row.
drop index contacts_main;
create unique index contacts_main on contacts (org_id, partner_id) include (confirmed_at, created_at) where is_main;

alter table organizations add column members_add_tags boolean not null default false;

-- What every company starts with. Also where one is founded, through a trigger in the rules.
create function app.furnish(company uuid, at timestamptz) returns void
  language sql
  begin atomic
    insert into partner_types (org_id, id, key, name, place, created_at, updated_at)
    select company, gen_random_uuid(), t.key, t.name, t.place, at, at
    from (values ('reseller', 'Reseller', 1), ('distributor', 'Distributor', 2), ('agency', 'Agency', 3), ('technology', 'Technology', 4), ('referral', 'Referral', 5)) t(key, name, place)
    on conflict do nothing;
    insert into contact_roles (org_id, id, key, name, place, created_at, updated_at)
    select company, gen_random_uuid(), r.key, r.name, r.place, at, at
    from (values ('sales', 'Sales', 1), ('tech', 'Tech', 2), ('exec_sponsor', 'Exec sponsor', 3), ('marketing', 'Marketing', 4), ('finance', 'Finance', 5), ('other', 'Other', 6)) r(key, name, place)
    on conflict do nothing;
    insert into ground_rules (org_id, rule, is_on, amount, updated_at)
    select company, g.rule, true, g.amount, at
    from (values ('legal_name', null), ('type', null), ('owner', null), ('tags', 3), ('main_contact', 6), ('quiet', 14)) g(rule, amount)
    on conflict do nothing;
  end;
select app.furnish(org_id, created_at) from organizations;

insert into partner_types (org_id, id, key, name, place, created_at, updated_at)
  select p.org_id, gen_random_uuid(), p.type, p.type, 99, min(p.created_at), min(p.created_at) from partners p
  where p.type is not null group by p.org_id, p.type
  on conflict do nothing;
update partners p set type = null
  where p.type is not null and not exists (select from partner_types t where t.org_id = p.org_id and t.key = p.type);
alter table partners add constraint partners_type_is_listed foreign key (org_id, type) references partner_types (org_id, key);

update contacts c set role = (select r.key from contact_roles r where r.org_id = c.org_id and lower(r.name) = lower(c.role)) where c.role is not null;
alter table contacts add constraint contacts_role_is_listed foreign key (org_id, role) references contact_roles (org_id, key);

-- Filters and an order of a list, under a name. Shared with the team, or one member's own.
create table views (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  member_id uuid not null,
  screen text not null check (screen in ('partners', 'deals')),
  name text not null check (length(name) between 1 and 40),
  query text not null check (length(query) <= 2000),
  shared boolean not null default false,
  -- Removed with one click, and back with one: Undo finds it here, with everybody's pins.
  removed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);
create index views_by_screen on views (org_id, screen, created_at, id) where removed_at is null;

create table view_pins (
  org_id uuid not null,
  member_id uuid not null,
  view_id uuid not null,
  created_at timestamptz not null,
  primary key (org_id, member_id, view_id),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade,
  foreign key (org_id, view_id) references views (org_id, id) on delete cascade
);

-- What a search looks through beside words anywhere: names from their beginning, and customers of deals.
create index partners_by_start on partners (org_id, app.fold(legal_name) text_pattern_ops);
create index deals_by_words on deals using gin (org_id, app.fold(' ' || customer_company) gin_trgm_ops);

-- Files of a partner or of one of its deals; the bytes in pieces, each read in a short transaction of its own.
create table files (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  partner_id uuid not null,
  deal_id uuid,
  name text not null check (length(name) between 1 and 200),
  -- What the bytes are, as far as they say it themselves; and their sum. Both are known once all of them are here.
  media_type text check (length(media_type) between 3 and 120),
  size integer not null check (size between 1 and 26214400),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  member_id uuid,
  contact_id uuid,
  -- Kept by the shares trigger: null is team only.
  shared_from timestamptz,
  completed_at timestamptz,
  removed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, partner_id, id),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade,
  foreign key (org_id, partner_id, deal_id) references deals (org_id, partner_id, id) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id) on delete set null (member_id),
  foreign key (org_id, partner_id, contact_id) references contacts (org_id, partner_id, id) on delete set null (contact_id),
  check (completed_at is null or (media_type is not null and sha256 is not null))
);
create index files_by_partner on files (org_id, partner_id, created_at desc, id desc) where completed_at is not null and removed_at is null;
create index files_by_deal on files (org_id, deal_id, created_at desc, id desc) where deal_id is not null and completed_at is not null and removed_at is null;
create index files_by_sender on files (org_id, partner_id, member_id) where shared_from is not null;

create table file_chunks (
  org_id uuid not null,
  file_id uuid not null,
  place integer not null check (place between 0 and 99),
  bytes bytea not null check (length(bytes) between 1 and 262144),
  primary key (org_id, file_id, place),
  foreign key (org_id, file_id) references files (org_id, id) on delete cascade
);
alter table file_chunks alter column bytes set storage external;

alter table shares add column file_id uuid;
alter table shares add foreign key (org_id, partner_id, file_id) references files (org_id, partner_id, id) on delete cascade;
alter table shares drop constraint shares_check;
alter table shares add constraint shares_one_thing check (num_nonnulls(deal_id, entry_id, file_id) = 1);
create unique index shares_file on shares (org_id, file_id) where stopped_at is null and file_id is not null;

-- A note that is shared is a copy; the original stays the team's.
alter table entries add column copy_of_id uuid;
alter table entries add foreign key (org_id, partner_id, copy_of_id) references entries (org_id, partner_id, id) on delete set null (copy_of_id);
create index entries_copies on entries (org_id, copy_of_id) where copy_of_id is not null;
-- The link that is copied and the link that is mailed: either may come first, and neither ends the other.
alter table invitations add column mailed_hash text;
create index invitations_mailed on invitations (mailed_hash) where mailed_hash is not null;
create index outbox_failed on outbox (org_id, invitation_id) where state = 'failed';
create table mentions (
  org_id uuid not null,
  entry_id uuid not null,
  member_id uuid not null,
  primary key (org_id, entry_id, member_id),
  foreign key (org_id, entry_id) references entries (org_id, id) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);

-- "This is a different company", remembered.
create table different_partners (
  org_id uuid not null,
  one_id uuid not null,
  other_id uuid not null check (one_id < other_id),
  member_id uuid,
  created_at timestamptz not null,
  primary key (org_id, one_id, other_id),
  foreign key (org_id, one_id) references partners (org_id, id) on delete cascade,
  foreign key (org_id, other_id) references partners (org_id, id) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id) on delete set null (member_id)
);
create index different_partners_other on different_partners (org_id, other_id);

-- Something done to many records at once that can be taken back: what it was, and each row before and after.
create table acts (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('bulk', 'repair', 'tag_merge', 'merge', 'import', 'left')),
  member_id uuid not null,
  says text not null check (length(says) between 1 and 500),
  created_at timestamptz not null,
  undo_until timestamptz not null,
  undone_at timestamptz,
  undone_by uuid,
  -- What stayed when it was undone, because somebody had changed it again: the first hundred.
  kept jsonb not null default '[]',
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id),
  foreign key (org_id, undone_by) references members (org_id, id)
);
create index acts_newest on acts (org_id, created_at desc, id);

create table act_changes (
  org_id uuid not null,
  id bigint generated always as identity,
  act_id uuid not null,
  -- The statement that did it: its rows go back together.
  step bigint not null,
  table_name text not null,
  action text not null check (action in ('insert', 'update', 'delete')),
  before jsonb,
  after jsonb,
  primary key (org_id, act_id, id),
  foreign key (org_id, act_id) references acts (org_id, id) on delete cascade
);

-- The log tells which changes belong to one act.
alter table audit_rows add column act_id uuid;

-- Records that became part of another one: their history is told with it.
create table merged_records (
  org_id uuid not null,
  old_id uuid not null,
  partner_id uuid not null,
  contact_id uuid,
  -- Where the people of a partner that is gone came in; links to it lead on.
  workspace text,
  act_id uuid not null,
  primary key (org_id, old_id),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade,
  foreign key (org_id, partner_id, contact_id) references contacts (org_id, partner_id, id) on delete cascade,
  foreign key (org_id, act_id) references acts (org_id, id) on delete cascade
);
create index merged_records_into on merged_records (org_id, partner_id, contact_id);
create index merged_records_workspace on merged_records (workspace) where workspace is not null;

-- Imports: of partners or of deals, cancelled or taken back; a deal whose partner is not known waits.
alter table imports add column kind text not null default 'partners' check (kind in ('partners', 'deals'));
alter table imports add column act_id uuid;
alter table imports add foreign key (org_id, act_id) references acts (org_id, id) on delete set null (act_id);
alter table imports drop constraint imports_state_check;
alter table imports add constraint imports_state_check check (state in ('reading', 'checked', 'running', 'done', 'failed', 'cancelled', 'undone'));
alter table deals add column import_id uuid;
alter table deals add foreign key (org_id, import_id) references imports (org_id, id) on delete set null (import_id);
create index deals_of_import on deals (org_id, import_id) where import_id is not null;
create index partners_of_import on partners (org_id, import_id) where import_id is not null;

create table parked_deals (
  org_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  member_id uuid not null,
  line integer not null,
  partner_name text not null check (length(partner_name) between 1 and 200),
  deal jsonb not null,
  settled_at timestamptz,
  deal_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, import_id) references imports (org_id, id) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id),
  foreign key (org_id, deal_id) references deals (org_id, id) on delete set null (deal_id)
);
create index parked_deals_waiting on parked_deals (org_id, created_at, id) where settled_at is null;

-- Each row of a sheet as it reads, and what a person decided about it; gone once the import is done.
create table import_rows (
  org_id uuid not null,
  import_id uuid not null,
  line integer not null,
  -- Which reading of the sheet it is from: one that a later reading left out goes.
  reading integer not null,
  state text not null check (state in ('new', 'duplicate', 'broken', 'dropped', 'parked')),
  decision text not null check (decision in ('import', 'update', 'skip')),
  typo boolean not null default false,
  -- What the record will be: the same in every try.
  record_id uuid not null,
  slug text,
  name_key text,
  same_id uuid,
  row jsonb not null,
  -- What a person said: kept when the sheet is read again.
  choice text check (choice in ('import', 'update', 'skip')),
  taken boolean not null default false,
  edits jsonb,
  primary key (org_id, import_id, line),
  foreign key (org_id, import_id) references imports (org_id, id) on delete cascade
);
create index import_rows_by_state on import_rows (org_id, import_id, state, line);
create index import_rows_typos on import_rows (org_id, import_id, line) where typo;
create index imports_under_way on imports (org_id, id) where state in ('reading', 'running');
create index imports_newest on imports (org_id, member_id, created_at desc, id);
-- The sheet itself, in pieces: a row that is looked at often holds no file.
create table import_pieces (
  org_id uuid not null,
  import_id uuid not null,
  place integer not null check (place between 0 and 99),
  bytes bytea not null check (length(bytes) between 1 and 524288),
  primary key (org_id, import_id, place),
  foreign key (org_id, import_id) references imports (org_id, id) on delete cascade
);
alter table import_pieces alter column bytes set storage external;
-- How often work was found with nobody working on it.
alter table due_work add column wakes integer not null default 0;
create index due_work_by_record on due_work (org_id, record_id);

-- Rows move from one partner to another together, when two partners become one: their keys are compared at the end.
do $$
declare
  it record;
begin
  for it in
    select c.conrelid::regclass as name, c.conname from pg_constraint c
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace and array_length(c.conkey, 1) = 3
  loop
    execute format('alter table %s alter constraint %I deferrable initially immediate', it.name, it.conname);
  end loop;
end $$;

-- Companies that were deleted: all that stays of them.
create table app.deleted_companies (
  id uuid primary key,
  name text not null,
  at timestamptz not null,
  by_whom text not null,
  counts jsonb not null
);
-- What hangs on a row that goes is found by it: without these, deleting many rows reads whole tables for each.
create index notifications_of_partner on notifications (org_id, partner_id);
create index notifications_of_deal on notifications (org_id, deal_id) where deal_id is not null;
create index notifications_of_entry on notifications (org_id, entry_id) where entry_id is not null;
create index outbox_of_partner on outbox (org_id, partner_id) where partner_id is not null;
create index shares_of_deal on shares (org_id, deal_id) where deal_id is not null;
create index shares_of_entry on shares (org_id, entry_id) where entry_id is not null;
create index shares_of_file on shares (org_id, file_id) where file_id is not null;
create index deals_of_their_owner on deals (org_id, partner_id, their_owner_id) where their_owner_id is not null;
create index entries_of_contact on entries (org_id, partner_id, contact_id) where contact_id is not null;
