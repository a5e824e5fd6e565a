import type { Tx } from '#server/db/actor.ts'
import { inDraft, lookAs } from '#server/db/exposure.ts'
import { newId } from '#server/db/ids.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { forbidden, notFound } from '#server/http/errors.ts'
import { type previewDeal as endpoint, notRelevant } from '#shared/deals.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import { permissionTexts } from '#shared/permissions.ts'
import { customerDomain, dealToAdd } from './adding.ts'
import { dayWords, readersOf } from './visibility.ts'

type Draft = Given<typeof endpoint>['body']
type Sight = Answer<typeof endpoint>
type Seen = Omit<Sight, 'people' | 'shown' | 'why_not' | 'guards'>
const unanswered_worth_saying = 3
const irrelevant_worth_saying = 3
// A day without a time is one everywhere.
const dayOf = (day: Sql): Sql => sql`to_char(${day}, 'FMDD FMMonth YYYY')`

type Alike = {
  partner: string
  here: boolean
  sent: boolean
  waits: boolean
  day: string
  protected_until: string | null
}
type Around = {
  legal_name: string
  can: boolean
  archived: boolean
  dormant: boolean
  sees_deals: boolean
  people: string[]
  looker: string | null
  alike: Alike[]
  unanswered: number
  irrelevant: number
}

/** The partner, who there would look, and what is worth knowing before sharing. */
async function lookAround(tx: Tx, partner: string, it: Draft): Promise<Around> {
  const owner = sql`${it.their_owner_id ?? null}::uuid`
  const around = await tx.row<Around>(sql`
    with alike as materialized (
      select d.*, ${dayWords(sql`d.created_at`)} as on_day from deals d
      where d.id in (select app.deals_with_customer(${it.customer_company.trim()}, ${customerDomain(it)})) and d.outcome is distinct from 'lost'
        and not (d.direction = 'received' and d.answer = 'declined'))
    select p.legal_name, app.can_work_with(p.id) as can, p.archived_at is not null as archived, p.status = 'dormant' as dormant, p.sees_deals,
      ${readersOf(owner)} as people,
      (select c.id from contacts c where c.org_id = p.org_id and c.partner_id = p.id and c.left_at is null and c.access_removed_at is null
        order by c.id = ${owner} desc nulls last, c.sees = 'all' desc, c.is_main desc, c.id limit 1) as looker,
      (select coalesce(json_agg(t), '[]') from (
        select o.legal_name as partner, o.id = p.id as here, a.direction = 'received' as sent, not a.in_pipeline as waits, a.on_day as day,
          case when a.outcome is null and a.protected_until >= app.today(a.org_id) then ${dayOf(sql`a.protected_until`)} end as protected_until
        from alike a join partners o on o.id = a.partner_id
        order by o.id = p.id desc, a.protected_until desc nulls last, o.legal_name, a.created_at limit 4) t) as alike,
      (select count(*)::int from deals d where d.org_id = p.org_id and d.partner_id = p.id and d.direction = 'given' and d.answer = 'pending' and d.outcome is null
        and d.shared_from is not null) as unanswered,
      (select count(*)::int from deals d where d.org_id = p.org_id and d.partner_id = p.id and d.direction = 'given' and d.answer_reason = ${notRelevant}
        and d.answered_at > (select app.now()) - interval '90 days') as irrelevant
    from partners p where p.id = ${partner}::uuid`)
  if (!around) throw notFound()
  if (!around.can) throw forbidden()
  return around
}

/** Writes the deal and its share, reads it through the partner's own views, takes everything back. */
async function readAsThey(tx: Tx, partner: string, it: Draft, looker: string | null): Promise<Seen | undefined> {
  return inDraft(tx, async () => {
    const id = newId()
    const contact = looker ?? newId()
    // Nobody is there yet: what anyone there would see.
    if (!looker)
      await tx.run(
        sql`insert into contacts (org_id, id, partner_id, name, created_at) values (app.org(), ${contact}::uuid, ${partner}::uuid, 'Anyone', app.now())`,
      )
    // Half-filled forms are looked at too; a deal that is kept has both.
    await tx.run(dealToAdd(id, partner, { ...it, customer_company: it.customer_company || '…', ask: it.ask || '…' }))
    await tx.run(sql`
      insert into shares (org_id, id, partner_id, deal_id, show_value, show_customer_contact, shared_by, shared_at, effective_at)
      values (app.org(), ${newId()}::uuid, ${partner}::uuid, ${id}::uuid, ${it.show_value ?? null}::boolean, ${it.show_customer_contact ?? null}::boolean, app.member(), app.now(), app.now())`)
    return lookAs(tx, contact, (as) =>
      as.row<Seen>(sql`
        select d.customer_company, d.ask, d.stage, d.expected_close, d.value_minor, d.currency, d.value_shown,
          d.customer_contact_name, d.customer_contact_email, d.customer_contact_phone, d.customer_contact_shown
        from portal.deals d where d.id = ${id}::uuid`),
    )
  })
}

/** What is said of another deal with the customer, whoever gave it to whom. */
function alikeWords(legal_name: string, { partner, here, sent, waits, day, protected_until }: Alike): string {
  const kept = protected_until ? ` It is protected until ${protected_until}.` : ''
  if (waits) return `${partner} sent you this customer on ${day} and waits for your answer.`
  if (sent) return `${partner} sent you this customer on ${day}.${kept}`
  return here
    ? `${legal_name} has a deal with this customer already.`
    : `${partner} also has a deal with this customer.`
}

function guards({ legal_name, dormant, alike, unanswered, irrelevant }: Around): string[] {
  return [
    ...new Set(alike.map((one) => alikeWords(legal_name, one))),
    ...(irrelevant >= irrelevant_worth_saying
      ? [`${legal_name} called ${irrelevant} deals not relevant in the last 90 days.`]
      : []),
    ...(unanswered >= unanswered_worth_saying ? [`${legal_name} has ${unanswered} unanswered deals.`] : []),
    ...(dormant ? [`${legal_name} is dormant.`] : []),
  ]
}

function whyNot({ legal_name, archived, sees_deals }: Around): string {
  if (archived) return `${legal_name} is archived.`
  if (!sees_deals) return `"${permissionTexts.sees_deals.title}" is off for ${legal_name}.`
  return `Nobody at ${legal_name} may see this deal.`
}

const unseen = {
  expected_close: null,
  value_minor: null,
  currency: null,
  value_shown: false,
  customer_contact_name: null,
  customer_contact_email: null,
  customer_contact_phone: null,
  customer_contact_shown: false,
}

/** Exactly what the partner's people would see of a deal. Changes nothing. */
export async function previewDeal(tx: Tx, partner: string, it: Draft): Promise<Sight> {
  const around = await lookAround(tx, partner, it)
  const seen = await readAsThey(tx, partner, it, around.looker)
  return {
    ...(seen ?? { ...unseen, stage: it.stage ?? 'New' }),
    customer_company: it.customer_company && (seen?.customer_company ?? it.customer_company),
    ask: it.ask && (seen?.ask ?? it.ask),
    people: seen ? around.people : [],
    shown: seen !== undefined,
    why_not: seen ? null : whyNot(around),
    guards: guards(around),
  }
}
