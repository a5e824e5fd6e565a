import { type Sql, sql } from '#server/db/sql.ts'
import type { Deal } from '#shared/deals.ts'
import { permissionTexts } from '#shared/permissions.ts'

/** A moment as a day in the company's own time: 12 November, with the year when it is another one. */
export const dayWords = (at: Sql): Sql => sql`(
  select to_char(there.at, case when extract(year from there.at) = extract(year from there.now) then 'FMDD FMMonth' else 'FMDD FMMonth YYYY' end)
  from (select ${at} at time zone o.time_zone as at, (select app.now()) at time zone o.time_zone as now from organizations o offset 0) there)`

const readsIt = (their_owner: Sql): Sql => sql`r.left_at is null and r.access_removed_at is null
  and (r.sees = 'all' or r.id = ${their_owner})
  and (r.person_id is not null or (p.works_via = 'email' and r.email is not null and (r.id = ${their_owner} or (${their_owner} is null and r.is_main))))`

/** Who at partner `p` can read a deal with this owner there: who can get in, or is written to. Theirs to read all, or this one. */
export const readersOf = (their_owner: Sql): Sql => sql`array(
  select r.name from contacts r
  where r.org_id = p.org_id and r.partner_id = p.id and ${readsIt(their_owner)}
  order by r.is_main desc, r.name)`

/** All that deal `d` says about people at its partner `p`, as `c`: their owner, who answered, who can read it. One look at the contacts, for each is asked for its rights. */
export const dealContacts = sql`cross join lateral (
  select max(r.name) filter (where r.id = d.their_owner_id) as name, max(r.role) filter (where r.id = d.their_owner_id) as role,
    max(r.name) filter (where r.id = d.answered_by) as answered_by, max(r.name) filter (where r.id = d.turn_by) as turner,
    max(r.name) filter (where r.id = d.sent_by_id) as sender,
    coalesce(array_agg(r.name order by r.is_main desc, r.name) filter (where ${readsIt(sql`d.their_owner_id`)}), '{}') as readers
  from contacts r where r.org_id = d.org_id and r.partner_id = d.partner_id) c`

/** The same for our people: the owner as `m`, who shared it as `sm`, who answered as `am`. */
export const dealMembers = sql`cross join lateral (
  select max(n.name) filter (where n.id = d.our_owner_id) as owner, max(n.name) filter (where n.id = s.shared_by) as sharer,
    max(n.name) filter (where n.id = d.answered_by) as answerer, max(n.name) filter (where n.id = d.turn_by) as turner
  from members n where n.org_id = d.org_id and n.id = any(array[d.our_owner_id, s.shared_by, d.answered_by, d.turn_by])) ours
  cross join lateral (select d.our_owner_id as id, ours.owner as name) m
  cross join lateral (select ours.sharer as name) sm
  cross join lateral (select ours.answerer as name) am`

/** Why nobody at partner `p` sees a deal with running share `s` now, or null. */
export const barrier = sql`case
  when s.id is null then 'Not shared.'
  when s.effective_at > (select app.now()) then 'Leaves in a few seconds.'
  when p.archived_at is not null then 'This partner is archived.'
  when not p.sees_deals then '"' || ${permissionTexts.sees_deals.title}::text || '" is off.' end`

/** "Shared by Dana Reyes on 12 November", from running share `s` and its maker `sm`. */
export const sharedWords = sql`coalesce('Shared by ' || sm.name, 'Sent by ' || p.legal_name) || ' on ' || ${dayWords(sql`s.shared_at`)}`

/** Running share `s` of deal `d`. */
export const itsShare = sql`left join shares s on s.org_id = d.org_id and s.deal_id = d.id and s.stopped_at is null`
/** Running share `s` of deal `d` and who made it, `sm`. */
export const runningShare = sql`${itsShare}
  left join members sm on sm.org_id = s.org_id and sm.id = s.shared_by`

/** What decides which fields of deal `d` the partner sees (with `s`, `sm` and `c` around it); the words are made of it by `visibleOf`. */
export const visibleParts = sql`${barrier} as barrier, ${sharedWords} || '.' as shared_words, p.sees_value, p.sees_customer_contact, c.readers`
export type VisibleParts = {
  barrier: string | null
  shared_words: string | null
  sees_value: boolean
  sees_customer_contact: boolean
  readers: string[]
}
type Exceptions = { show_value: boolean | null; show_customer_contact: boolean | null } | null

/** Field by field, what the partner sees of a deal and the row that makes it so: the share, a permission, or the exception on this deal. */
export function visibleOf(parts: VisibleParts, share: Exceptions): Deal['visible'] {
  const { barrier, readers } = parts
  const shared = barrier ?? parts.shared_words ?? ''
  const decided = (exception: boolean | null | undefined, permission: boolean, { title }: { title: string }) => {
    if (barrier !== null) return { seen: false, why: barrier }
    if (typeof exception === 'boolean')
      return { seen: exception, why: exception ? 'Shown on this deal.' : 'Hidden on this deal.' }
    return { seen: permission, why: `"${title}" is ${permission ? 'on' : 'off'}.` }
  }
  const fields = [
    ...['customer', 'ask', 'stage', 'comments'].map((field) => ({ field, seen: barrier === null, why: shared })),
    { field: 'value', ...decided(share?.show_value, parts.sees_value, permissionTexts.sees_value) },
    {
      field: 'customer contact',
      ...decided(share?.show_customer_contact, parts.sees_customer_contact, permissionTexts.sees_customer_contact),
    },
    { field: 'team-only comments', seen: false, why: 'Team only, always.' },
  ]
  const of = (seen: boolean) => fields.filter((it) => it.seen === seen).map(({ field, why }) => ({ field, why }))
  return { sees: of(true), hidden: of(false), people: barrier === null ? readers : [] }
}
