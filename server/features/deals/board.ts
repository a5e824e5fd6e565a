import type { Tx } from '#server/db/actor.ts'
import { join, sql } from '#server/db/sql.ts'
import { writePlace } from '#server/http/cursor.ts'
import { type Board, closed_days, type getBoard as endpoint, first_cards } from '#shared/board.ts'
import type { DealRow } from '#shared/deals.ts'
import type { Given } from '#shared/endpoint.ts'
import { dealConditions } from './deals.ts'
import { dealNames, dealRow } from './rows.ts'

type Sums = Board['columns'][number]['sums']
type Column = Omit<Board['columns'][number], 'items' | 'next'>
type Pile = 'won' | 'lost'
const most_closed = 50

/** The open deals of each stage, and what was closed lately: counted and added up by currency, with the first of each. */
export async function getBoard(tx: Tx, query: Given<typeof endpoint>['query']): Promise<Board> {
  const chosen = join(dealConditions(query), ' and ')
  const lately = sql`d.outcome_at >= (select app.now()) - make_interval(days => ${closed_days})`
  const wanted = query.stage ? sql`s.key = any(${query.stage}::text[])` : sql`true`
  const [columns, closed, cards] = await Promise.all([
    tx.rows<Column>(sql`
      with counted as (
        select d.stage, d.currency, count(*)::int as deals, sum(d.value_minor) as minor
        from deals d where d.outcome is null and ${chosen} group by d.stage, d.currency)
      select s.key as stage, s.name, s.archived_at is not null as archived, coalesce(n.deals, 0) as deals, coalesce(n.sums, '[]') as sums
      from deal_stages s
      left join (
        select stage, sum(deals)::int as deals,
          json_agg(json_build_object('currency', currency, 'minor', minor) order by minor desc, currency) filter (where minor is not null) as sums
        from counted group by stage) n on n.stage = s.key
      where ${wanted} and (s.archived_at is null or n.deals > 0) order by s.place, s.id`),
    tx.rows<{ outcome: Pile; deals: number; sums: Sums }>(sql`
      with counted as (
        select d.outcome, d.currency, count(*)::int as deals, sum(d.value_minor) as minor
        from deals d where d.outcome is not null and ${lately} and ${chosen} group by d.outcome, d.currency)
      select outcome, sum(deals)::int as deals,
        coalesce(json_agg(json_build_object('currency', currency, 'minor', minor) order by minor desc, currency) filter (where minor is not null), '[]') as sums
      from counted group by outcome`),
    tx.rows<DealRow>(sql`
      with page as materialized (
        select f.* from deal_stages s cross join lateral (
          select d.* from deals d where d.stage = s.key and d.outcome is null and ${chosen}
          order by d.last_activity_at desc, d.id desc limit ${first_cards + 1}) f
        where ${wanted}
        union all
        select f.* from unnest(array['won', 'lost']) o(outcome) cross join lateral (
          select d.* from deals d where d.outcome = o.outcome and ${lately} and ${chosen}
          order by d.outcome_at desc, d.id desc limit ${most_closed}) f)
      select ${dealRow} from page d ${dealNames}
      order by coalesce(d.outcome_at, d.last_activity_at) desc, d.id desc`),
  ])
  const pile = (outcome: Pile) => {
    const { deals, sums } = closed.find((it) => it.outcome === outcome) ?? { deals: 0, sums: [] }
    return { deals, sums, items: cards.filter((deal) => deal.outcome === outcome) }
  }
  return {
    columns: columns.map((column) => {
      const all = cards.filter((deal) => !deal.outcome && deal.stage === column.stage)
      const items = all.slice(0, first_cards)
      const last = items.at(-1)
      return {
        ...column,
        items,
        next: all.length > first_cards && last ? writePlace({ at: last.last_activity_at, key: last.id }) : null,
      }
    }),
    closed: { won: pile('won'), lost: pile('lost') },
  }
}
