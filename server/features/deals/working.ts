import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { conflict, forbidden, notFound } from '#server/http/errors.ts'

export type Workable = {
  partner_id: string
  partner_name: string
  direction: 'given' | 'received'
  answer: 'pending' | 'accepted' | 'declined'
  outcome: 'won' | 'lost' | null
  paused_until: string | null
  shared: boolean
  version: number
  today: string
}

/** A deal that the caller may work with, as it is now. Errors: 404 where there is none for them, 403 where they only look, 409 of an archived partner. */
export async function workable(tx: Tx, deal: string): Promise<Workable> {
  const it = await tx.row<Workable & { can: boolean; archived: boolean }>(sql`
    select d.partner_id, p.legal_name as partner_name, d.direction, d.answer, d.outcome, d.paused_until, d.shared_from is not null as shared, d.version,
      app.today(d.org_id) as today,
      app.can_work_with(d.partner_id) as can, p.archived_at is not null as archived
    from deals d join partners p on p.org_id = d.org_id and p.id = d.partner_id where d.id = ${deal}::uuid`)
  if (!it) throw notFound()
  if (!it.can) throw forbidden()
  if (it.archived) throw conflict(`${it.partner_name} is archived. Restore it first.`)
  return it
}
