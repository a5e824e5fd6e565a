import type * as z from 'zod/mini'
import type { Tx } from '#server/db/actor.ts'
import { nothing, sql } from '#server/db/sql.ts'
import { ids, pageOf, readPlace } from '#server/http/cursor.ts'
import { conflict, forbidden, notFound } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { listParkedDeals as listEndpoint, ParkedDeal, placeParkedDeal as placeEndpoint } from '#shared/imports.ts'
import { addNewDeals } from './adding-deals.ts'

type Parked = z.output<typeof ParkedDeal>

/** Deals that wait for their partner, oldest first. */
export async function listParkedDeals(
  tx: Tx,
  query: Given<typeof listEndpoint>['query'],
): Promise<Answer<typeof listEndpoint>> {
  const { limit = 50 } = query
  const from = readPlace(query.cursor, ids)
  const rows = await tx.rows<Parked>(sql`
    select d.id, d.import_id, coalesce(i.file_name, 'A sheet') as file_name, d.line, d.partner_name, d.deal ->> 'customer_company' as customer_company,
      (d.deal ->> 'value_minor')::bigint as value_minor, d.deal ->> 'currency' as currency, d.created_at
    from parked_deals d left join imports i on i.id = d.import_id
    where d.settled_at is null ${query.import ? sql`and d.import_id = ${query.import}::uuid` : nothing}
      ${from ? sql`and (d.created_at, d.id) > (${from.at}::timestamptz, ${from.key}::uuid)` : nothing}
    order by d.created_at, d.id limit ${limit + 1}`)
  return pageOf(rows, limit, (one) => ({ at: one.created_at, key: one.id }))
}

async function findParked(tx: Tx, id: string): Promise<{ id: string; import_id: string; partner_name: string }> {
  if ((await tx.entered).team_role === 'read_only')
    throw forbidden('You may look at deals, not add them. Ask an admin.')
  const it = await tx.row<{ id: string; import_id: string; partner_name: string; settled_at: string | null }>(
    sql`select d.id, d.import_id, d.partner_name, d.settled_at from parked_deals d where d.id = ${id}::uuid for update`,
  )
  if (!it) throw notFound()
  if (it.settled_at) throw conflict('This deal does not wait any more.')
  return it
}

/** Adds a waiting deal at a partner, with all others that name the same one where that is said. Shared with nobody. */
export async function placeParkedDeal(
  tx: Tx,
  id: string,
  { partner_id, all_named = false }: Given<typeof placeEndpoint>['body'],
): Promise<Answer<typeof placeEndpoint>> {
  const it = await findParked(tx, id)
  const at = await tx.row<{ can: boolean; archived: boolean; legal_name: string }>(
    sql`select app.can_work_with(p.id) as can, p.archived_at is not null as archived, p.legal_name from partners p where p.id = ${partner_id}::uuid`,
  )
  if (!at) throw notFound()
  if (!at.can) throw forbidden()
  if (at.archived) throw conflict(`${at.legal_name} is archived. Restore it first.`)
  const these = all_named
    ? sql`d.import_id = ${it.import_id}::uuid and d.partner_name = ${it.partner_name} and d.settled_at is null`
    : sql`d.id = ${id}::uuid`
  const rows = sql`
    select d.id, ${partner_id}::uuid as partner_id, d.deal, row_number() over (order by d.line)::int as at from parked_deals d where ${these}`
  const many = await tx.row<{ many: number }>(sql`select count(*)::int as many from (${rows}) r`)
  const placed = await addNewDeals(tx, rows, many?.many ?? 0, it.import_id)
  await tx.run(sql`update parked_deals d set settled_at = app.now(), deal_id = d.id where ${these}`)
  return { placed }
}

/** Lets a waiting deal go. */
export async function discardParkedDeal(tx: Tx, id: string): Promise<undefined> {
  await findParked(tx, id)
  await tx.run(sql`update parked_deals set settled_at = app.now() where id = ${id}::uuid`)
}
