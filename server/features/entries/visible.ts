import { sql } from '#server/db/sql.ts'
import { barrier, dayWords, sharedWords } from '#server/features/deals/visibility.ts'
import { permissionTexts } from '#shared/permissions.ts'

/** Who wrote entry `e`. */
export const author = sql`json_build_object(
  'name', coalesce(
    (select c.name from contacts c where c.org_id = e.org_id and c.id = e.contact_id),
    (select m.name from members m where m.org_id = e.org_id and m.id = e.member_id),
    'Someone no longer here'),
  'outside', e.contact_id is not null) as author`

/** What was said on a deal is read while the deal is: `s` is its running share, `sm` who shared it, `p` the partner. */
export const deal_entry_visible = sql`e.audience = 'partner' and ${barrier} is null as visible`
export const deal_entry_why = sql`case when e.audience = 'team' then 'Team only' else coalesce(rtrim(${barrier}, '.'), ${sharedWords}) end as why`

const note_barrier = sql`case
  when s.id is null then 'No longer shared'
  when s.effective_at > (select app.now()) then 'Leaves in a few seconds'
  when p.archived_at is not null then 'This partner is archived'
  when not p.sees_notes then '"' || ${permissionTexts.sees_notes.title}::text || '" is off' end`
/** A note has a share of its own, `s`. */
export const note_visible = sql`e.audience = 'partner' and ${note_barrier} is null as visible`
export const note_why = sql`case when e.audience = 'team' then 'Team only'
  else coalesce(${note_barrier}, 'Shared by ' || sm.name || ' on ' || ${dayWords(sql`s.shared_at`)}) end as why`

/** Colleagues named in entry `e`. */
export const mentioned = sql`coalesce(
  (select json_agg(json_build_object('id', m.id, 'name', m.name) order by m.name, m.id)
    from mentions n join members m on m.org_id = n.org_id and m.id = n.member_id where n.org_id = e.org_id and n.entry_id = e.id), '[]') as mentions`
/** What note `e` is a copy of, and whether a copy of it was shared. */
export const copies = sql`e.copy_of_id as copy_of, exists (select from entries k where k.org_id = e.org_id and k.copy_of_id = e.id) as copied`
/** Whether entry `e` was said better or taken back, and whether the reader may do so: their own words, where they may work with partner `p`. */
export const rewritten = sql`e.needs_answer, e.edited_at, e.removed_at is not null as removed,
  (e.removed_at is null and p.archived_at is null and e.member_id is not distinct from (select app.member()) and e.kind in ('comment', 'note', 'call', 'email')
    and (select app.changes_things()) and e.partner_id not in (select app.view_only_partners())) as mine`
