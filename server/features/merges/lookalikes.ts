import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { nearTo } from '#server/features/partners/adding.ts'
import { differentFrom, forgetDifferent, sayDifferent } from '#server/features/partners/different.ts'
import { readPartner } from '#server/features/partners/partners.ts'
import { forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { listLookalikes as endpoint, getTwin as twinEndpoint } from '#shared/merges.ts'

/** Partners that may be the same company, without those that somebody said are different. */
export async function listLookalikes(tx: Tx, partner: string): Promise<Answer<typeof endpoint>> {
  const it = await readPartner(tx, partner)
  const [near, different] = await Promise.all([
    nearTo(tx, {
      legal_name: it.legal_name,
      email: it.main_contact?.email,
      website: it.website ?? it.domain,
    }),
    differentFrom(tx, it.id),
  ])
  const apart = different.add(it.id)
  return {
    items: near.flatMap(({ id, ...one }) => (id && !apart.has(id) ? [{ ...one, id }] : [])).slice(0, 10),
    can: { merge: it.can.decide },
  }
}

/** The one partner that most looks like this one, for who works with this one. Errors: 404. */
export async function getTwin(tx: Tx, partner: string): Promise<Answer<typeof twinEndpoint>> {
  const found = await tx.row<Answer<typeof twinEndpoint>>(sql`
    select case when t.id is not null then json_build_object('id', t.id, 'slug', t.slug, 'legal_name', t.legal_name, 'why', t.why) end as twin,
      json_build_object('merge', t.id is not null and app.can_decide_on(p.id) and app.can_decide_on(t.id)) as can
    from partners p left join app.twin_of(p.id) t on true where p.id = ${partner}::uuid`)
  if (!found) throw notFound()
  return found
}

async function mayTell(tx: Tx, partner: string, other: string): Promise<void> {
  if (partner === other) throw invalid('other', 'Choose another partner: this is the same one.')
  const pair = await Promise.all([readPartner(tx, partner), readPartner(tx, other)])
  if (!pair.some(({ can }) => can.work)) throw forbidden()
}

/** Remembers that two partners are different companies. */
export async function markDifferent(tx: Tx, partner: string, other: string): Promise<undefined> {
  await mayTell(tx, partner, other)
  await sayDifferent(tx, partner, [other])
}

/** They may be the same company after all. */
export async function unmarkDifferent(tx: Tx, partner: string, other: string): Promise<undefined> {
  await mayTell(tx, partner, other)
  await forgetDifferent(tx, partner, other)
}
