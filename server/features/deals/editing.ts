import type { Tx } from '#server/db/actor.ts'
import { join, type Sql, sql } from '#server/db/sql.ts'
import { conflict, forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { Deal, editDeal as endpoint } from '#shared/deals.ts'
import type { Given } from '#shared/endpoint.ts'
import { customerDomain } from './adding.ts'
import { readDeal } from './deals.ts'

type Changes = Given<typeof endpoint>['body']
const columns: { [Name in Exclude<keyof Changes, 'version'>]: (value: unknown) => Sql } = {
  customer_company: (value) => sql`customer_company = ${value}`,
  customer_domain: (value) => sql`customer_domain = ${value}`,
  customer_contact_name: (value) => sql`customer_contact_name = ${value}`,
  customer_contact_email: (value) => sql`customer_contact_email = ${value}`,
  customer_contact_phone: (value) => sql`customer_contact_phone = ${value}`,
  value_minor: (value) => sql`value_minor = ${value}::bigint`,
  currency: (value) => sql`currency = ${value}`,
  expected_close: (value) => sql`expected_close = ${value}::date`,
  ask: (value) => sql`ask = ${value}`,
  next_step: (value) => sql`next_step = ${value}`,
  our_owner_id: (value) => sql`our_owner_id = ${value}::uuid`,
  their_owner_id: (value) => sql`their_owner_id = ${value}::uuid`,
  stage: (value) => sql`stage = ${value}`,
  outcome: (value) => sql`outcome = ${value}`,
  outcome_reason: (value) => sql`outcome_reason = ${value}`,
}
const names = Object.keys(columns) as (keyof typeof columns)[]

/** Changes what is named. The timeline, the turn and the times follow by themselves. */
export async function editDeal(tx: Tx, deal: string, { version, ...changes }: Changes): Promise<Deal> {
  const now = await tx.row<{
    version: number
    can: boolean
    archived: boolean
    legal_name: string
    value_minor: number | null
    currency: string | null
  }>(sql`
    select d.version, app.can_work_with(d.partner_id) as can, d.value_minor, d.currency, p.archived_at is not null as archived, p.legal_name
    from deals d join partners p on p.org_id = d.org_id and p.id = d.partner_id where d.id = ${deal}::uuid`)
  if (!now) throw notFound()
  if (!now.can) throw forbidden()
  if (now.archived) throw conflict(`${now.legal_name} is archived. Restore it first.`)
  const value = changes.value_minor === undefined ? now.value_minor : changes.value_minor
  const currency = changes.currency === undefined ? now.currency : changes.currency
  if (value !== null && currency === null) throw invalid('currency', 'Choose a currency for this value.')
  if (changes.customer_domain !== undefined)
    changes.customer_domain = customerDomain({ customer_domain: changes.customer_domain })

  const sets = names.filter((name) => changes[name] !== undefined).map((name) => columns[name](changes[name]))
  if (sets.length === 0) return now.version === version ? readDeal(tx, deal) : refuseStale(tx, deal)
  const changed = await tx.run(
    sql`update deals set ${join(sets, ', ')} where id = ${deal}::uuid and version = ${version}`,
  )
  return changed ? readDeal(tx, deal) : refuseStale(tx, deal)
}

/** Why a change did not reach a deal that was there: someone was faster. */
export async function refuseStale(tx: Tx, deal: string): Promise<never> {
  const [current, last] = await Promise.all([
    readDeal(tx, deal),
    tx.row<{ who: string | null }>(sql`
      select coalesce((select m.name from members m where m.org_id = a.org_id and m.id = a.member_id), (select c.name from contacts c where c.org_id = a.org_id and c.id = a.contact_id)) as who
      from audit_rows a where a.deal_id = ${deal}::uuid and a.table_name = 'deals' order by a.at desc, a.id desc limit 1`),
  ])
  throw conflict(`${last?.who ?? 'Someone'} changed this deal since you opened it.`, current)
}
