import type { Tx } from '#server/db/actor.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { conflict, forbidden, notFound } from '#server/http/errors.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { addPortalEntry } from '#shared/portal.ts'
import { entryColumns, mayComment } from './portal.ts'

type PortalEntry = Answer<typeof addPortalEntry>

async function rewrite(tx: Tx, entry: string, set: Sql): Promise<PortalEntry> {
  const at = await tx.row<{ deal_id: string | null; mine: boolean; removed: boolean; kind: string; may: boolean }>(sql`
    select e.deal_id, e.mine, e.removed_at is not null as removed, e.kind, ${mayComment} as may
    from portal.workspace w, portal.entries e left join portal.deals d on d.id = e.deal_id where e.id = ${entry}::uuid`)
  if (!at) throw notFound()
  if (!at.mine || at.kind !== 'comment') throw forbidden('Only who wrote it can change it.')
  if (!at.may) throw forbidden('Your company can read this deal, not comment on it.')
  if (at.removed) throw conflict('You removed this already.')
  const [, it] = await Promise.all([
    tx.run(sql`update portal.entries set ${set} where id = ${entry}::uuid`),
    tx.row<PortalEntry>(sql`
      with it as materialized (select ${entryColumns} from portal.entries e where e.id = ${entry}::uuid)
      select it.* from it cross join (select app.record_read('entries', null, array_remove(array[${at.deal_id}::uuid, ${entry}::uuid], null), array['body', 'author']) from it) seen`),
  ])
  if (!it) throw notFound()
  return it
}

/** One's own comment, said better. Both sides read the new words. */
export const editPortalEntry = (tx: Tx, entry: string, body: string): Promise<PortalEntry> =>
  rewrite(tx, entry, sql`body = ${body}`)

/** One's own comment, taken back. */
export const removePortalEntry = (tx: Tx, entry: string): Promise<PortalEntry> =>
  rewrite(tx, entry, sql`removed_at = app.now()`)
