import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { beginAct } from '#server/features/acts/acts.ts'
import { conflict, invalid } from '#server/http/errors.ts'
import type { takeOffTeam as endpoint, getHeld as heldEndpoint } from '#shared/company.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import { onlyAdmins, readMember } from './members.ts'

type Held = Answer<typeof heldEndpoint>
const days_to_undo = 30

/** The open deals and the partners, archived ones too, that a colleague owns. */
export async function getHeld(tx: Tx, id: string): Promise<Held> {
  await onlyAdmins(tx)
  await readMember(tx, id)
  const held = await tx.row<Held>(sql`
    select (
        select coalesce(json_agg(json_build_object('id', d.id, 'ref', d.ref, 'customer_company', d.customer_company, 'stage', s.name,
            'partner', json_build_object('id', p.id, 'slug', p.slug, 'legal_name', p.legal_name)) order by p.legal_name, d.customer_company, d.id), '[]')
        from deals d
        join partners p on p.org_id = d.org_id and p.id = d.partner_id
        join deal_stages s on s.org_id = d.org_id and s.key = d.stage
        where d.our_owner_id = ${id}::uuid and d.outcome is null and (d.in_pipeline or d.answer = 'pending')) as deals,
      (select coalesce(json_agg(json_build_object('id', p.id, 'slug', p.slug, 'legal_name', p.legal_name) order by p.legal_name, p.id), '[]')
        from partners p where p.owner_id = ${id}::uuid) as partners`)
  return held!
}

const counted = (n: number, one: string) => (n ? [`${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`] : [])

/** Nobody takes over in the name of someone who left or may only read; no open deal and no partner stays behind. */
async function takersOf(tx: Tx, id: string, { deals, partners }: Given<typeof endpoint>['body']): Promise<void> {
  const held = await getHeld(tx, id)
  for (const [field, all, given, one] of [
    ['deals', held.deals, new Set(deals.map(({ deal }) => deal)), 'open deal'],
    ['partners', held.partners, new Set(partners.map(({ partner }) => partner)), 'partner'],
  ] as const) {
    const left = all.filter((it) => !given.has(it.id)).length
    if (left)
      throw invalid(field, `${counted(left, one)} ${left === 1 ? 'has' : 'have'} nobody yet. Say who takes over.`)
    if (given.size > all.length) throw invalid(field, 'Some of these have gone to someone else meanwhile. Look again.')
  }
  const takers = [...new Set([...deals, ...partners].map(({ to }) => to))]
  const able = await tx.row<{ many: number }>(sql`
    select count(*)::int as many from members m
    where m.id = any(${takers}::uuid[]) and m.id <> ${id}::uuid and m.deactivated_at is null and m.role <> 'read_only'`)
  if (able?.many !== takers.length)
    throw invalid(deals.length ? 'deals' : 'partners', 'Choose admins or members who are on the team.')
}

/** Takes a colleague off the team and hands over what they own, with a note on each deal. One act that can be undone. */
export async function takeOffTeam(
  tx: Tx,
  id: string,
  body: Given<typeof endpoint>['body'],
): Promise<Answer<typeof endpoint>> {
  await onlyAdmins(tx)
  const member = await readMember(tx, id)
  if (member.version !== body.version) throw conflict('Someone changed this since you opened it.', member)
  if (member.deactivated_at) throw conflict(`${member.name} is off the team already.`, member)
  await takersOf(tx, id, body)
  const { deals, partners, note } = body
  const handed = [...counted(deals.length, 'open deal'), ...counted(partners.length, 'partner')].join(' and ')
  const says = `Took ${member.name} off the team${handed && ` and handed over ${handed}`}`
  const act = await beginAct(tx, 'took_off', says, days_to_undo * 24)
  // A partner first: its new owner sees it, and may own its deals.
  await tx.run(sql`
    update partners p set owner_id = g."to" from jsonb_to_recordset(${JSON.stringify(partners)}::jsonb) g(partner uuid, "to" uuid)
    where p.id = g.partner and p.owner_id = ${id}::uuid`)
  await tx.run(sql`
    update deals d set our_owner_id = g."to" from jsonb_to_recordset(${JSON.stringify(deals)}::jsonb) g(deal uuid, "to" uuid)
    where d.id = g.deal and d.our_owner_id = ${id}::uuid and d.outcome is null`)
  if (note)
    await tx.run(sql`
      insert into entries (org_id, id, partner_id, deal_id, kind, audience, body, member_id, created_at)
      select (select app.org()), gen_random_uuid(), d.partner_id, d.id, 'note', 'team', ${note}, (select app.member()), (select app.now())
      from deals d where d.id = any(${deals.map(({ deal }) => deal)}::uuid[])`)
  await tx.run(sql`update members set deactivated_at = app.now() where id = ${id}::uuid`)
  return { member: await readMember(tx, id), act }
}
