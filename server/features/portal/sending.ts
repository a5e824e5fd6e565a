import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import { customerDomain } from '#server/features/deals/adding.ts'
import { newRef } from '#server/features/deals/refs.ts'
import { conflict, notFound } from '#server/http/errors.ts'
import type { Given } from '#shared/endpoint.ts'
import type { sendDeal as endpoint, Receipt } from '#shared/portal.ts'

/** Sends a deal to the company. What others sent is never looked at: the answer is the same for every customer. */
export async function sendDeal(tx: Tx, it: Given<typeof endpoint>['body']): Promise<Receipt> {
  const id = newId()
  let ref = newRef()
  for (let tries = 0; !(await send(ref)); tries++) {
    if (tries === 20) throw conflict('No free reference was found. Try again.')
    ref = newRef()
  }
  const receipt = await tx.row<Receipt>(sql`
    select ${ref} as ref, ${it.customer_company} as customer_company, app.now() as received_at, w.company_name, p.email as mailed_to,
      app.record_read('receipt', null, array[${id}::uuid], array['customer_company']) as seen
    from portal.workspace w left join portal.people p on p.id = app.contact()`)
  if (!receipt) throw notFound()
  return receipt

  async function send(under: string): Promise<boolean> {
    const row = await tx.row<{ sent: boolean }>(sql`
      select portal.send_deal(${id}::uuid, ${under}, ${it.kind}, ${it.customer_company}, ${customerDomain(it)},
        ${it.customer_contact_name ?? null}, ${it.customer_contact_email ?? null}, ${it.ask}) as sent`)
    return row?.sent === true
  }
}
