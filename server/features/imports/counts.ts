import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'

/** Counts the rows once, after what changes them, so that asking how an import stands stays cheap. */
export async function keepCounts(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`
    update imports i set total = n.total, checked = coalesce(i.checked, '{}') || jsonb_build_object('counts', to_jsonb(n) - 'total')
    from (
      select count(*)::int as total, count(*) filter (where state = 'new')::int as new, count(*) filter (where state = 'duplicate')::int as duplicates,
        count(*) filter (where state = 'broken')::int as broken, count(*) filter (where state = 'dropped')::int as dropped,
        count(*) filter (where state = 'parked')::int as parked, count(*) filter (where typo)::int as typos,
        count(*) filter (where decision = 'import')::int as will_add, count(*) filter (where decision = 'update')::int as will_update
      from import_rows r where r.import_id = ${id}::uuid) n
    where i.id = ${id}::uuid`)
}
