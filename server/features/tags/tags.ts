import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { join, type Sql, sql } from '#server/db/sql.ts'
import { conflict, forbidden, notFound, Refusal } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { addTag as addEndpoint, editTag as editEndpoint, listTags as listEndpoint, Tag } from '#shared/tags.ts'

const tag = sql`t.id, t.name, t.meaning, t.colour, t.archived_at is not null as archived, t.version`
const wearers = sql`(select count(*)::int from partner_tags pt join partners p on p.org_id = pt.org_id and p.id = pt.partner_id
  where pt.org_id = t.org_id and pt.tag_id = t.id and p.archived_at is null) as partners`

export async function admins(tx: Tx): Promise<void> {
  const { team_role } = await tx.entered
  if (team_role !== 'admin') throw forbidden('Admins change tags. Ask an admin.')
}

export const readTag = (tx: Tx, id: string): Promise<Tag | undefined> =>
  tx.row<Tag>(sql`select ${tag}, ${wearers} from tags t where t.id = ${id}::uuid`)

// Archived partners are few: nobody walks through all the others to know that they are not archived.
const byName = (tx: Tx, which: Sql): Promise<Tag[]> =>
  tx.rows<Tag>(sql`
    select ${tag}, coalesce(worn.partners, 0) as partners
    from tags t
    left join (
      select pt.tag_id, count(*)::int as partners
      from partner_tags pt where pt.partner_id not in (select p.id from partners p where p.archived_at is not null)
      group by pt.tag_id) worn on worn.tag_id = t.id
    where ${which}
    order by t.name collate "und-x-icu", t.id`)

/** The company's tags by name; each with how many partners the member sees wear it. */
export async function listTags(tx: Tx): Promise<Answer<typeof listEndpoint>> {
  const items = await byName(tx, sql`t.archived_at is null`)
  const { team_role } = await tx.entered
  return { items, can: { add: await mayAdd(tx), edit: team_role === 'admin' } }
}

export const listArchivedTags = async (tx: Tx): Promise<{ items: Tag[] }> => ({
  items: await byName(tx, sql`t.archived_at is not null`),
})

async function mayAdd(tx: Tx): Promise<boolean> {
  const { team_role } = await tx.entered
  if (team_role !== 'member') return team_role === 'admin'
  return (await tx.row<{ may: boolean }>(sql`select o.members_add_tags as may from organizations o`))?.may ?? false
}

async function refuseTaken(tx: Tx, name: string): Promise<void> {
  const same = await tx.row<{ archived: boolean }>(
    sql`select t.archived_at is not null as archived from tags t where lower(t.name) = lower(${name})`,
  )
  if (!same?.archived) return
  const detail = 'There is an archived tag with this name. Restore it, or choose another name.'
  throw new Refusal({ status: 409, code: 'taken', title: 'Already there', detail, errors: [{ field: 'name', detail }] })
}

/** Adds a tag; without a colour it takes the next of the eight. */
export async function addTag(
  tx: Tx,
  { name, meaning = null, colour }: Given<typeof addEndpoint>['body'],
): Promise<Tag> {
  if (!(await mayAdd(tx))) throw forbidden('Admins make tags. Ask an admin.')
  await refuseTaken(tx, name)
  const added = await tx.row<Tag>(sql`
    insert into tags as t (org_id, id, name, meaning, colour, created_at)
    values (app.org(), ${newId()}::uuid, ${name}, ${meaning}, coalesce(${colour ?? null}::int, (select count(*)::int % 8 + 1 from tags)), app.now())
    returning ${tag}, 0 as partners`)
  return added!
}

/** Changes what is named. An archived tag stays on partners and is not offered. */
export async function editTag(
  tx: Tx,
  id: string,
  { version, name, meaning, colour, archived }: Given<typeof editEndpoint>['body'],
): Promise<Tag> {
  await admins(tx)
  const sets = [
    sql`name = coalesce(${name ?? null}::text, name), colour = coalesce(${colour ?? null}::int, colour)`,
    ...(meaning === undefined ? [] : [sql`meaning = ${meaning}`]),
    ...(archived === undefined
      ? []
      : [archived ? sql`archived_at = coalesce(archived_at, app.now())` : sql`archived_at = null`]),
  ]
  const changed = await tx.run(sql`update tags set ${join(sets, ', ')} where id = ${id}::uuid and version = ${version}`)
  const current = await readTag(tx, id)
  if (!current) throw notFound()
  if (!changed) throw conflict('Someone changed this tag since you opened it.', current)
  return current
}
