import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { beginAct } from '#server/features/acts/acts.ts'
import { invalid, notFound } from '#server/http/errors.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { mergeTags as mergeEndpoint, previewTagMerge as previewEndpoint, Tag } from '#shared/tags.ts'
import { admins, readTag } from './tags.ts'

const hours_to_undo = 30 * 24

async function both(tx: Tx, from: string, into: string): Promise<[Tag, Tag]> {
  await admins(tx)
  if (from === into) throw invalid('into', 'Choose another tag.')
  // The lower id first, so that two people who merge the same tags wait for each other.
  for (const id of [from, into].sort()) await tx.run(sql`select 1 from tags where id = ${id}::uuid for update`)
  const [one, other] = [await readTag(tx, from), await readTag(tx, into)]
  if (!one || !other) throw notFound()
  if (one.archived) throw invalid('tag', 'This tag is archived already.')
  if (other.archived) throw invalid('into', 'Restore that tag first, or choose another.')
  return [one, other]
}

/** How many partners would move, archived ones too. */
async function count(tx: Tx, from: string, into: string): Promise<Answer<typeof previewEndpoint>> {
  const counted = await tx.row<Answer<typeof previewEndpoint>>(sql`
    select count(*)::int as partners,
      count(*) filter (where exists (select from partner_tags o where o.partner_id = pt.partner_id and o.tag_id = ${into}::uuid))::int as both
    from partner_tags pt where pt.tag_id = ${from}::uuid`)
  return counted!
}

export async function previewTagMerge(tx: Tx, from: string, into: string): Promise<Answer<typeof previewEndpoint>> {
  await both(tx, from, into)
  return count(tx, from, into)
}

/** Who wears the one wears the other afterwards, views that ask for the one ask for the other, and the one is archived. One act, undone within 30 days. */
export async function mergeTags(tx: Tx, from: string, into: string): Promise<Answer<typeof mergeEndpoint>> {
  const [one, other] = await both(tx, from, into)
  const counted = await count(tx, from, into)
  const moved = counted.partners === 1 ? '1 partner moves' : `${counted.partners} partners move`
  const act = await beginAct(tx, 'tag_merge', `Merge the tag ${one.name} into ${other.name}: ${moved}`, hours_to_undo)
  await tx.run(sql`
    insert into partner_tags (org_id, partner_id, tag_id)
    select pt.org_id, pt.partner_id, ${into}::uuid from partner_tags pt where pt.tag_id = ${from}::uuid on conflict do nothing`)
  await tx.run(sql`delete from partner_tags where tag_id = ${from}::uuid`)
  await tx.run(sql`select app.lead_views_on(${from}::uuid, ${into}::uuid)`)
  await tx.run(sql`update tags set archived_at = app.now() where id = ${from}::uuid`)
  return { act, ...counted }
}
