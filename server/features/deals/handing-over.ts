import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import { mention } from '#server/features/entries/mentions.ts'
import { invalid } from '#server/http/errors.ts'
import type { Deal, handOverDeal as endpoint } from '#shared/deals.ts'
import type { Given } from '#shared/endpoint.ts'
import { readDeal } from './deals.ts'
import { editDeal } from './editing.ts'

/**
 * Gives a deal to someone else on one side. A note to a colleague stays with the team and reaches their inbox; one to a person at the
 * partner is a comment that they read, while the deal is shared.
 */
export async function handOverDeal(
  tx: Tx,
  deal: string,
  { version, side, to, note }: Given<typeof endpoint>['body'],
): Promise<Deal> {
  if (side === 'us' && !to) throw invalid('to', 'Choose who takes it. A deal always has an owner on your team.')
  const after = await editDeal(tx, deal, {
    version,
    ...(side === 'us' ? { our_owner_id: to ?? undefined } : { their_owner_id: to }),
  })
  if (!note) return after
  const read = side === 'them' && after.shared
  const id = newId()
  await tx.run(sql`
    insert into entries (org_id, id, partner_id, deal_id, kind, audience, body, member_id, created_at)
    values (app.org(), ${id}::uuid, ${after.partner.id}::uuid, ${deal}::uuid, ${read ? 'comment' : 'note'}, ${read ? 'partner' : 'team'}, ${note}, app.member(), app.now())`)
  const { member } = await tx.entered
  if (side === 'us' && to && to !== member) await mention(tx, after.partner.id, id, [to])
  return readDeal(tx, deal)
}
