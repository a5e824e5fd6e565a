import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { nothing, type Sql, sql } from '#server/db/sql.ts'
import { ids, pageOf, readPlace } from '#server/http/cursor.ts'
import { notFound } from '#server/http/errors.ts'
import type { Act, listActs as listEndpoint, undoAct as undoEndpoint } from '#shared/acts.ts'
import type { Answer, Given } from '#shared/endpoint.ts'

type Kept = Answer<typeof undoEndpoint>['kept'][number]

const act = sql`a.id, a.kind, a.says, coalesce(m.name, 'Someone no longer here') as by, a.created_at, a.undo_until, a.undone_at, u.name as undone_by,
  (select coalesce(json_agg(json_build_object('table', k."table", 'id', k.id, 'field', k.field,
      'partner', case when p.id is not null then json_build_object('id', p.id, 'slug', p.slug, 'legal_name', p.legal_name) end)
      order by p.legal_name, k."table", k.field), '[]')
    from jsonb_to_recordset(a.kept) k("table" text, id uuid, partner_id uuid, field text) left join partners p on p.id = k.partner_id) as kept,
  json_build_object('undo', a.undone_at is null and a.undo_until > (select app.now()) and (select app.changes_things())) as can`
const acts = sql`acts a left join members m on m.org_id = a.org_id and m.id = a.member_id
  left join members u on u.org_id = a.org_id and u.id = a.undone_by`

/** An act as JSON, by its id: null where there is none, or none that is theirs to see. */
export const actOf = (id: Sql): Sql =>
  sql`(select to_json(one) from (select ${act} from ${acts} where a.id = ${id}) one)`

/**
 * From here on, what this transaction changes is one act that can be taken back until its time is over.
 * In: its kind, what a person reads of it, and for how many hours it can be undone. Out: its id. Errors: 42501 for who changes nothing.
 */
export async function beginAct(tx: Tx, kind: Act['kind'], says: string, hours: number): Promise<string> {
  const id = newId()
  await tx.run(
    sql`select app.begin_act(${id}::uuid, ${kind}, ${says.slice(0, 500)}, make_interval(hours => ${hours}::int))`,
  )
  return id
}

/** Acts, newest first: one's own, and everybody's for admins. */
export async function listActs(
  tx: Tx,
  query: Given<typeof listEndpoint>['query'],
): Promise<Answer<typeof listEndpoint>> {
  const { limit = 50 } = query
  const from = readPlace(query.cursor, ids)
  const rows = await tx.rows<Act>(sql`
    select ${act} from ${acts} where true
    ${query.person ? sql`and a.member_id = ${query.person}::uuid` : nothing}
    ${from ? sql`and (a.created_at, a.id) < (${from.at}::timestamptz, ${from.key}::uuid)` : nothing}
    order by a.created_at desc, a.id desc limit ${limit + 1}`)
  return pageOf(rows, limit, (one) => ({ at: one.created_at, key: one.id }))
}

/** One act, or undefined when it is not theirs to see. */
export const readAct = (tx: Tx, id: string): Promise<Act | undefined> =>
  tx.row<Act>(sql`select ${act} from ${acts} where a.id = ${id}::uuid`)

/** Takes an act back. Out: the act, and what stayed because somebody changed it again since. */
export async function undoAct(tx: Tx, id: string): Promise<Answer<typeof undoEndpoint>> {
  // An import of 50,000 rows takes longer to take back than a request usually may.
  await tx.run(sql`select set_config('statement_timeout', '180000', true)`)
  const kept = await tx.rows<Kept>(sql`
    select k.kept_table as table, k.kept_id as id, k.kept_field as field,
      case when p.id is not null then json_build_object('id', p.id, 'slug', p.slug, 'legal_name', p.legal_name) end as partner
    from app.undo_act(${id}::uuid) k left join partners p on p.id = k.kept_partner
    order by p.legal_name, k.kept_table, k.kept_field`)
  const it = await readAct(tx, id)
  if (!it) throw notFound()
  return { act: it, kept }
}
