import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { join, sql } from '#server/db/sql.ts'
import { conflict, forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type {
  countListUses as countEndpoint,
  editListItem as editEndpoint,
  getLists as getEndpoint,
  ListName,
} from '#shared/lists.ts'

type Changed = Answer<typeof editEndpoint>
const tables = { types: sql`partner_types`, roles: sql`contact_roles`, stages: sql`deal_stages` }
const item = sql`l.id, l.key, l.name, l.archived_at is not null as archived, l.version`
const stage = sql`${item}, l.quiet_days, l.won_within_days`
const columns = { types: item, roles: item, stages: stage }

async function admins(tx: Tx): Promise<void> {
  const { team_role } = await tx.entered
  if (team_role !== 'admin') throw forbidden('Admins edit types, roles and stages. Ask an admin.')
}

/** The types, the roles and the stages in their order, archived ones too. */
export async function getLists(tx: Tx): Promise<Answer<typeof getEndpoint>> {
  const lists = await tx.row<Answer<typeof getEndpoint>>(sql`
    select (select coalesce(json_agg(to_json(t)), '[]') from (select ${item} from partner_types l order by l.place, l.id) t) as types,
      (select coalesce(json_agg(to_json(r)), '[]') from (select ${item} from contact_roles l order by l.place, l.id) r) as roles,
      (select coalesce(json_agg(to_json(s)), '[]') from (select ${stage} from deal_stages l order by l.place, l.id) s) as stages,
      json_build_object('edit', app.team_role() = 'admin') as can`)
  return lists!
}

/** How many partners that are not archived have each type, how many contacts each role, and how many open deals are in each stage. */
export async function countListUses(tx: Tx): Promise<Answer<typeof countEndpoint>> {
  const uses = await tx.row<Answer<typeof countEndpoint>>(sql`
    select (select coalesce(json_object_agg(type, n), '{}') from (
        select p.type, count(*)::int as n from partners p where p.archived_at is null and p.type is not null group by p.type) t) as types,
      (select coalesce(json_object_agg(role, n), '{}') from (
        select c.role, count(*)::int as n from contacts c where c.left_at is null and c.role is not null group by c.role) r) as roles,
      (select coalesce(json_object_agg(stage, n), '{}') from (
        select d.stage, count(*)::int as n from deals d where d.outcome is null and d.in_pipeline group by d.stage) s) as stages`)
  return uses!
}

const keyOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 34) || 'item'

/** Adds one at the end. Its key is made once, from the name, and is nobody else's. */
export async function addListItem(tx: Tx, list: ListName, name: string): Promise<Changed> {
  await admins(tx)
  const key = keyOf(name)
  const added = await tx.row<Changed>(sql`
    insert into ${tables[list]} as l (org_id, id, key, name, place, created_at)
    select app.org(), ${newId()}::uuid,
      (select k from generate_series(1, 1000) n, lateral (select ${key} || case when n > 1 then '_' || n else '' end as k) made
        where not exists (select from ${tables[list]} o where o.key = k) order by n limit 1),
      ${name}, (select coalesce(max(o.place), 0) + 1 from ${tables[list]} o), app.now()
    returning ${columns[list]}`)
  return added!
}

/** Renames, archives, restores; says when a stage is quiet. */
export async function editListItem(
  tx: Tx,
  { list, item: id }: Given<typeof editEndpoint>['params'],
  { version, name, archived, quiet_days }: Given<typeof editEndpoint>['body'],
): Promise<Changed> {
  await admins(tx)
  if (quiet_days !== undefined && list !== 'stages')
    throw invalid('quiet_days', 'Only a stage is quiet after some days.')
  const sets = [sql`name = coalesce(${name ?? null}::text, name)`]
  if (archived !== undefined)
    sets.push(archived ? sql`archived_at = coalesce(archived_at, app.now())` : sql`archived_at = null`)
  if (quiet_days !== undefined) sets.push(sql`quiet_days = ${quiet_days}::int`)
  const edited = await tx.row<Changed>(sql`
    update ${tables[list]} l set ${join(sets, ', ')} where l.id = ${id}::uuid and l.version = ${version} returning ${columns[list]}`)
  if (edited) return edited
  const current = await tx.row<Changed>(sql`select ${columns[list]} from ${tables[list]} l where l.id = ${id}::uuid`)
  if (!current) throw notFound()
  throw conflict('Someone changed this since you opened it.', current)
}

/** Another order. Errors: 409 when the list is no longer the one that was put in order. */
export async function orderList(tx: Tx, list: ListName, ids: readonly string[]): Promise<Answer<typeof getEndpoint>> {
  await admins(tx)
  const placed = await tx.run(sql`
    update ${tables[list]} l set place = o.place
    from (select id, place from unnest(${ids}::uuid[]) with ordinality o(id, place)) o
    where l.id = o.id and (select count(*) from ${tables[list]}) = ${ids.length}::int`)
  const lists = await getLists(tx)
  if (placed !== ids.length || placed !== lists[list].length)
    throw conflict('The list changed since you opened it.', lists)
  await tx.run(sql`select app.log_event('list_order', null, null, jsonb_build_object('list', ${list}::text))`)
  return lists
}
