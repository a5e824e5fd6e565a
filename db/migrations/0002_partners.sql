-- Partners, the people there, who on the team works with them, and how they are organised.
create table partners (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  slug text not null,
  workspace text not null,
  legal_name text not null check (length(legal_name) between 1 and 200),
  name_key text not null,
  type text check (length(type) between 1 and 40),
  status text not null default 'onboarding' check (status in ('onboarding', 'active', 'dormant')),
  website text,
  domain text,
  phone text,
  description text,
  agreement_signed date,
  owner_id uuid,
  works_via text not null default 'internal' check (works_via in ('portal', 'email', 'internal')),
  team_access text not null default 'everyone' check (team_access in ('everyone', 'picked')),
  sees_deals boolean not null default true,
  sees_value boolean not null default false,
  sees_customer_contact boolean not null default false,
  sees_notes boolean not null default true,
  updates_deals boolean not null default true,
  sends_deals boolean not null default false,
  archived_at timestamptz,
  last_activity_at timestamptz not null,
  reviewed_at timestamptz,
  import_id uuid,
  sample boolean not null default false,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, slug),
  unique (org_id, workspace),
  foreign key (org_id, owner_id) references members (org_id, id) on delete set null (owner_id)
);
-- Names are ordered as people read them: case and accents count last. Comparing a column itself may run before the row
-- policies; comparing lower(...) may not, and a deep page would read everything before it.
create index partners_by_name on partners (org_id, legal_name collate "und-x-icu", id) where archived_at is null;
create index partners_by_activity on partners (org_id, last_activity_at, id) where archived_at is null;
create index partners_archived on partners (org_id, legal_name collate "und-x-icu", id) where archived_at is not null;
create index partners_by_name_key on partners (org_id, name_key);
create index partners_by_likeness on partners using gin (org_id, name_key gin_trgm_ops);
create index partners_by_words on partners using gin (org_id, app.fold(' ' || legal_name || ' ' || coalesce(domain, '')) gin_trgm_ops);
create index partners_by_domain on partners (org_id, domain) where domain is not null;
create index partners_picked on partners (org_id, id) include (owner_id) where team_access = 'picked';
create index partners_by_owner on partners (org_id, owner_id, legal_name collate "und-x-icu", id);
create index partners_sample on partners (org_id) where sample;

-- Earlier slugs keep working.
create table partner_slugs (
  org_id uuid not null,
  slug text not null,
  partner_id uuid not null,
  primary key (org_id, slug),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade
);

create table partner_members (
  org_id uuid not null,
  partner_id uuid not null,
  member_id uuid not null,
  level text not null check (level in ('view', 'work')),
  created_at timestamptz not null,
  primary key (org_id, partner_id, member_id),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);
create index partner_members_by_member on partner_members (org_id, member_id, partner_id);

create table contacts (
  org_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  email text check (length(email) <= 254),
  phone text,
  title text,
  role text,
  is_main boolean not null default false,
  sees text not null default 'all' check (sees in ('all', 'own')),
  person_id text,
  confirmed_at timestamptz,
  left_at timestamptz,
  access_removed_at timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, partner_id, id),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade
);
create index contacts_by_partner on contacts (org_id, partner_id, is_main desc, name, id);
create unique index contacts_main on contacts (org_id, partner_id) where is_main;
create unique index contacts_email on contacts (org_id, partner_id, lower(email)) where left_at is null;
create index contacts_by_email on contacts (org_id, lower(email));
create index contacts_by_words on contacts using gin (org_id, app.fold(' ' || name || ' ' || coalesce(email, '')) gin_trgm_ops);
create index contacts_person on contacts (person_id) where person_id is not null;

create table invitations (
  org_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  contact_id uuid not null,
  message text not null check (length(message) between 20 and 4000),
  token_hash text,
  sent_by uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  effective_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  declined_at timestamptz,
  prefers_email_at timestamptz,
  withdrawn_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, partner_id, contact_id) references contacts (org_id, partner_id, id) on delete cascade,
  foreign key (org_id, sent_by) references members (org_id, id)
);
create index invitations_by_contact on invitations (org_id, contact_id, created_at desc);
create index invitations_token on invitations (token_hash) where token_hash is not null;

create table tags (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  name text not null check (length(name) between 1 and 40),
  meaning text,
  colour integer not null default 6 check (colour between 1 and 8),
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id)
);
create unique index tags_name on tags (org_id, lower(name));

create table partner_tags (
  org_id uuid not null,
  partner_id uuid not null,
  tag_id uuid not null,
  primary key (org_id, partner_id, tag_id),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade,
  foreign key (org_id, tag_id) references tags (org_id, id) on delete cascade
);
create index partner_tags_by_tag on partner_tags (org_id, tag_id, partner_id);

create table imports (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  file_name text not null,
  state text not null check (state in ('reading', 'checked', 'running', 'done', 'failed')),
  member_id uuid not null,
  file bytea,
  mapping jsonb,
  checked jsonb,
  total integer not null default 0,
  done integer not null default 0,
  result jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
alter table partners add foreign key (org_id, import_id) references imports (org_id, id) on delete set null (import_id);
