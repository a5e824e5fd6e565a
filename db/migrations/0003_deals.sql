-- Deals, the shares that make one thing visible to a partner, and the timeline.
create table deals (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  ref text not null,
  partner_id uuid not null,
  kind text not null check (kind in ('lead', 'referral', 'co_sell')),
  direction text not null default 'given' check (direction in ('given', 'received')),
  customer_company text not null check (length(customer_company) between 1 and 200),
  customer_domain text,
  customer_contact_name text,
  customer_contact_email text,
  customer_contact_phone text,
  value_minor bigint check (value_minor >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  expected_close date,
  ask text not null check (length(ask) between 1 and 2000),
  our_owner_id uuid not null,
  their_owner_id uuid,
  turn text not null default 'them' check (turn in ('us', 'them', 'nobody')),
  turn_since timestamptz not null,
  answer text not null default 'pending' check (answer in ('pending', 'accepted', 'declined')),
  answered_at timestamptz,
  answered_by uuid,
  answer_reason text,
  stage text not null default 'New',
  stage_since timestamptz not null,
  outcome text check (outcome in ('won', 'lost')),
  outcome_at timestamptz,
  outcome_reason text,
  -- Kept by the shares trigger: the wall's own copy of "shared, from when, with which exceptions".
  shared_from timestamptz,
  show_value boolean,
  show_customer_contact boolean,
  last_activity_at timestamptz not null,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, ref),
  unique (org_id, partner_id, id),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade,
  foreign key (org_id, our_owner_id) references members (org_id, id),
  foreign key (org_id, partner_id, their_owner_id) references contacts (org_id, partner_id, id) on delete set null (their_owner_id)
);
create index deals_by_activity on deals (org_id, last_activity_at desc, id desc);
create index deals_open on deals (org_id, last_activity_at desc, id desc) where outcome is null;
create index deals_by_partner on deals (org_id, partner_id, last_activity_at desc, id desc);
create index deals_shared on deals (org_id, partner_id, last_activity_at desc, ref desc) where shared_from is not null;
-- Only for questions about an owner, so that a list in its order never takes it.
create index deals_shared_by_owner on deals (org_id, partner_id, our_owner_id) where shared_from is not null and our_owner_id is not null;
create index deals_stages on deals (org_id, stage, partner_id) where outcome is null;
create index deals_open_by_partner on deals (org_id, partner_id) where outcome is null;
create index deals_mine on deals (org_id, our_owner_id, turn_since) where outcome is null;
create index deals_by_customer on deals (org_id, customer_domain) where customer_domain is not null;
create index deals_by_customer_name on deals (org_id, lower(customer_company));

create table entries (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  partner_id uuid not null,
  deal_id uuid,
  kind text not null check (kind in ('comment', 'note', 'call', 'email', 'shared', 'stopped', 'answer', 'stage', 'owner', 'outcome')),
  audience text not null default 'team' check (audience in ('team', 'partner')),
  body text check (length(body) <= 10000),
  from_value text,
  to_value text,
  member_id uuid,
  contact_id uuid,
  -- Kept by the shares trigger for notes; things said on a deal follow the deal.
  shared_from timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, partner_id, id),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade,
  foreign key (org_id, partner_id, deal_id) references deals (org_id, partner_id, id) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id) on delete set null (member_id),
  foreign key (org_id, partner_id, contact_id) references contacts (org_id, partner_id, id) on delete set null (contact_id)
);
create index entries_by_deal on entries (org_id, deal_id, created_at desc, id desc) where deal_id is not null;
create index entries_by_partner on entries (org_id, partner_id, created_at desc, id desc);
create index entries_notes on entries (org_id, partner_id, created_at desc, id desc) where deal_id is null;
create index entries_said_by on entries (org_id, partner_id, member_id) where audience = 'partner' and member_id is not null;

create table shares (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  partner_id uuid not null,
  deal_id uuid,
  entry_id uuid,
  show_value boolean,
  show_customer_contact boolean,
  shared_by uuid not null,
  shared_at timestamptz not null,
  effective_at timestamptz not null,
  stopped_at timestamptz,
  stopped_by uuid,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  check (num_nonnulls(deal_id, entry_id) = 1),
  foreign key (org_id, partner_id, deal_id) references deals (org_id, partner_id, id) on delete cascade,
  foreign key (org_id, partner_id, entry_id) references entries (org_id, partner_id, id) on delete cascade,
  foreign key (org_id, shared_by) references members (org_id, id)
);
create unique index shares_deal on shares (org_id, deal_id) where stopped_at is null and deal_id is not null;
create unique index shares_entry on shares (org_id, entry_id) where stopped_at is null and entry_id is not null;
create index shares_by_partner on shares (org_id, partner_id, deal_id, entry_id);
