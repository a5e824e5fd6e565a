import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { conflict, invalid } from '#server/http/errors.ts'
import type { pauseDeal as endpoint } from '#shared/answering.ts'
import type { Deal } from '#shared/deals.ts'
import type { Given } from '#shared/endpoint.ts'
import { readDeal } from './deals.ts'
import { refuseStale } from './editing.ts'
import { daysBetween } from './protection.ts'
import { workable } from './working.ts'

const most_days = 366

/** Nobody has to move until that day; then the turn is as it was. Pausing again moves the day. */
export async function pauseDeal(
  tx: Tx,
  deal: string,
  { version, until, why }: Given<typeof endpoint>['body'],
): Promise<Deal> {
  const it = await workable(tx, deal)
  if (it.outcome) throw conflict('This deal is closed.', await readDeal(tx, deal))
  if (it.direction === 'received' && it.answer !== 'accepted')
    throw conflict('Accept this deal first. Until then it is not in your pipeline.', await readDeal(tx, deal))
  const days = daysBetween(it.today, until)
  if (days < 1) throw invalid('until', 'Choose a day after today.')
  if (days > most_days) throw invalid('until', 'Choose a day within a year.')
  const done = await tx.run(
    sql`update deals set paused_until = ${until}::date, paused_why = ${why} where id = ${deal}::uuid and version = ${version}`,
  )
  return done ? readDeal(tx, deal) : refuseStale(tx, deal)
}

/** Ends a pause. The turn is as it was. */
export async function resumeDeal(tx: Tx, deal: string): Promise<Deal> {
  const it = await workable(tx, deal)
  if (it.paused_until) await tx.run(sql`update deals set paused_until = null where id = ${deal}::uuid`)
  return readDeal(tx, deal)
}
