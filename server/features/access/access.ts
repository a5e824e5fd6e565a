import type * as z from 'zod/mini'
import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { invitationState, newestInvitation } from '#server/features/contacts/contacts.ts'
import { type Picked, pickMembers } from '#server/features/partners/adding.ts'
import { permissionsOf } from '#server/features/partners/partners.ts'
import { conflict, forbidden, notFound } from '#server/http/errors.ts'
import type { PartnerAccess as PartnerAccessSchema } from '#shared/partners.ts'
import type { Permissions } from '#shared/permissions.ts'

export type PartnerAccess = z.output<typeof PartnerAccessSchema>
export type Draft = { team_access: 'everyone' | 'picked'; members: Picked; permissions: Permissions }

/** Who on the team works with a partner, what it may see, and who there can get in. */
export async function getPartnerAccess(tx: Tx, partner: string): Promise<PartnerAccess> {
  const access = await tx.row<PartnerAccess>(sql`
    select p.team_access, p.version, ${permissionsOf} as permissions,
      coalesce((
        select json_agg(json_build_object('member_id', m.id, 'name', m.name, 'level', pm.level) order by m.name, m.id)
        from partner_members pm join members m on m.org_id = pm.org_id and m.id = pm.member_id
        where pm.org_id = p.org_id and pm.partner_id = p.id and m.deactivated_at is null), '[]') as members,
      coalesce((
        select json_agg(json_build_object('contact_id', c.id, 'name', c.name, 'email', c.email, 'state', ${invitationState},
          'last_seen_at', c.last_seen_at, 'sees', c.sees, 'version', c.version,
          'can_sign_in', c.person_id is not null and c.access_removed_at is null) order by c.is_main desc, c.name, c.id)
        from contacts c ${newestInvitation}
        where c.org_id = p.org_id and c.partner_id = p.id and c.left_at is null), '[]') as people,
      json_build_object('decide', app.can_decide_on(p.id)) as can
    from partners p where p.id = ${partner}::uuid`)
  if (!access) throw notFound()
  return access
}

/** Reads the access of a partner whose access is about to be decided. Errors: 404, 403. */
export async function accessToDecide(tx: Tx, partner: string): Promise<PartnerAccess> {
  const access = await getPartnerAccess(tx, partner)
  if (!access.can.decide) throw forbidden('An admin or the owner of this partner decides who may see what.')
  return access
}

/** Puts a draft in force, in this transaction. Out: whether the partner still had the version named. */
export async function applyAccess(tx: Tx, partner: string, version: number, draft: Draft): Promise<boolean> {
  const rows = draft.permissions
  const changed = await tx.run(sql`
    update partners set team_access = ${draft.team_access}, sees_deals = ${rows.sees_deals}, sees_value = ${rows.sees_value},
      sees_customer_contact = ${rows.sees_customer_contact}, sees_notes = ${rows.sees_notes}, updates_deals = ${rows.updates_deals},
      sends_deals = ${rows.sends_deals}
    where id = ${partner}::uuid and version = ${version}`)
  if (changed) await pickMembers(tx, partner, draft.members)
  return changed > 0
}

/** Changes who works with a partner and what it may see. What is taken away is gone from the next request on. */
export async function editPartnerAccess(
  tx: Tx,
  partner: string,
  edit: Draft & { version: number; reason?: string | null | undefined },
): Promise<PartnerAccess> {
  const current = await accessToDecide(tx, partner)
  if (!(await applyAccess(tx, partner, edit.version, edit)))
    throw conflict('Someone changed this partner since you opened it.', current)
  if (edit.reason)
    await tx.run(
      sql`select app.log_event('access_reason', ${partner}::uuid, ${partner}::uuid, ${JSON.stringify({ reason: edit.reason })}::jsonb)`,
    )
  return getPartnerAccess(tx, partner)
}
