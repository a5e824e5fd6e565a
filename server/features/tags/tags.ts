import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import { forbidden } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { addTag as addEndpoint, listTags as listEndpoint, Tag } from '#shared/tags.ts'

/** The company's tags by name; each with how many partners the member sees wear it. */
export async function listTags(tx: Tx): Promise<Answer<typeof listEndpoint>> {
  const items = await tx.rows<Tag>(sql`
    select t.id, t.name, t.meaning, t.colour, coalesce(worn.partners, 0) as partners
    from tags t
    left join (
      select pt.tag_id, count(*)::int as partners
      from partner_tags pt join partners p on p.org_id = pt.org_id and p.id = pt.partner_id
      where p.archived_at is null group by pt.tag_id) worn on worn.tag_id = t.id
    where t.archived_at is null
    order by t.name collate "und-x-icu", t.id`)
  const { team_role } = await tx.entered
  return { items, can: { add: team_role === 'admin' } }
}

/** Adds a tag; without a colour it takes the next of the eight. */
export async function addTag(
  tx: Tx,
  { name, meaning = null, colour }: Given<typeof addEndpoint>['body'],
): Promise<Tag> {
  const { team_role } = await tx.entered
  if (team_role !== 'admin') throw forbidden('Admins make tags. Ask an admin.')
  const tag = await tx.row<Tag>(sql`
    insert into tags (org_id, id, name, meaning, colour, created_at)
    values (app.org(), ${newId()}::uuid, ${name}, ${meaning}, coalesce(${colour ?? null}::int, (select count(*)::int % 8 + 1 from tags)), app.now())
    returning id, name, meaning, colour, 0 as partners`)
  return tag!
}
