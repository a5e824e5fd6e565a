import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { invalid, notFound } from '#server/http/errors.ts'

type Colleague = { id: string; name: string }

/** Colleagues who see a partner: they can be mentioned there. */
export async function listColleagues(tx: Tx, partner: string): Promise<{ items: Colleague[] }> {
  const there = await tx.row(sql`select 1 from partners where id = ${partner}::uuid`)
  if (!there) throw notFound()
  return {
    items: await tx.rows<Colleague>(sql`
      select m.id, m.name from members m
      where m.id in (select app.members_who_see(${partner}::uuid)) order by m.name collate "und-x-icu", m.id`),
  }
}

/** Names colleagues in an entry; it reaches each of their inboxes once. Errors: 422 for anyone who does not see the partner. */
export async function mention(tx: Tx, partner: string, entry: string, who: readonly string[] = []): Promise<void> {
  if (who.length === 0) return
  const out = await tx.row<{ name: string | null; legal_name: string }>(sql`
    select m.name, p.legal_name from unnest(${who}::uuid[]) w
    join partners p on p.id = ${partner}::uuid
    left join members m on m.id = w and m.deactivated_at is null
    where w not in (select app.members_who_see(${partner}::uuid)) limit 1`)
  if (out)
    throw invalid(
      'mentions',
      out.name
        ? `${out.name} does not see ${out.legal_name} and would not be told. Take the mention out, or pick them on its Access page.`
        : 'Mention people who are on your team.',
    )
  await tx.run(sql`
    insert into mentions (org_id, entry_id, member_id)
    select (select app.org()), ${entry}::uuid, w from unnest(${who}::uuid[]) w on conflict do nothing`)
}
