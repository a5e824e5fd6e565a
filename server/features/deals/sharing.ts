import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import { conflict, forbidden, notFound } from '#server/http/errors.ts'
import type { Deal, shareDeal as endpoint } from '#shared/deals.ts'
import type { Given } from '#shared/endpoint.ts'
import { readDeal } from './deals.ts'

export type Exceptions = Given<typeof endpoint>['body']

/** Adds the share and asks for the mail to their owner, else the main contact. Both wait for ten seconds. */
export async function addShare(
  tx: Tx,
  deal: string,
  { show_value = null, show_customer_contact = null }: Exceptions,
): Promise<void> {
  await tx.run(sql`
    with shared as (
      insert into shares (org_id, id, partner_id, deal_id, show_value, show_customer_contact, shared_by, shared_at, effective_at)
      select d.org_id, ${newId()}::uuid, d.partner_id, d.id,
        -- What they typed themselves is never hidden from them.
        case when d.sent_by_id is not null then true else ${show_value}::boolean end, case when d.sent_by_id is not null then true else ${show_customer_contact}::boolean end, app.member(), app.now(), app.now() + interval '10 seconds'
      from deals d where d.id = ${deal}::uuid
      returning org_id, deal_id, partner_id, effective_at)
    select app.send_mail('deal_shared', s.partner_id, c.id, null, s.deal_id, s.effective_at)
    from shared s
    join deals d on d.org_id = s.org_id and d.id = s.deal_id
    join partners p on p.org_id = s.org_id and p.id = s.partner_id and p.works_via <> 'internal'
    join contacts c on c.org_id = s.org_id and c.partner_id = s.partner_id and c.email is not null and c.left_at is null and c.access_removed_at is null
      and (c.id = d.their_owner_id or (d.their_owner_id is null and c.is_main and c.sees = 'all'))`)
}

type State = { can: boolean; archived: boolean; shared: boolean; waits: boolean; partner_name: string }

/** What stands in the way of a change to a deal's share, if it is there at all. */
async function stateOf(tx: Tx, deal: string): Promise<State> {
  const state = await tx.row<State>(sql`
    select app.can_work_with(d.partner_id) as can, p.archived_at is not null as archived, d.shared_from is not null as shared, not d.in_pipeline as waits, p.legal_name as partner_name
    from deals d join partners p on p.org_id = d.org_id and p.id = d.partner_id where d.id = ${deal}::uuid`)
  if (!state) throw notFound()
  if (!state.can) throw forbidden()
  return state
}

/** Makes a deal visible to its partner, after ten seconds. */
export async function shareDeal(tx: Tx, deal: string, exceptions: Exceptions): Promise<Deal> {
  const { archived, shared, partner_name } = await stateOf(tx, deal)
  if (archived) throw conflict(`${partner_name} is archived. Restore it first.`)
  if (shared)
    throw conflict('This deal is shared already. Stop sharing it to share it differently.', await readDeal(tx, deal))
  const [, it] = await Promise.all([addShare(tx, deal, exceptions), readDeal(tx, deal)])
  return it
}

/** Within ten seconds: as if it never was. Later: they no longer see it from now on. */
export async function stopSharingDeal(tx: Tx, deal: string): Promise<Deal> {
  const { waits, partner_name } = await stateOf(tx, deal)
  if (waits) throw conflict(`${partner_name} sent this deal, and sees it as long as it is not in your pipeline.`)
  const [, , it] = await Promise.all([
    tx.run(sql`delete from shares where deal_id = ${deal}::uuid and stopped_at is null and effective_at > app.now()`),
    tx.run(
      sql`update shares set stopped_at = app.now(), stopped_by = app.member() where deal_id = ${deal}::uuid and stopped_at is null`,
    ),
    readDeal(tx, deal),
  ])
  return it
}
