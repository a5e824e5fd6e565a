import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { beginAct, readAct } from '#server/features/acts/acts.ts'
import { readPartner } from '#server/features/partners/partners.ts'
import { conflict, forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { mergePartners as endpoint } from '#shared/merges.ts'
import type { Partner } from '#shared/partners.ts'

type Body = Given<typeof endpoint>['body']
const days_to_undo = 30

/** Both partners, as somebody who may decide on both reads them. Errors: 404 for one that is not there, 403 for who may not, 422 for one and the same. */
export async function pairToMerge(tx: Tx, partner: string, other: string): Promise<{ keep: Partner; gone: Partner }> {
  if (partner === other) throw invalid('other', 'Choose another partner: this is the same one.')
  const [keep, gone] = await Promise.all([readPartner(tx, partner), readPartner(tx, other)])
  if (!keep.can.decide || !gone.can.decide) throw forbidden('An admin or the owner of both partners merges them.')
  return { keep, gone }
}

/** Moves everything of one partner to the other, as one act. Out: the act's id. */
export async function carryOutMerge(
  tx: Tx,
  { keep, gone, take }: { keep: Partner; gone: Partner; take: readonly string[] },
): Promise<string> {
  const act = await beginAct(tx, 'merge', `Merged ${gone.legal_name} into ${keep.legal_name}`, days_to_undo * 24)
  await tx.run(sql`select app.merge_partners(${keep.id}::uuid, ${gone.id}::uuid, ${take}::text[])`)
  return act
}

/** Makes two partners one. Errors: 409 when either was changed since it was looked at. */
export async function mergePartners(tx: Tx, partner: string, body: Body): Promise<Answer<typeof endpoint>> {
  const { keep, gone } = await pairToMerge(tx, partner, body.other)
  if (keep.version !== body.version || gone.version !== body.other_version)
    throw conflict('Someone changed one of the two since you looked. Look again.')
  const act = await carryOutMerge(tx, { keep, gone, take: body.take })
  await tx.run(
    sql`select app.log_event('merge', ${keep.id}::uuid, ${keep.id}::uuid, ${JSON.stringify({ other: gone.legal_name })}::jsonb)`,
  )
  const it = await readAct(tx, act)
  if (!it) throw notFound()
  return { partner: await readPartner(tx, keep.id), act: it }
}
