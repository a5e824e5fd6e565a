-- One of sixteen even parts of a company's rows: where many people match the words, a part of them holds enough.
create function app.sixteenth(company uuid, id uuid) returns text
  language sql immutable strict parallel safe
  return right(id::text, 1) || company::text;
drop index contacts_by_words;
create index contacts_by_words on contacts using gin (org_id, app.sixteenth(org_id, id), app.fold(' ' || name || ' ' || coalesce(email, '')) gin_trgm_ops)
  with (gin_pending_list_limit = 64);
-- Partners that are not archived are counted from this index alone.
drop index partners_by_activity;
create index partners_by_activity on partners (org_id, last_activity_at, id) include (status, type, owner_id) where archived_at is null;
