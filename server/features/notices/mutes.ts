import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import { invalid, notFound } from '#server/http/errors.ts'
import type { Given } from '#shared/endpoint.ts'
import type { addMute as endpoint, Mute } from '#shared/notices.ts'

/** No mail about one partner or one deal any more. Done twice, it is done once. */
export async function addMute(tx: Tx, { partner, deal }: Given<typeof endpoint>['body']): Promise<Mute> {
  if (!partner === !deal) throw invalid('partner', 'Name a partner or a deal, one of them.')
  await tx.run(sql`
    insert into mutes (org_id, id, member_id, partner_id, deal_id, created_at)
    select p.org_id, ${newId()}::uuid, app.member(), p.id, d.id, app.now()
    from partners p left join deals d on d.org_id = p.org_id and d.partner_id = p.id and d.id = ${deal ?? null}::uuid
    where ${deal ? sql`d.id is not null` : sql`p.id = ${partner ?? null}::uuid`}
    on conflict do nothing`)
  const mute = await tx.row<Mute>(sql`
    select u.id, json_build_object('id', p.id, 'slug', p.slug, 'legal_name', p.legal_name) as partner,
      case when d.id is not null then json_build_object('id', d.id, 'ref', d.ref, 'customer_company', d.customer_company) end as deal
    from mutes u join partners p on p.org_id = u.org_id and p.id = u.partner_id left join deals d on d.org_id = u.org_id and d.id = u.deal_id
    where u.member_id = app.member() and ${deal ? sql`u.deal_id = ${deal}::uuid` : sql`u.deal_id is null and u.partner_id = ${partner ?? null}::uuid`}`)
  if (!mute) throw notFound()
  return mute
}

export async function removeMute(tx: Tx, mute: string): Promise<void> {
  if (!(await tx.run(sql`delete from mutes where id = ${mute}::uuid`))) throw notFound()
}
