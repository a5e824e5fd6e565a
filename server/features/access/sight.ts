import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { notFound } from '#server/http/errors.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { getPartnerSight as endpoint } from '#shared/partners.ts'
import { seenBy } from './eyes.ts'

const shown = 10

/** What a contact sees right now. In: a partner, and whose eyes; without, the main contact's, or else the first one's. */
export async function getPartnerSight(
  tx: Tx,
  partner: string,
  wanted: string | undefined,
): Promise<Answer<typeof endpoint>> {
  const there = await tx.row<{ contact: { id: string; name: string } | null }>(sql`
    select (
      select json_build_object('id', c.id, 'name', c.name) from contacts c
      where c.org_id = p.org_id and c.partner_id = p.id and c.left_at is null and c.access_removed_at is null
        and (${wanted ?? null}::uuid is null or c.id = ${wanted ?? null}::uuid)
      order by c.is_main desc, c.name, c.id limit 1) as contact
    from partners p where p.id = ${partner}::uuid`)
  if (!there || (wanted && !there.contact)) throw notFound()
  if (!there.contact)
    return { contact: null, deals: [], deal_count: 0, notes: [], note_count: 0, files: [], file_count: 0 }
  const { deals, notes, files } = await seenBy(tx, there.contact.id)
  return {
    contact: there.contact,
    deals: deals.slice(0, shown),
    deal_count: deals.length,
    notes: notes.slice(0, shown),
    note_count: notes.length,
    files: files.slice(0, shown),
    file_count: files.length,
  }
}
