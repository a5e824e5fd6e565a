import type { Tx } from './actor.ts'
import { sql } from './sql.ts'

/**
 * Reads through a contact's eyes inside a member's transaction, then is the member again.
 * In: the member's transaction, a contact (invited or not), what to read. Out: what was read.
 * Errors: P0404 for anyone the member may not look as. What `read` throws ends the transaction, so the role cannot stay.
 */
export async function lookAs<Seen>(tx: Tx, contact: string, read: (tx: Tx) => Promise<Seen>): Promise<Seen> {
  const me = await tx.entered
  const looking = tx.run(sql`
    select set_config('app.contact', l.contact::text, true), set_config('app.partner', l.partner::text, true),
      set_config('app.channel', 'view_as', true), set_config('app.team_role', '', true), set_config('role', 'partnered_contact', true)
    from app.look_as(${contact}::uuid) l`)
  const [, seen] = await Promise.all([looking, read(tx)])
  await tx.run(sql`
    select set_config('role', 'partnered_team', true), set_config('app.team_role', ${me.team_role ?? ''}, true),
      set_config('app.channel', ${me.channel}, true), set_config('app.contact', '', true), set_config('app.partner', '', true)`)
  return seen
}

/**
 * Does something and takes all of it back, keeping only what was learned on the way.
 * In: a transaction, what to do in it. Out: what `act` returns. Errors: those of `act`, which end the whole transaction.
 */
export async function inDraft<Result>(tx: Tx, act: () => Promise<Result>): Promise<Result> {
  await tx.run(sql`savepoint draft`)
  const result = await act()
  await tx.run(sql`rollback to savepoint draft`)
  return result
}
