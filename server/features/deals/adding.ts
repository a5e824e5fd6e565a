import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { companyDomain } from '#server/features/partners/identity.ts'
import { conflict, forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { Deal, addDeal as endpoint } from '#shared/deals.ts'
import type { Given } from '#shared/endpoint.ts'
import { readDeal } from './deals.ts'
import { newRef } from './refs.ts'
import { addShare } from './sharing.ts'

type NewDeal = Omit<Given<typeof endpoint>['body'], 'share'>

/** Where a customer is on the web: as given, else from the address of the person there. */
export const customerDomain = (it: {
  customer_domain?: string | null | undefined
  customer_contact_email?: string | null | undefined
}): string | null => companyDomain(it.customer_domain) ?? companyDomain(it.customer_contact_email)

/** The insert of a deal under a new reference; adds nothing when another deal has it. */
export function dealToAdd(id: string, partner: string, it: NewDeal): Sql {
  return sql`
    insert into deals (org_id, id, ref, partner_id, kind, direction, customer_company, customer_domain, customer_contact_name, customer_contact_email, customer_contact_phone,
      value_minor, currency, expected_close, ask, next_step, our_owner_id, their_owner_id, stage, created_by, created_at, last_activity_at, stage_since, turn_since)
    values (app.org(), ${id}::uuid, ${newRef()}, ${partner}::uuid, ${it.kind}, ${it.direction ?? 'given'}, ${it.customer_company}, ${customerDomain(it)}, ${it.customer_contact_name ?? null},
      ${it.customer_contact_email ?? null}, ${it.customer_contact_phone ?? null}, ${it.value_minor ?? null}::bigint, ${it.currency ?? null}, ${it.expected_close ?? null}::date,
      ${it.ask}, ${it.next_step ?? null}, coalesce(${it.our_owner_id ?? null}::uuid, app.member()), ${it.their_owner_id ?? null}::uuid, ${it.stage ?? 'New'}, app.member(),
      app.now(), app.now(), app.now(), app.now())
    on conflict (org_id, ref) do nothing`
}

/** Adds a deal at a partner; with `share` it becomes visible to them after ten seconds. */
export async function addDeal(
  tx: Tx,
  partner: string,
  { share, show_value, show_customer_contact, ...it }: Given<typeof endpoint>['body'],
): Promise<Deal> {
  const at = await tx.row<{ can: boolean; archived: boolean; legal_name: string }>(sql`
    select app.can_work_with(p.id) as can, p.archived_at is not null as archived, p.legal_name from partners p where p.id = ${partner}::uuid`)
  if (!at) throw notFound()
  if (!at.can) throw forbidden()
  if (at.archived) throw conflict(`${at.legal_name} is archived. Restore it first.`)
  if (typeof it.value_minor === 'number' && !it.currency) throw invalid('currency', 'Choose a currency for this value.')
  const id = newId()
  let added = 0
  for (let tries = 0; added === 0; tries++) {
    if (tries === 20) throw conflict('No free reference was found. Try again.')
    added = await tx.run(dealToAdd(id, partner, it))
  }
  if (share) await addShare(tx, id, { show_value, show_customer_contact })
  return readDeal(tx, id)
}
