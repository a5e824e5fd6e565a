-- How each person is told by mail: what still waits to be told, what they chose, and the links that let them choose without signing in.

-- What reached an inbox waits here to be mailed: settled when a mail has taken it up, or when none is wanted.
alter table notifications
  add column by_id uuid,
  add column digest_from timestamptz,
  add column mail_id uuid,
  add column told_at timestamptz;
update notifications set told_at = created_at;
create index notifications_waiting on notifications (org_id, member_id) where told_at is null;
create index notifications_of_mail on notifications (org_id, mail_id) where mail_id is not null;
create index notifications_of_member on notifications (org_id, member_id, created_at);

-- The same for a contact, who has no inbox.
create table contact_notices (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  deal_id uuid not null,
  entry_id uuid,
  kind text not null check (kind in ('asked', 'answered', 'closed', 'changed')),
  key text not null,
  created_at timestamptz not null,
  digest_from timestamptz,
  mail_id uuid,
  told_at timestamptz,
  primary key (org_id, id),
  unique (org_id, contact_id, key),
  foreign key (org_id, contact_id) references contacts (org_id, id) on delete cascade,
  foreign key (org_id, deal_id) references deals (org_id, id) on delete cascade
);
create index contact_notices_waiting on contact_notices (org_id, contact_id) where told_at is null;
create index contact_notices_of_mail on contact_notices (org_id, mail_id) where mail_id is not null;
create index contact_notices_of_deal on contact_notices (org_id, deal_id);

-- Who never chose is told the calm way, and has no row. Times of day are quarters of an hour.
create table notice_settings (
  org_id uuid not null references organizations (org_id) on delete cascade,
  member_id uuid not null,
  assigned text not null check (assigned in ('now', 'digest', 'off')),
  replied text not null check (replied in ('now', 'digest', 'off')),
  moved text not null check (moved in ('now', 'digest', 'off')),
  quiet text not null check (quiet in ('now', 'digest', 'off')),
  sent text not null check (sent in ('now', 'digest', 'off')),
  invites text not null check (invites in ('now', 'digest', 'off')),
  access text not null check (access in ('now', 'digest', 'off')),
  quiet_hours boolean not null,
  quiet_from text not null check (quiet_from ~ '^([01]\d|2[0-3]):(00|15|30|45)$'),
  quiet_to text not null check (quiet_to ~ '^([01]\d|2[0-3]):(00|15|30|45)$'),
  quiet_weekends boolean not null,
  digest_at text not null check (digest_at ~ '^([01]\d|2[0-3]):(00|15|30|45)$'),
  time_zone text check (length(time_zone) between 1 and 60),
  updated_at timestamptz not null,
  primary key (org_id, member_id),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade,
  constraint notice_settings_leave_a_moment check (quiet_from <> quiet_to)
);

-- No mail about this partner, or about this one deal.
create table mutes (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  member_id uuid not null,
  partner_id uuid not null,
  deal_id uuid,
  created_at timestamptz not null,
  primary key (org_id, id),
  constraint mutes_once unique nulls not distinct (org_id, member_id, partner_id, deal_id),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade,
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade,
  foreign key (org_id, deal_id) references deals (org_id, id) on delete cascade
);
create index mutes_of_partner on mutes (org_id, partner_id);
create index mutes_of_deal on mutes (org_id, deal_id) where deal_id is not null;

create table contact_choices (
  org_id uuid not null references organizations (org_id) on delete cascade,
  contact_id uuid not null,
  choice text not null check (choice in ('asked', 'weekly', 'only_asked', 'none')),
  updated_at timestamptz not null,
  primary key (org_id, contact_id),
  foreign key (org_id, contact_id) references contacts (org_id, id) on delete cascade
);

-- What a mail may change without signing in: one purpose, one person, one kind of mail.
create table mail_links (
  org_id uuid not null references organizations (org_id) on delete cascade,
  id uuid not null,
  purpose text not null check (purpose in ('prefs')),
  token_hash text not null,
  member_id uuid,
  contact_id uuid,
  class text not null,
  partner_id uuid,
  deal_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (org_id, id),
  check ((member_id is null) <> (contact_id is null)),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade,
  foreign key (org_id, contact_id) references contacts (org_id, id) on delete cascade
);
create index mail_links_token on mail_links (token_hash);
create index mail_links_of_member on mail_links (org_id, member_id) where member_id is not null;
create index mail_links_of_contact on mail_links (org_id, contact_id) where contact_id is not null;
create index mail_links_old on mail_links (org_id, expires_at);

-- `more`: the last mail of a day says how much is left for the digest.
alter table outbox add column more integer;
create index outbox_to_member on outbox (org_id, member_id, created_at) where member_id is not null;
create index outbox_to_contact on outbox (org_id, contact_id, created_at) where contact_id is not null;
create index due_work_of on due_work (org_id, record_id) where taken_at is null;
create index due_work_by_id on due_work (id);
