import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { nothing, type Sql, sql } from '#server/db/sql.ts'
import { ids, pageOf, readPlace } from '#server/http/cursor.ts'
import { conflict, forbidden, notFound } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { addNote as addEndpoint, Entry, listNotes as endpoint } from '#shared/entries.ts'
import { mention } from './mentions.ts'
import { author, copies, mentioned, note_visible, note_why, rewritten } from './visible.ts'

const noted = (wanted: Sql, limit: number): Sql => sql`
  select e.id, e.kind, e.audience, e.body, e.from_value, e.to_value, ${author}, e.created_at, ${mentioned}, ${copies}, ${note_visible}, ${note_why}, ${rewritten}
  from (select e.* from entries e where e.deal_id is null and ${wanted} order by e.created_at desc, e.id desc limit ${limit}) e
  join partners p on p.org_id = e.org_id and p.id = e.partner_id
  left join shares s on s.org_id = e.org_id and s.entry_id = e.id and s.stopped_at is null
  left join members sm on sm.org_id = s.org_id and sm.id = s.shared_by
  order by e.created_at desc, e.id desc`

/** Notes on a partner, newest first. */
export async function listNotes(
  tx: Tx,
  partner: string,
  { cursor, limit = 50 }: Given<typeof endpoint>['query'],
): Promise<Answer<typeof endpoint>> {
  const from = readPlace(cursor, ids)
  const after = from ? sql`and (e.created_at, e.id) < (${from.at}::timestamptz, ${from.key}::uuid)` : nothing
  const [there, rows] = await Promise.all([
    tx.row(sql`select 1 from partners where id = ${partner}::uuid`),
    tx.rows<Entry>(noted(sql`e.partner_id = ${partner}::uuid ${after}`, limit + 1)),
  ])
  if (!there) throw notFound()
  return pageOf(rows, limit, (entry) => ({ at: entry.created_at, key: entry.id }))
}

/** Writes a note. A shared one has a share of its own and leaves after ten seconds. */
export async function addNote(
  tx: Tx,
  partner: string,
  { body, audience, mentions }: Given<typeof addEndpoint>['body'],
): Promise<Entry> {
  const at = await tx.row<{ can: boolean; archived: boolean; legal_name: string }>(sql`
    select app.can_work_with(p.id) as can, p.archived_at is not null as archived, p.legal_name from partners p where p.id = ${partner}::uuid`)
  if (!at) throw notFound()
  if (!at.can) throw forbidden()
  if (at.archived) throw conflict(`${at.legal_name} is archived. Restore it first.`)
  const id = newId()
  await tx.run(sql`
    insert into entries (org_id, id, partner_id, kind, audience, body, member_id, created_at)
    values (app.org(), ${id}::uuid, ${partner}::uuid, 'note', ${audience}, ${body}, app.member(), app.now())`)
  await mention(tx, partner, id, mentions)
  if (audience === 'partner') await share(tx, partner, id)
  return readNote(tx, id)
}

/** A note has a share of its own, which takes effect after ten seconds. */
const share = (tx: Tx, partner: string, note: string) =>
  tx.run(sql`
    insert into shares (org_id, id, partner_id, entry_id, shared_by, shared_at, effective_at)
    values (app.org(), ${newId()}::uuid, ${partner}::uuid, ${note}::uuid, app.member(), app.now(), app.now() + interval '10 seconds')`)

/** A note as the member sees it. */
export async function readNote(tx: Tx, id: string): Promise<Entry> {
  const note = await tx.row<Entry>(noted(sql`e.id = ${id}::uuid`, 1))
  if (!note) throw notFound()
  return note
}

/** Shares a copy of a team-only note, as it is written here; the original stays the team's. Leaves after ten seconds. */
export async function shareNoteCopy(tx: Tx, note: string, body: string): Promise<Entry> {
  const at = await tx.row<{
    partner_id: string
    audience: string
    can: boolean
    archived: boolean
    legal_name: string
  }>(sql`
    select e.partner_id, e.audience, app.can_work_with(p.id) as can, p.archived_at is not null as archived, p.legal_name
    from entries e join partners p on p.org_id = e.org_id and p.id = e.partner_id where e.id = ${note}::uuid and e.deal_id is null`)
  if (!at) throw notFound()
  if (!at.can) throw forbidden()
  if (at.archived) throw conflict(`${at.legal_name} is archived. Restore it first.`)
  if (at.audience === 'partner')
    throw conflict('Only team-only notes are copied. This one was written for the partner.')
  const id = newId()
  await tx.run(sql`
    insert into entries (org_id, id, partner_id, kind, audience, body, member_id, copy_of_id, created_at)
    values (app.org(), ${id}::uuid, ${at.partner_id}::uuid, 'note', 'partner', ${body}, app.member(), ${note}::uuid, app.now())`)
  await share(tx, at.partner_id, id)
  return readNote(tx, id)
}

/** They no longer see a note; within ten seconds they never did. The note stays with the team; of a copy, its original. */
export async function stopSharingNote(tx: Tx, note: string): Promise<Entry> {
  const at = await tx.row<{ can: boolean; copy_of_id: string | null }>(
    sql`select app.can_work_with(e.partner_id) as can, e.copy_of_id from entries e where e.id = ${note}::uuid and e.deal_id is null`,
  )
  if (!at) throw notFound()
  if (!at.can) throw forbidden()
  await tx.run(
    sql`delete from shares where entry_id = ${note}::uuid and stopped_at is null and effective_at > app.now()`,
  )
  await tx.run(
    sql`update shares set stopped_at = app.now(), stopped_by = app.member() where entry_id = ${note}::uuid and stopped_at is null`,
  )
  const [it, original] = await Promise.all(
    [note, at.copy_of_id].map((id) => tx.row<Entry>(noted(sql`e.id = ${id}::uuid`, 1))),
  )
  const left = it ?? original
  if (!left) throw notFound()
  return left
}
