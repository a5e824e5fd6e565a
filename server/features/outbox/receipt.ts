import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { notFound } from '#server/http/errors.ts'
import { kindNames } from '#shared/deals.ts'
import type { Letter } from './letters.ts'

type Received = {
  email: string
  can_sign_in: boolean
  ref: string
  kind: keyof typeof kindNames
  customer_company: string
  ask: string
  company_name: string
  workspace: string
  received: string
}

/** What stays with whoever sent a deal: that it came in, when, and under which reference. The same words whoever sent the customer before. */
export async function receiptLetter(tx: Tx, deal: string | null, url: string): Promise<Letter> {
  const it = await tx.row<Received>(sql`
    select p.email, p.can_sign_in, d.ref, d.kind, d.customer_company, d.ask, w.company_name, w.workspace,
      to_char(d.shared_at at time zone 'UTC', 'FMDD FMMonth YYYY, HH24:MI') || ' UTC' as received,
      app.record_read('mail', null, array[d.id], array['customer_company', 'ask']) as seen
    from portal.deals d, portal.workspace w, portal.people p
    where d.id = ${deal}::uuid and p.id = app.contact()`)
  if (!it?.email) throw notFound()
  return {
    to: it.email,
    subject: `Received: ${it.customer_company} (${it.ref})`,
    text: [
      `${it.company_name} has what you sent, and answers you here.`,
      '',
      `Reference: ${it.ref}`,
      `Received: ${it.received}`,
      `Customer: ${it.customer_company}`,
      `Kind: ${kindNames[it.kind].name}`,
      '',
      'What you wrote:',
      it.ask,
      '',
      ...(it.can_sign_in ? ['Follow it here:', `${url}/p/${it.workspace}/deals/${it.ref}`] : []),
    ].join('\n'),
  }
}
