import { asNobody } from '#server/acting.ts'
import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { hashToken, networkOf } from '#server/features/session/session.ts'
import { notFound, Refusal, tooMany } from '#server/http/errors.ts'
import type { Product } from '#server/product.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { readInvitation as endpoint } from '#shared/portal.ts'

const window = '15 minutes'
/** Counts wrong links by network, so that nobody can guess their way to one. */
async function known<Found>(
  product: Product,
  ip: string,
  find: (tx: Tx) => Promise<Found | null | undefined>,
): Promise<Found> {
  const found = await asNobody(product, async (tx) => {
    const it = await find(tx)
    if (it) return it
    const allowed = await tx.row<{ allowed: boolean }>(
      sql`select app.try_allowed('link:network', ${networkOf(ip)}, 100, ${window}::interval) as allowed`,
    )
    return allowed?.allowed ? null : ('too_many' as const)
  })
  if (found === 'too_many') throw tooMany(15 * 60)
  if (!found) throw notFound()
  return found
}

/** What the invitation behind a link says. Changes nothing, so a mail scanner may open it. */
export async function readInvitation(product: Product, token: string, ip: string): Promise<Answer<typeof endpoint>> {
  const found = await known(
    product,
    ip,
    async (tx) =>
      (
        await tx.row<{ it: Answer<typeof endpoint> | null }>(
          sql`select app.invitation_of_token(${hashToken(token)}) as it`,
        )
      )?.it,
  )
  // A link that is over says so, and nothing else.
  return found.state === 'withdrawn' || found.state === 'expired'
    ? { ...found, message: '', email: '', workspace: '' }
    : found
}

/** Lets a signed-in person in; their proven address must be the invited one. */
export async function acceptInvitation(
  product: Product,
  token: string,
  session: string,
): Promise<{ workspace: string }> {
  return asNobody(product, async (tx) => {
    const it = await tx.row<{ workspace: string }>(
      sql`select app.accept_invitation(${hashToken(token)}, ${session}) as workspace`,
    )
    if (!it?.workspace) throw notFound()
    return it
  })
}

/** "Just email me instead." */
export async function preferEmail(product: Product, token: string, ip: string): Promise<void> {
  const done = await known(
    product,
    ip,
    async (tx) => (await tx.row<{ done: boolean }>(sql`select app.prefer_email(${hashToken(token)}) as done`))?.done,
  )
  if (!done)
    throw new Refusal({
      status: 410,
      code: 'gone',
      title: 'No longer open',
      detail: 'This invitation is no longer open.',
    })
}
