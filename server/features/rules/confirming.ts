import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { beginAct } from '#server/features/acts/acts.ts'
import { forbidden, notFound } from '#server/http/errors.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { confirmMainContacts as endpoint } from '#shared/rules.ts'
import { breaksAmongAll } from './breaking.ts'

const hours_to_undo = 24

/** Says that main contacts are still right, as one act: of the partners named, or of all that break the rule. */
export async function confirmMainContacts(
  tx: Tx,
  named: readonly string[] | undefined,
): Promise<Answer<typeof endpoint>> {
  const { team_role } = await tx.entered
  if (team_role === 'read_only') throw forbidden('Members and admins confirm contacts. Ask an admin.')
  const which = named ? sql`p.id = any(${named}::uuid[])` : breaksAmongAll.main_contact
  const them = await tx.row<{ seen: number; without: number; contacts: string[] }>(sql`
    select count(*)::int as seen, count(*) filter (where c.id is null)::int as without,
      coalesce(array_agg(c.id) filter (where c.id is not null and (select app.changes_things()) and p.id not in (select app.view_only_partners())), '{}') as contacts
    from partners p left join contacts c on c.org_id = p.org_id and c.partner_id = p.id and c.is_main
    where p.archived_at is null and ${which}`)
  const { seen, without, contacts } = them!
  if (named && seen < new Set(named).size) throw notFound()
  const refused = seen - without - contacts.length
  if (contacts.length === 0) return { act: null, confirmed: 0, without, refused }
  const says = contacts.length === 1 ? 'Confirm a main contact' : `Confirm ${contacts.length} main contacts`
  const act = await beginAct(tx, 'repair', says, hours_to_undo)
  const confirmed = await tx.run(sql`update contacts set confirmed_at = app.now() where id = any(${contacts}::uuid[])`)
  return { act, confirmed, without, refused }
}
