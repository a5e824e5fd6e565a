import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { conflict, invalid } from '#server/http/errors.ts'
import type { protectDeal as endpoint } from '#shared/answering.ts'
import type { Deal } from '#shared/deals.ts'
import type { Given } from '#shared/endpoint.ts'
import { readDeal } from './deals.ts'
import { refuseStale } from './editing.ts'
import { type Workable, workable } from './working.ts'

const most_days = 730
const day_ms = 86_400_000

/** Two days apart, counted from the first. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / day_ms)

/** A protection ends after today and within two years, and is for what they sent. Errors: 422 of the field, 409. */
export function checkProtection({ direction, outcome, today }: Workable, until: string | null): void {
  if (until === null) return
  if (direction === 'given') throw conflict('Only what a partner sent is protected for them.')
  if (outcome) throw conflict('This deal is closed.')
  const days = daysBetween(today, until)
  if (days < 1) throw invalid('protected_until', 'Choose a day after today.')
  if (days > most_days) throw invalid('protected_until', 'Choose a day within two years.')
}

/** Protects a deal until a day, or no longer. */
export async function protectDeal(
  tx: Tx,
  deal: string,
  { version, protected_until }: Given<typeof endpoint>['body'],
): Promise<Deal> {
  checkProtection(await workable(tx, deal), protected_until)
  const done = await tx.run(
    sql`update deals set protected_until = ${protected_until}::date where id = ${deal}::uuid and version = ${version}`,
  )
  return done ? readDeal(tx, deal) : refuseStale(tx, deal)
}
