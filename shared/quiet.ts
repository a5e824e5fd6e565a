import type { DealRow } from './deals.ts'

export type Quiet = NonNullable<DealRow['quiet']>
const many = (days: number) => (days === 1 ? '1 day' : `${days} days`)

/** Why a deal counts as quiet, in plain numbers: "No change for 34 days; your won deals leave this stage within 21." */
export function quietEvidence({ days, limit, won_within }: Quiet): string {
  const measure =
    won_within === null ? `the limit in this stage is ${limit}` : `your won deals leave this stage within ${won_within}`
  return `No change for ${many(days)}; ${measure}.`
}
