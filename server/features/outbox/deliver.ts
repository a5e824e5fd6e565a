import { randomBytes } from 'node:crypto'
import { asNobody } from '#server/acting.ts'
import { withActor } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { hashToken } from '#server/features/session/session.ts'
import { Refusal, refusalOf } from '#server/http/errors.ts'
import type { Product } from '#server/product.ts'
import { dealLetter, invitationLetter, type Letter } from './letters.ts'

type Due = {
  org_id: string
  id: string
  kind: 'invitation' | 'deal_shared'
  invitation_id: string | null
  deal_id: string | null
  message_id: string
}

/**
 * Writes a due mail with the rights its recipient has now, and sends it, or keeps it in the Outbox when there is no mail server.
 * Errors: the mail server's, so that the worker tries again; the last one stays written on the row.
 */
export async function deliverMail(product: Product, mail: string, last: boolean): Promise<void> {
  const due = await asNobody(product, (tx) => tx.row<Due>(sql`select * from app.mail_to_send(${mail}::uuid)`))
  if (!due) return
  const letter = await write(product, due)
  if (!letter) return mark(product, mail, 'dropped', null, 'No longer wanted when it was due.')
  if (!product.courier.works) return mark(product, mail, 'held', letter, null)
  try {
    await product.courier.send({
      to: letter.to,
      subject: letter.subject,
      text: letter.text,
      message_id: due.message_id,
      ...(letter.reply_to ? { reply_to: letter.reply_to } : {}),
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 500) : String(error)
    if (last) return mark(product, mail, 'failed', letter, reason)
    throw error
  }
  // A link that reached its reader is theirs alone.
  await mark(
    product,
    mail,
    'sent',
    { ...letter, text: letter.text.replaceAll(/https?:\/\/\S+\/i\/\S+/g, '(a link that only this message holds)') },
    null,
  )
}

async function write(product: Product, due: Due): Promise<Letter | null> {
  const token = randomBytes(32).toString('base64url')
  if (due.kind === 'invitation' && !(await renewToken(product, due, token))) return null
  return withActor(
    product.database,
    { as: 'mail', mail: due.id },
    (tx) =>
      due.kind === 'invitation'
        ? invitationLetter(tx, due.invitation_id, `${product.config.url}/i/${token}`)
        : dealLetter(tx, due.deal_id, product.config.url),
    { clock: product.clock },
  ).catch((error) => {
    const refusal = refusalOf(error)
    // The recipient lost access, or the thing is no longer theirs to see: nothing is sent.
    if (refusal instanceof Refusal && refusal.problem.status === 404) return null
    throw error
  })
}

const renewToken = (product: Product, due: Due, token: string) =>
  asNobody(
    product,
    async (tx) =>
      (
        await tx.row<{ renewed: boolean }>(
          sql`select app.renew_invitation_token(${due.org_id}::uuid, ${due.invitation_id}::uuid, ${hashToken(token)}) as renewed`,
        )
      )?.renewed ?? false,
  )

const mark = (
  product: Product,
  mail: string,
  state: string,
  letter: Letter | null,
  reason: string | null,
): Promise<void> =>
  asNobody(product, async (tx) => {
    await tx.run(
      sql`select app.mark_mail(${mail}::uuid, ${state}, ${letter?.to ?? null}, ${letter?.subject ?? null}, ${letter?.text ?? null}, ${reason})`,
    )
  })
