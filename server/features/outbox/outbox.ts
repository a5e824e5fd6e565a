import type { Tx } from '#server/db/actor.ts'
import { nothing, sql } from '#server/db/sql.ts'
import { ids, pageOf, readPlace } from '#server/http/cursor.ts'
import { forbidden, notFound } from '#server/http/errors.ts'
import type { Product } from '#server/product.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { getOutboxMail, listOutbox } from '#shared/outbox.ts'

type List = Answer<typeof listOutbox>
type Mail = Answer<typeof getOutboxMail>
const columns = sql`o.id, o.kind, o.state, o.to_email, o.subject, (select p.legal_name from partners p where p.id = o.partner_id) as partner_name, o.due_at, o.sent_at, o.error, o.created_at`

async function forAdmins(tx: Tx): Promise<void> {
  if ((await tx.entered).team_role !== 'admin') throw forbidden('The Outbox is for admins.')
}

/** Messages that left or wait, newest first. */
export async function listMails(
  tx: Tx,
  { cursor, limit = 50 }: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Omit<List, 'mail_works'>> {
  await forAdmins(tx)
  const after = readPlace(cursor, ids)
  const rows = await tx.rows<List['items'][number]>(sql`
    select ${columns} from outbox o
    ${after ? sql`where (o.created_at, o.id) < (${after.at}::timestamptz, ${after.key}::uuid)` : nothing}
    order by o.created_at desc, o.id desc limit ${limit + 1}`)
  return pageOf(rows, limit, (row) => ({ at: row.created_at, key: row.id }))
}

/** One message, with the links in it to copy. */
export async function readMail(tx: Tx, mail: string): Promise<Mail> {
  await forAdmins(tx)
  const it = await tx.row<Mail>(sql`select ${columns}, o.body from outbox o where o.id = ${mail}::uuid`)
  if (!it) throw notFound()
  return { ...it, links: it.body?.match(/https?:\/\/\S+/g) ?? [] }
}

/** Sends the caller a test message. Out: whether the mail server took it, and its words when it did not. */
export async function sendTestMail(tx: Tx, product: Product): Promise<{ sent: boolean; problem: string | null }> {
  await forAdmins(tx)
  const me = await tx.row<{ email: string; name: string }>(sql`select email, name from members where id = app.member()`)
  if (!me) throw notFound()
  if (!product.courier.works) return { sent: false, problem: 'Email is not set up. Set SMTP_URL and start again.' }
  try {
    await product.courier.send({ to: me.email, subject: 'A test from Partnered', text: `${me.name}, email works.` })
    return { sent: true, problem: null }
  } catch (error) {
    return { sent: false, problem: error instanceof Error ? error.message : 'The mail server did not answer.' }
  }
}
