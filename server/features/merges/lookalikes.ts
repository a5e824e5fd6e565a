import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { nearTo } from '#server/features/partners/adding.ts'
import { readPartner } from '#server/features/partners/partners.ts'
import { forbidden, invalid } from '#server/http/errors.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { listLookalikes as endpoint } from '#shared/merges.ts'

/** Partners that may be the same company, without those that somebody said are different. */
export async function listLookalikes(tx: Tx, partner: string): Promise<Answer<typeof endpoint>> {
  const it = await readPartner(tx, partner)
  const near = await nearTo(tx, {
    legal_name: it.legal_name,
    email: it.main_contact?.email,
    website: it.website ?? it.domain,
  })
  const different = await tx.rows<{ id: string }>(sql`
    select other_id as id from different_partners where one_id = ${it.id}::uuid
    union all select one_id from different_partners where other_id = ${it.id}::uuid`)
  const apart = new Set([it.id, ...different.map(({ id }) => id)])
  return {
    items: near.flatMap(({ id, ...one }) => (id && !apart.has(id) ? [{ ...one, id }] : [])).slice(0, 10),
    can: { merge: it.can.decide },
  }
}

async function pairInOrder(tx: Tx, partner: string, other: string): Promise<readonly [string, string]> {
  if (partner === other) throw invalid('other', 'Choose another partner: this is the same one.')
  const [one, two] = await Promise.all([readPartner(tx, partner), readPartner(tx, other)])
  if (!one.can.work && !two.can.work) throw forbidden()
  return one.id < two.id ? [one.id, two.id] : [two.id, one.id]
}

/** Remembers that two partners are different companies. */
export async function markDifferent(tx: Tx, partner: string, other: string): Promise<undefined> {
  const [one, two] = await pairInOrder(tx, partner, other)
  await tx.run(sql`
    insert into different_partners (org_id, one_id, other_id, member_id, created_at)
    values (app.org(), ${one}::uuid, ${two}::uuid, app.member(), app.now()) on conflict do nothing`)
}

/** Forgets it again. */
export async function unmarkDifferent(tx: Tx, partner: string, other: string): Promise<undefined> {
  const [one, two] = await pairInOrder(tx, partner, other)
  await tx.run(sql`delete from different_partners where one_id = ${one}::uuid and other_id = ${two}::uuid`)
}
