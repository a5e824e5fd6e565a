import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { notFound } from '#server/http/errors.ts'
import type { SameCustomer } from '#shared/answering.ts'
import { dealNames, dealRow } from './rows.ts'

const most_told = 20

/** Deals with the customer of a deal, by its name or its domain, the first one first; declined ones are not told. */
export async function listSameCustomer(tx: Tx, deal: string): Promise<{ items: SameCustomer[] }> {
  const [there, items] = await Promise.all([
    tx.row(sql`select 1 from deals where id = ${deal}::uuid`),
    tx.rows<SameCustomer>(sql`
      with this as materialized (select * from deals where id = ${deal}::uuid)
      select ${dealRow}, d.created_at, d.protected_until
      from this cross join lateral app.deals_with_customer(this.customer_company, this.customer_domain) same(id)
      join deals d on d.id = same.id and d.id <> this.id and d.answer <> 'declined' ${dealNames}
      order by d.created_at, d.id limit ${most_told}`),
  ])
  if (!there) throw notFound()
  return { items }
}
