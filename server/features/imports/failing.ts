import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'

/** Somebody cancelled meanwhile, or works on it already: what was begun is taken back, and nothing is said. */
export class Left extends Error {}

/** Whether another try may do better: the connection broke, the database was stopping, or two changes met. */
export function passing(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return (
    /^(08|53|57P|40|55P03)/.test(code) || /^(ECONN|EPIPE|ETIMEDOUT)/.test(code) || /terminated|Connection/.test(message)
  )
}

/** The sheet and its rows are no longer needed. */
export async function clearSheet(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`delete from import_rows r where r.import_id = ${id}::uuid`)
  await tx.run(sql`delete from import_pieces r where r.import_id = ${id}::uuid`)
}

/** Writes on an import why nothing of it was added. */
export async function fail(tx: Tx, id: string, problem: string): Promise<void> {
  await clearSheet(tx, id)
  await tx.run(sql`
    update imports set state = 'failed', checked = null, result = ${JSON.stringify({ problem })}::jsonb
    where id = ${id}::uuid and state in ('reading', 'running')`)
}
