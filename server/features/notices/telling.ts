import { asNobody } from '#server/acting.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import type { Product } from '#server/product.ts'
import { type Choice, classOf, type NoticeSettings } from '#shared/notices.ts'
import { contactChoice, memberChoice } from './chosen.ts'
import { type Chosen, planMail, type Waiting } from './planner.ts'

type Found = {
  zone: string
  reachable: boolean
  waiting: {
    id: string
    kind: string
    partner_id: string
    deal_id: string | null
    created_at: string
    read_at: string | null
    digest_from: string | null
  }[]
  mailed: string[]
} & ({ who: 'member'; settings: NoticeSettings | null; muted: string[] } | { who: 'contact'; choice: Choice | null })

const moment = (at: string | null) => (at ? new Date(at) : null)
const chosenOf = (it: Found): Chosen =>
  it.who === 'member' ? memberChoice(it.settings, it.zone, it.muted) : contactChoice(it.choice, it.zone)

/** Plans one person's mail, as it stands now: what leaves is written into the outbox in the same transaction, once. */
export async function tellPerson(product: Product, work: string): Promise<void> {
  await asNobody(product, async (tx) => {
    const it = (await tx.row<{ found: Found | null }>(sql`select app.notices_for(${work}::uuid) as found`))?.found
    const waiting = (it?.waiting ?? []).map(
      ({ kind, created_at, read_at, digest_from, ...row }): Waiting => ({
        ...row,
        class: it?.who === 'member' ? classOf(kind) : kind,
        at: new Date(created_at),
        read_at: moment(read_at),
        digest_from: moment(digest_from),
      }),
    )
    const plan = it?.reachable
      ? planMail(
          tx.now(),
          chosenOf(it),
          waiting,
          it.mailed.map((at) => new Date(at)),
        )
      : { mails: [], to_digest: [], passed: waiting.map(({ id }) => id), wake: null }
    const about = new Map(waiting.map((row) => [row.id, row]))
    const mails = plan.mails.map((mail) => {
      const first = about.get(mail.ids[0] ?? '')
      const one = mail.kind !== 'digest'
      return {
        ...mail,
        id: newId(),
        deal_id: one ? first?.deal_id : null,
        partner_id: one || it?.who === 'contact' ? first?.partner_id : null,
      }
    })
    await tx.run(sql`select app.settle_notices(${work}::uuid, ${JSON.stringify({ ...plan, mails })}::jsonb)`)
  })
}
