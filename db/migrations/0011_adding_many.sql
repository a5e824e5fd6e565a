-- A large import adds tens of thousands of rows at once, and each of them paid for what it has no part in.

-- Only what is of a deal stands in the log's index of deals.
drop index audit_rows_by_deal;
create index audit_rows_by_deal on audit_rows (org_id, deal_id, at desc, id desc) where deal_id is not null;

-- Rows are remembered by triggers alone, under an act that their own transaction began, and acts go only with their company.
alter table act_changes drop constraint act_changes_org_id_act_id_fkey;

-- Partners are counted import by import, from this index alone: those of one that is still under way, which nobody sees yet, are not even looked at.
create index partners_counted on partners (org_id, import_id, id) include (status, type, owner_id, last_activity_at) where archived_at is null;
drop index partners_by_activity;
create index partners_by_activity on partners (org_id, last_activity_at, id) where archived_at is null;
