import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { notFound } from '#server/http/errors.ts'

/** Remembers that a partner is another company than these; said twice, it is said once. Errors: 404 for one that the member does not see. */
export async function sayDifferent(tx: Tx, partner: string, others: readonly string[]): Promise<void> {
  const wanted = [...new Set(others)]
  if (wanted.length === 0) return
  const seen = await tx.row<{ n: number }>(
    sql`select count(*)::int as n from partners where id = any(${wanted}::uuid[])`,
  )
  if (seen?.n !== wanted.length) throw notFound()
  await tx.run(sql`
    insert into different_partners (org_id, one_id, other_id, member_id, created_at)
    select app.org(), least(o.id, ${partner}::uuid), greatest(o.id, ${partner}::uuid), app.member(), app.now()
    from unnest(${wanted}::uuid[]) o(id) on conflict do nothing`)
}

/** Forgets it again. */
export async function forgetDifferent(tx: Tx, partner: string, other: string): Promise<void> {
  await tx.run(sql`
    delete from different_partners
    where one_id = least(${partner}::uuid, ${other}::uuid) and other_id = greatest(${partner}::uuid, ${other}::uuid)`)
}

/** The partners that somebody said are other companies than this one. */
export async function differentFrom(tx: Tx, partner: string): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(sql`
    select other_id as id from different_partners where one_id = ${partner}::uuid
    union all select one_id from different_partners where other_id = ${partner}::uuid`)
  return new Set(rows.map(({ id }) => id))
}
