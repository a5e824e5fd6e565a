import { randomBytes } from 'node:crypto'
import { asNobody } from '#server/acting.ts'
import { withActor } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { hashToken } from '#server/features/session/session.ts'
import { Refusal, refusalOf } from '#server/http/errors.ts'
import type { Product } from '#server/product.ts'
import { contactDigest, contactLetter, type NoticeIn } from './contact-letters.ts'
import { fewerLine } from './fewer.ts'
import { dealLetter, invitationLetter, type Letter } from './letters.ts'
import { memberLetter, roleLetter } from './member-letters.ts'
import { receiptLetter } from './receipt.ts'

type Due = {
  org_id: string
  id: string
  kind: 'invitation' | 'deal_shared' | 'deal_received' | 'notice' | 'urgent' | 'digest' | 'role_changed'
  contact_id: string | null
  invitation_id: string | null
  deal_id: string | null
  more: number | null
  message_id: string
}

/**
 * Writes a due mail with the rights its recipient has now, and sends it, or keeps it in the Outbox when there is no mail server.
 * Errors: the mail server's and the database's, so that the worker tries again; the last one stays written on the row.
 */
export async function deliverMail(product: Product, mail: string, last: boolean): Promise<void> {
  const due = await asNobody(product, (tx) => tx.row<Due>(sql`select * from app.mail_to_send(${mail}::uuid)`))
  if (!due) return
  let letter: Letter | null
  try {
    letter = await write(product, due)
  } catch (error) {
    if (!last) throw error
    product.say(`A mail could not be written: ${(error as Error).message}`)
    return mark(product, mail, 'failed', null, 'It could not be written.')
  }
  if (!letter) return mark(product, mail, 'dropped', null, 'No longer wanted when it was due.')
  const { hold } = letter
  if (hold)
    return asNobody(product, async (tx) => {
      await tx.run(sql`select app.hold_mail(${mail}::uuid, ${hold.toISOString()}::timestamptz)`)
    })
  const kept = { ...letter, text: withoutLinks(letter.text, due) }
  if (!product.courier.works) return mark(product, mail, 'held', kept, null)
  try {
    await product.courier.send({
      to: letter.to,
      subject: letter.subject,
      text: letter.text,
      message_id: due.message_id,
      ...(letter.headers ? { headers: letter.headers } : {}),
      ...(letter.reply_to ? { reply_to: letter.reply_to } : {}),
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 500) : String(error)
    if (last) return mark(product, mail, 'failed', due.kind === 'invitation' ? letter : kept, reason)
    throw error
  }
  await mark(
    product,
    mail,
    'sent',
    { ...kept, text: kept.text.replaceAll(/https?:\/\/\S+\/i\/\S+/g, '(a link that only this message holds)') },
    null,
  )
}

// A link that reached its reader is theirs alone; one that could not be mailed may be handed over by an admin, if it invites.
const withoutLinks = (text: string, { kind }: Due): string =>
  kind === 'invitation' ? text : text.replaceAll(/https?:\/\/\S+\/prefs\/\S+/g, '(a link that only this message holds)')

async function write(product: Product, due: Due): Promise<Letter | null> {
  const { url } = product.config
  const token = randomBytes(32).toString('base64url')
  if (due.kind === 'invitation' && !(await renewToken(product, due, token))) return null
  const fewer = `${url}/prefs/${token}`
  const notices = due.contact_id ? await noticesIn(product, due) : []
  if (!notices) return null
  const letter = await withActor(
    product.database,
    { as: 'mail', mail: due.id },
    async (tx): Promise<Letter> => {
      switch (due.kind) {
        case 'invitation':
          return invitationLetter(tx, due.invitation_id, `${url}/i/${token}`)
        case 'deal_shared': {
          const it = await dealLetter(tx, due.deal_id, url)
          return { ...it, text: [it.text, ...fewerLine(fewer)].join('\n'), about: 'asked' }
        }
        case 'deal_received':
          return receiptLetter(tx, due.deal_id, url)
        case 'role_changed':
          return roleLetter(tx, url, fewer)
        default:
          if (!due.contact_id) return memberLetter(tx, due, url, fewer)
          return due.kind === 'digest' ? contactDigest(tx, notices, url, fewer) : contactLetter(tx, notices, url, fewer)
      }
    },
    { clock: product.clock },
  ).catch((error) => {
    const refusal = refusalOf(error)
    // The recipient lost access, or the thing is no longer theirs to see: nothing is sent.
    if (refusal instanceof Refusal && refusal.problem.status === 404) return null
    throw error
  })
  const { about } = letter ?? {}
  if (about && !letter?.hold)
    await asNobody(product, (tx) => tx.run(sql`select app.keep_link(${due.id}::uuid, ${about}, ${hashToken(token)})`))
  return letter
}

/** What a contact's mail is about. Null: they want no mail of a share, or want it told at the end of the week, which is seen to here. */
const noticesIn = (product: Product, { id, kind }: Due): Promise<NoticeIn[] | null> =>
  asNobody(product, async (tx) => {
    if (kind === 'invitation') return []
    if (kind !== 'deal_shared') return tx.rows<NoticeIn>(sql`select * from app.notices_in(${id}::uuid)`)
    const it = await tx.row<{ otherwise: boolean }>(sql`select app.share_otherwise(${id}::uuid) as otherwise`)
    return it?.otherwise ? null : []
  })

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
