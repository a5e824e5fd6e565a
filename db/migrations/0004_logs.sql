-- What happened and who saw it; what is due; what is mailed.
create table audit_rows (
  org_id uuid not null,
  id bigint generated always as identity,
  at timestamptz not null,
  member_id uuid,
  contact_id uuid,
  channel text not null,
  action text not null check (action in ('insert', 'update', 'delete', 'event')),
  table_name text not null,
  record_id uuid,
  partner_id uuid,
  deal_id uuid,
  changes jsonb not null,
  request_id text,
  primary key (org_id, id, at)
) partition by range (at);
create table audit_rows_rest partition of audit_rows default;
create index audit_rows_newest on audit_rows (org_id, at desc, id desc);
create index audit_rows_by_partner on audit_rows (org_id, partner_id, at desc, id desc);
create index audit_rows_by_deal on audit_rows (org_id, deal_id, at desc, id desc);
create index audit_rows_by_record on audit_rows (org_id, record_id, at desc, id desc);
create index audit_rows_looked on audit_rows (org_id, member_id) where action = 'event' and table_name = 'view_as';

create table read_records (
  org_id uuid not null,
  id bigint generated always as identity,
  at timestamptz not null,
  member_id uuid,
  contact_id uuid,
  channel text not null,
  kind text not null,
  partner_id uuid,
  record_ids uuid[] not null,
  fields text[] not null,
  request_id text,
  primary key (org_id, id, at)
) partition by range (at);
create table read_records_rest partition of read_records default;
create index read_records_newest on read_records (org_id, at desc, id desc);
create index read_records_by_partner on read_records (org_id, partner_id, at desc, id desc);
create index read_records_of_record on read_records using gin (record_ids);

create table notifications (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  kind text not null,
  partner_id uuid not null,
  deal_id uuid,
  entry_id uuid,
  contact_id uuid,
  key text not null,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (org_id, id),
  unique (org_id, member_id, key),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade,
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade,
  foreign key (org_id, partner_id, deal_id) references deals (org_id, partner_id, id) on delete cascade,
  foreign key (org_id, partner_id, entry_id) references entries (org_id, partner_id, id) on delete cascade
);
create index notifications_newest on notifications (org_id, member_id, created_at desc, id desc);
create index notifications_unread on notifications (org_id, member_id) where read_at is null;

-- Mail to send: ids only, rendered when it leaves. What could not leave stays readable in the Outbox.
create table outbox (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  kind text not null,
  partner_id uuid,
  contact_id uuid,
  member_id uuid,
  invitation_id uuid,
  deal_id uuid,
  message_id text not null,
  state text not null default 'due' check (state in ('due', 'sent', 'held', 'failed', 'dropped')),
  due_at timestamptz not null,
  queued_at timestamptz,
  tries integer not null default 0,
  to_email text,
  subject text,
  body text,
  error text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  sent_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade
);
create index outbox_due on outbox (due_at) where state = 'due' and queued_at is null;
create index outbox_by_id on outbox (id);
create index outbox_newest on outbox (org_id, created_at desc, id);

-- Work that falls due at a moment; a tick takes what is due by app.now().
create table due_work (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  task text not null,
  record_id uuid not null,
  due_at timestamptz not null,
  taken_at timestamptz,
  primary key (org_id, id)
);
create index due_work_open on due_work (due_at) where taken_at is null;

create table idempotency_keys (
  org_id uuid not null,
  actor_id uuid not null,
  key text not null,
  fingerprint text not null,
  body text,
  created_at timestamptz not null,
  primary key (org_id, actor_id, key)
);
