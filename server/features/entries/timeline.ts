import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { join, type Sql, sql } from '#server/db/sql.ts'
import { runningShare } from '#server/features/deals/visibility.ts'
import { ids, pageOf, readPlace } from '#server/http/cursor.ts'
import { forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { addDealEntry as addEndpoint, Entry, listDealEntries as endpoint } from '#shared/entries.ts'
import { mention } from './mentions.ts'
import { author, copies, deal_entry_visible, deal_entry_why, mentioned, rewritten } from './visible.ts'

const said = (wanted: Sql, limit: number): Sql => sql`
  select e.id, e.kind, e.audience, e.body, e.from_value, e.to_value, ${author}, e.created_at, ${mentioned}, ${copies}, ${deal_entry_visible}, ${deal_entry_why}, ${rewritten}
  from (select e.* from entries e where ${wanted} order by e.created_at desc, e.id desc limit ${limit}) e
  join deals d on d.org_id = e.org_id and d.id = e.deal_id
  join partners p on p.org_id = d.org_id and p.id = d.partner_id ${runningShare}`

// What the lines have that were said by nobody.
const unsaid = sql`'[]'::json as mentions, null::uuid as copy_of, false as copied, false as visible, 'Team only' as why,
  false as needs_answer, null::timestamptz as edited_at, false as removed, false as mine`

// One line a person, day and channel, by the company's own days. The read records' own rule says who sees them: admins and the partner's owner.
const looks = (deal: string): Sql => sql`
  select md5(concat_ws(' ', ${deal}::text, r.contact_id, r.channel, r.day))::uuid as id, 'viewed' as kind, 'team' as audience, null as body, null as from_value,
    null as to_value, json_build_object('name', coalesce(c.name, 'Someone no longer here'), 'outside', true) as author, r.created_at, ${unsaid}
  from (
    select r.org_id, r.contact_id, r.channel, (r.at at time zone (select o.time_zone from organizations o))::date as day, max(r.at) as created_at
    from read_records r
    where r.id in (select app.reads_of(${deal}::uuid, 'deal')) and r.kind = 'deal' and r.contact_id is not null and r.channel <> 'mail'
    group by 1, 2, 3, 4) r
  left join contacts c on c.org_id = r.org_id and c.id = r.contact_id`

// What left for the partner's people about this deal, with the subject it had.
const mails = (deal: string): Sql => sql`
  select o.id, 'mailed' as kind, 'team' as audience, o.subject as body, null as from_value, null as to_value,
    json_build_object('name', coalesce(c.name, 'Someone no longer here'), 'outside', true) as author, o.sent_at as created_at, ${unsaid}
  from app.mails_of(${deal}::uuid) o left join contacts c on c.id = o.contact_id`

/** A deal's timeline, newest first: what was said and done, what was mailed to the partner's people and when they looked at it. */
export async function listDealEntries(
  tx: Tx,
  deal: string,
  { audience, cursor, limit = 50 }: Given<typeof endpoint>['query'],
): Promise<Answer<typeof endpoint>> {
  const from = readPlace(cursor, ids)
  const place = from ? sql`(${from.at}::timestamptz, ${from.key}::uuid)` : null
  const wanted = [sql`e.deal_id = ${deal}::uuid`]
  if (audience) wanted.push(sql`e.audience = ${audience}`)
  if (place) wanted.push(sql`(e.created_at, e.id) < ${place}`)
  const pieces = [said(join(wanted, ' and '), limit + 1)]
  if (audience !== 'partner')
    for (const lines of [looks(deal), mails(deal)])
      pieces.push(place ? sql`select * from (${lines}) l where (l.created_at, l.id) < ${place}` : lines)
  const all = join(
    pieces.map((piece) => sql`(${piece})`),
    ' union all ',
  )
  const [there, rows] = await Promise.all([
    tx.row(sql`select 1 from deals where id = ${deal}::uuid`),
    tx.last<Entry>(sql`select * from (${all}) t order by t.created_at desc, t.id desc limit ${limit + 1}`),
  ])
  if (!there) throw notFound()
  return pageOf(rows, limit, (entry) => ({ at: entry.created_at, key: entry.id }))
}

/** Says something on a deal: to the team only, or to both sides while it is shared. */
export async function addDealEntry(
  tx: Tx,
  deal: string,
  { body, audience, needs_answer = false, mentions }: Given<typeof addEndpoint>['body'],
): Promise<Entry> {
  const at = await tx.row<{ partner_id: string; can: boolean; shared: boolean; over: boolean; legal_name: string }>(sql`
    select d.partner_id, app.can_work_with(d.partner_id) as can, d.shared_from is not null as shared, p.legal_name,
      d.outcome is not null or (d.direction = 'received' and d.answer = 'declined') as over
    from deals d join partners p on p.org_id = d.org_id and p.id = d.partner_id where d.id = ${deal}::uuid`)
  if (!at) throw notFound()
  if (!at.can) throw forbidden()
  if (audience === 'partner' && !at.shared)
    throw invalid('audience', `${at.legal_name} does not see this deal. Share it first, or write to the team only.`)
  if (needs_answer && audience === 'team')
    throw invalid('needs_answer', 'Only what the partner reads can ask them for an answer.')
  if (needs_answer && at.over) throw invalid('needs_answer', 'This deal is over. Nobody has to answer on it.')
  const id = newId()
  await tx.run(sql`
    insert into entries (org_id, id, partner_id, deal_id, kind, audience, body, needs_answer, member_id, created_at)
    values (app.org(), ${id}::uuid, ${at.partner_id}::uuid, ${deal}::uuid, 'comment', ${audience}, ${body}, ${needs_answer}, app.member(), app.now())`)
  await mention(tx, at.partner_id, id, mentions)
  return readDealEntry(tx, id)
}

/** A line of a deal's timeline as the member sees it. */
export async function readDealEntry(tx: Tx, id: string): Promise<Entry> {
  const entry = await tx.row<Entry>(said(sql`e.id = ${id}::uuid`, 1))
  if (!entry) throw notFound()
  return entry
}
