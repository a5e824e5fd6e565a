import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { conflict, invalid } from '#server/http/errors.ts'
import type { acceptDeal as acceptEndpoint } from '#shared/answering.ts'
import type { Deal } from '#shared/deals.ts'
import type { Given } from '#shared/endpoint.ts'
import { readDeal } from './deals.ts'
import { checkProtection } from './protection.ts'
import { workable } from './working.ts'

async function answer(tx: Tx, deal: string, sets: Sql): Promise<Deal> {
  const done = await tx.run(
    sql`update deals set ${sets} where id = ${deal}::uuid and direction = 'received' and answer = 'pending'`,
  )
  const it = await readDeal(tx, deal)
  if (done) return it
  if (it.direction === 'given') throw conflict('The partner answers this deal.', it)
  throw conflict(`${it.answered_by_name ?? 'Someone'} ${it.answer} this deal already.`, it)
}

/** Takes what a partner sent into the pipeline. The sender is told by mail; the timeline and the turn follow by themselves. */
export async function acceptDeal(
  tx: Tx,
  deal: string,
  { our_owner_id, stage, protected_until = null }: Given<typeof acceptEndpoint>['body'],
): Promise<Deal> {
  checkProtection(await workable(tx, deal), protected_until)
  return answer(
    tx,
    deal,
    sql`answer = 'accepted', our_owner_id = coalesce(${our_owner_id ?? null}::uuid, our_owner_id), stage = coalesce(${stage ?? null}, stage),
      protected_until = ${protected_until}::date`,
  )
}

/** Declines it; the sender reads the reason. */
export async function declineDeal(tx: Tx, deal: string, reason: string): Promise<Deal> {
  await workable(tx, deal)
  return answer(tx, deal, sql`answer = 'declined', answer_reason = ${reason}`)
}

/** Asks the partner something about a deal that they see: it is their turn then. */
export async function askBack(tx: Tx, deal: string, body: string): Promise<Deal> {
  const it = await workable(tx, deal)
  if (!it.shared) throw invalid('body', `${it.partner_name} does not see this deal. Share it first.`)
  if (it.outcome || (it.direction === 'received' && it.answer === 'declined'))
    throw conflict('This deal is over. Nobody has to answer on it.', await readDeal(tx, deal))
  await tx.run(sql`
    insert into entries (org_id, id, partner_id, deal_id, kind, audience, body, needs_answer, member_id, created_at)
    values (app.org(), ${newId()}::uuid, ${it.partner_id}::uuid, ${deal}::uuid, 'comment', 'partner', ${body}, true, app.member(), app.now())`)
  return readDeal(tx, deal)
}
