import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { conflict, forbidden, notFound } from '#server/http/errors.ts'
import type { editEntry as editEndpoint, listEntryVersions as versionsEndpoint } from '#shared/editing.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { Entry } from '#shared/entries.ts'
import { mention } from './mentions.ts'
import { readNote } from './notes.ts'
import { readDealEntry } from './timeline.ts'

type State = {
  partner_id: string
  deal_id: string | null
  can: boolean
  mine: boolean
  said: boolean
  removed: boolean
  archived: boolean
  legal_name: string
  author: string
}

/** What stands in the way of its author, if it is there at all. */
async function mineToChange(tx: Tx, entry: string): Promise<State> {
  const at = await tx.row<State>(sql`
    select e.partner_id, e.deal_id, app.can_work_with(e.partner_id) as can, e.member_id = app.member() as mine, e.kind in ('comment', 'note', 'call', 'email') as said,
      e.removed_at is not null as removed, p.archived_at is not null as archived, p.legal_name,
      coalesce((select m.name from members m where m.id = e.member_id), (select c.name from contacts c where c.id = e.contact_id), 'Someone no longer here') as author
    from entries e join partners p on p.org_id = e.org_id and p.id = e.partner_id where e.id = ${entry}::uuid`)
  if (!at) throw notFound()
  if (!at.can) throw forbidden()
  if (!at.said) throw forbidden('This line was not written by anyone. It stays as it is.')
  if (!at.mine) throw forbidden(`Only ${at.author} can change these words.`)
  if (at.archived) throw conflict(`${at.legal_name} is archived. Restore it first.`)
  if (at.removed) throw conflict('You removed this already.')
  return at
}

const read = (tx: Tx, { deal_id }: State, entry: string): Promise<Entry> =>
  deal_id ? readDealEntry(tx, entry) : readNote(tx, entry)

/** One's own words, said better. How they read before stays with the team. */
export async function editEntry(
  tx: Tx,
  entry: string,
  { body, mentions }: Given<typeof editEndpoint>['body'],
): Promise<Entry> {
  const at = await mineToChange(tx, entry)
  await tx.run(sql`update entries set body = ${body} where id = ${entry}::uuid and body is distinct from ${body}`)
  await mention(tx, at.partner_id, entry, mentions)
  return read(tx, at, entry)
}

/** One's own words, taken back: who said something and when stays, what it was does not. */
export async function removeEntry(tx: Tx, entry: string): Promise<Entry> {
  const at = await mineToChange(tx, entry)
  await tx.run(sql`update entries set removed_at = app.now() where id = ${entry}::uuid`)
  return read(tx, at, entry)
}

/** How a line read before, newest first. */
export async function listEntryVersions(tx: Tx, entry: string): Promise<Answer<typeof versionsEndpoint>> {
  const [there, items] = await Promise.all([
    tx.row(sql`select 1 from entries where id = ${entry}::uuid`),
    tx.rows<Answer<typeof versionsEndpoint>['items'][number]>(
      sql`select v.body, v.at from entry_versions v where v.entry_id = ${entry}::uuid order by v.at desc, v.id desc limit 200`,
    ),
  ])
  if (!there) throw notFound()
  return { items }
}
