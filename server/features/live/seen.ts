import type { Actor, Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'

/** A deal that changed, by the two names that a page knows it under; nothing of it. */
export type Told = { id: string; ref: string }

/** In: ids of deals that changed. Out: those that this caller sees. */
export const dealsTheySee = (tx: Tx, { as }: Actor, ids: string[]): Promise<Told[]> =>
  tx.rows<Told>(
    as === 'contact'
      ? sql`select d.id, d.ref from portal.deals d where d.id = any(${ids}::uuid[])`
      : sql`select d.id, d.ref from deals d where d.id = any(${ids}::uuid[])`,
  )

/** In: ids of partners where much changed. Out: whether this caller sees one of them. */
export const seesOneOf = async (tx: Tx, { as }: Actor, ids: string[]): Promise<boolean> =>
  (await tx.row(
    as === 'contact'
      ? sql`select 1 from portal.workspace w where w.id = any(${ids}::uuid[])`
      : sql`select 1 from partners p where p.id = any(${ids}::uuid[]) limit 1`,
  )) !== undefined
