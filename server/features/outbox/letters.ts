import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { notFound } from '#server/http/errors.ts'

export type Letter = {
  to: string
  subject: string
  text: string
  reply_to?: string | null
  headers?: Record<string, string>
  /** Which kind of mail its last line offers fewer of. */
  about?: string
  /** Its reader rests: it waits until then. */
  hold?: Date | null
}

type Invited = {
  email: string
  contact_name: string
  message: string
  sent_by_name: string
  company_name: string
  expires_at: string
}

/** The invitation in words. In: what it says and the link. Out: subject and text, as they arrive. */
export function invitationText(it: Invited, link: string): { subject: string; text: string } {
  const until = new Date(it.expires_at).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return {
    subject: `${it.sent_by_name} at ${it.company_name} invites you`,
    text: [
      it.message,
      '',
      '—',
      `Open your workspace with ${it.company_name}:`,
      link,
      '',
      'You sign in with a 6-digit code sent to this address. There is no password to choose.',
      'You would rather not have another login? Open the link and choose "Just email me instead".',
      `The link works until ${until}.`,
    ].join('\n'),
  }
}

/** An invitation as its contact may read it. Errors: 404 when they may not. */
export async function invitationLetter(tx: Tx, invitation: string | null, link: string): Promise<Letter> {
  const it = await tx.row<Invited>(sql`
    select p.email, p.name as contact_name, i.message, i.sent_by_name, w.company_name, i.expires_at, app.record_read('mail', null, array[i.id], array['message']) as seen
    from portal.invitation i, portal.workspace w, portal.people p
    where i.id = ${invitation}::uuid and p.id = app.contact()`)
  if (!it?.email) throw notFound()
  return { to: it.email, ...invitationText(it, link) }
}

/** Minor units in words: yen have none, euros have a hundred. */
function amount(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

type Shared = {
  email: string
  ref: string
  kind: string
  direction: 'given' | 'received'
  customer_company: string
  ask: string
  stage: string
  company_name: string
  our_owner_name: string
  value_minor: number | null
  currency: string | null
  workspace: string
  can_sign_in: boolean
}

/** A shared deal as its contact may read it by mail. Errors: 404 when it is no longer shared. */
export async function dealLetter(tx: Tx, deal: string | null, url: string): Promise<Letter> {
  const it = await tx.row<Shared>(sql`
    select p.email, p.can_sign_in, d.ref, d.kind, d.direction, d.customer_company, d.ask, coalesce((select s.name from portal.stages s where s.key = d.stage), d.stage) as stage, d.our_owner_name, d.value_minor, d.currency, w.company_name, w.workspace,
      app.record_read('mail', null, array[d.id], array['customer_company', 'ask', 'stage']) as seen
    from portal.deals d, portal.workspace w, portal.people p
    where d.id = ${deal}::uuid and p.id = app.contact()`)
  if (!it?.email) throw notFound()
  const taken = it.direction === 'received'
  const what = it.kind === 'lead' ? 'a lead' : it.kind === 'referral' ? 'a referral' : 'a deal to work on together'
  return {
    to: it.email,
    subject: `${it.our_owner_name} ${taken ? 'took on your referral' : `shared ${what}`}: ${it.customer_company}`,
    text: [
      taken
        ? `${it.our_owner_name} at ${it.company_name} took on what you referred.`
        : `${it.our_owner_name} at ${it.company_name} shared ${what} with you.`,
      '',
      `Customer: ${it.customer_company}`,
      `Stage: ${it.stage}`,
      ...(it.value_minor === null || !it.currency ? [] : [`Value: ${amount(it.value_minor, it.currency)}`]),
      '',
      `What ${it.our_owner_name} wants from you:`,
      it.ask,
      '',
      ...(it.can_sign_in
        ? ['Answer here:', `${url}/p/${it.workspace}/deals/${it.ref}`]
        : [`Answer ${it.our_owner_name} by email.`]),
    ].join('\n'),
  }
}
