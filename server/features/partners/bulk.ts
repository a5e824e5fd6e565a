import type { Tx } from '#server/db/actor.ts'
import { join, nothing, type Sql, sql } from '#server/db/sql.ts'
import { beginAct, readAct } from '#server/features/acts/acts.ts'
import { forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { changeManyPartners as changeEndpoint, previewBulk as previewEndpoint } from '#shared/bulk.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import { type Change, readChange } from './bulk-change.ts'
import { conditions } from './conditions.ts'

type Asked = Given<typeof changeEndpoint>['body']
type Refused = Answer<typeof previewEndpoint>['refused'][number]
type Standing = {
  total: number
  changes: number
  already: number
  refused_count: number
  refused: Refused[]
  from: { label: string; partners: number }[]
}

const hours_to_undo = 24
const shown = 100

/** Which partners `p` are meant. */
function chosen({ ids, matching, except }: Asked): Sql {
  if ((ids === undefined) === (matching === undefined))
    throw invalid('ids', 'Name the partners, or what they must match.')
  const all = ids ? [sql`p.id = any(${ids}::uuid[])`] : conditions(matching ?? {})
  if (except) all.push(sql`p.id <> all(${except}::uuid[])`)
  return join(all, ' and ')
}

/** Why the member may not change a partner `p`; null where they may. The rules refuse the same. */
const refusal = (change: Change) => sql`case
  when p.id in (select app.view_only_partners()) then 'You may look at this partner, not change it.'
  ${change.decides ? sql`when not ((select app.team_role()) = 'admin' or p.owner_id is not distinct from (select app.member())) then 'Only its owner or an admin decides this.'` : nothing}
  when p.archived_at is not null then 'It is archived. Restore it first.' end`

async function stand(tx: Tx, asked: Asked, change: Change, which: Sql): Promise<Standing> {
  const row = await tx.row<Standing>(sql`
    with them as materialized (
      select p.id, p.slug, p.legal_name, ${change.differs} as differs, ${refusal(change)} as why, ${change.today ?? sql`null::text`} as today
      from partners p where ${which}),
    kinds as (
      select t.today as label, count(*)::int as partners from them t
      where t.differs and t.why is null and t.today is not null group by t.today order by count(*) desc, t.today limit 20)
    select count(*)::int as total, count(*) filter (where t.differs and t.why is null)::int as changes,
      count(*) filter (where not t.differs)::int as already, count(*) filter (where t.differs and t.why is not null)::int as refused_count,
      coalesce((select json_agg(json_build_object('id', r.id, 'slug', r.slug, 'legal_name', r.legal_name, 'why', r.why) order by r.legal_name) from (
        select * from them r where r.differs and r.why is not null order by r.legal_name limit ${shown}) r), '[]') as refused,
      coalesce((select json_agg(k) from kinds k), '[]') as "from"
    from them t`)
  const standing = row as Standing
  if (asked.ids && standing.total < new Set(asked.ids).size - (asked.except?.length ?? 0)) throw notFound()
  return standing
}

/** "48 partners: status Active to Dormant". */
function sentence(change: Change, { changes, from }: Standing): string {
  const many = changes === 1 ? '1 partner' : `${changes} partners`
  if (change.field === 'archive') return `Archive ${many}`
  if (change.today === null) return `${many}: ${change.to}`
  return `${many}: ${change.field} ${from.length === 1 ? `${from[0]?.label} ` : ''}${change.to}`
}

async function mayChange(tx: Tx): Promise<void> {
  const { team_role } = await tx.entered
  if (team_role === 'read_only') throw forbidden('Members and admins change partners. Ask an admin.')
}

/** What a change of many partners would do, counted by the same conditions that carry it out. */
export async function previewBulk(tx: Tx, asked: Asked): Promise<Answer<typeof previewEndpoint>> {
  await mayChange(tx)
  const which = chosen(asked)
  const change = await readChange(tx, asked.change)
  const standing = await stand(tx, asked, change, which)
  return { ...standing, says: sentence(change, standing) }
}

/** Changes many partners as one act. Those that the member may not change stay as they are and are named. */
export async function changeMany(tx: Tx, asked: Asked): Promise<Answer<typeof changeEndpoint>> {
  await mayChange(tx)
  const which = chosen(asked)
  const change = await readChange(tx, asked.change)
  const { changes, already, refused, refused_count, ...rest } = await stand(tx, asked, change, which)
  const done = { changed: changes, already, refused, refused_count }
  if (changes === 0) return { act: null, ...done }
  const act = await beginAct(
    tx,
    'bulk',
    sentence(change, { changes, already, refused, refused_count, ...rest }),
    hours_to_undo,
  )
  await change.run(tx, sql`${which} and ${change.differs} and ${refusal(change)} is null`)
  return { act: (await readAct(tx, act)) ?? null, ...done }
}
