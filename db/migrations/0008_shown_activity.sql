-- When something last happened on a deal that its partner may know of. The team's own talk moves last_activity_at alone.
alter table deals add column shown_activity_at timestamptz;
-- Nobody changed anything: no version, no line in the log.
alter table deals disable trigger user;
update deals d set shown_activity_at = greatest(d.stage_since, d.turn_since, d.answered_at, d.outcome_at, least(d.shared_from, d.last_activity_at),
  (select max(e.created_at) from entries e where e.org_id = d.org_id and e.deal_id = d.id and e.audience = 'partner'));
alter table deals enable trigger user;
alter table deals alter column shown_activity_at set not null;
drop index deals_shared;
create index deals_shared on deals (org_id, partner_id, shown_activity_at desc, ref desc) where shared_from is not null;
