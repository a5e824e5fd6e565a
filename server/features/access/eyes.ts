import type { Tx } from '#server/db/actor.ts'
import { lookAs } from '#server/db/exposure.ts'
import { sql } from '#server/db/sql.ts'

export type SeenDeal = {
  id: string
  customer_company: string
  stage: string
  value_minor: number | null
  currency: string | null
  value_shown: boolean
  customer_contact_name: string | null
  customer_contact_email: string | null
  customer_contact_phone: string | null
  customer_contact_shown: boolean
}
export type Seen = {
  deals: SeenDeal[]
  notes: { id: string; body: string }[]
  files: { id: string; name: string }[]
  may: { update: boolean; send: boolean }
}

/** What somebody sees who has no access. */
export const seesNothing: Seen = { deals: [], notes: [], files: [], may: { update: false, send: false } }

/** Everything a contact sees and may do right now, read through the contact's own views. */
export function seenBy(tx: Tx, contact: string): Promise<Seen> {
  return lookAs(tx, contact, async (as_contact) => {
    const [deals, notes, files, may] = await Promise.all([
      as_contact.rows<SeenDeal>(sql`
        select id, customer_company, stage, value_minor, currency, value_shown, customer_contact_name, customer_contact_email,
          customer_contact_phone, customer_contact_shown
        from portal.deals order by last_activity_at desc, id`),
      as_contact.rows<{ id: string; body: string }>(sql`
        select id, coalesce(body, '') as body from portal.entries where deal_id is null order by created_at desc, id`),
      as_contact.rows<Seen['files'][number]>(sql`select id, name from portal.files order by shared_at desc, id`),
      as_contact.row<Seen['may']>(sql`
        select sees_deals and updates_deals as update, sends_deals as send from portal.workspace`),
    ])
    return { deals, notes, files, may: may ?? { update: false, send: false } }
  })
}

/**
 * A partner's people by what their rights are: those of one class see the same, so one of them is asked for all.
 * Everyone who sees all deals is one class, whoever sees only deals of their own and has none another, each who has some one more.
 * `alone`: contacts that are a class of their own, whatever their rights.
 */
export async function classesOf(
  tx: Tx,
  partner: string,
  alone: readonly string[] = [],
): Promise<{ asked: string; names: string[]; can_sign_in: boolean }[]> {
  return tx.rows(sql`
    with people as (
      select c.id, c.name, c.is_main, c.person_id is not null as signs_in,
        case when c.id = any(${alone}::uuid[]) then c.id::text when c.sees = 'all' then 'all'
          when exists (select from deals d where d.org_id = c.org_id and d.partner_id = c.partner_id and d.their_owner_id = c.id) then c.id::text
          else 'own' end as rights
      from contacts c
      where c.partner_id = ${partner}::uuid and c.left_at is null and c.access_removed_at is null)
    select (array_agg(id::text order by is_main desc, name, id))[1] as asked, array_agg(name order by is_main desc, name, id) as names,
      bool_or(signs_in) as can_sign_in
    from people group by rights order by bool_or(is_main) desc, min(name), min(id::text)`)
}
