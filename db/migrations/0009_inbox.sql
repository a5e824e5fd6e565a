-- What one is done with leaves the inbox, and what can wait comes back on its day.
alter table notifications add column done_at timestamptz, add column snoozed_until timestamptz;
-- Until now reading was being done.
update notifications set done_at = read_at where read_at is not null;
create index notifications_open on notifications (org_id, member_id) where done_at is null;
drop index notifications_unread;
