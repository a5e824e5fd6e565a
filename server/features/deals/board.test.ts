import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Board, first_cards, getBoard } from '#shared/board.ts'
import { addDeal, type DealRow, editDeal, listDeals } from '#shared/deals.ts'
import { addListItem, editListItem, getLists } from '#shared/lists.ts'
import { moveDeal } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, minutes, type Person, seconds } from '#test/world.ts'

let cast: Cast
const kinds = ['lead', 'referral', 'co_sell'] as const
const stages = ['New', 'Working', 'Proposal', 'legal'] as const

/** Fills the pipelines of both partners by hand: kinds, stages, owners, currencies and turns all mixed. */
async function fill(many: number): Promise<void> {
  await cast.world.admin.query(
    `insert into deals (org_id, id, ref, partner_id, kind, direction, answer, in_pipeline, customer_company, value_minor, currency, ask, our_owner_id, turn, turn_why, stage,
       outcome, outcome_at, shared_from, created_at, last_activity_at, stage_since, turn_since, updated_at)
     select $1, gen_random_uuid(), 'B-' || n, case when n % 5 = 0 then $3::uuid else $2::uuid end, (array['lead', 'referral', 'co_sell'])[1 + n % 3],
       case when n % 11 = 0 then 'received' else 'given' end, case when n % 22 = 0 then 'accepted' else 'pending' end, n % 11 > 0 or n % 22 = 0, 'Customer ' || n,
       case when n % 7 > 0 then n * 1009 end, case when n % 7 > 0 then (array['EUR', 'USD', 'JPY'])[1 + n % 3 * n % 3] end, 'Call them',
       case when n % 4 = 0 then $5::uuid else $4::uuid end, (array['us', 'them'])[1 + n % 2], 'changed', (array['New', 'Working', 'Proposal', 'legal'])[1 + n % 4],
       case when n % 13 = 0 then (array['won', 'lost'])[1 + n % 2] end, case when n % 13 = 0 then now() - n % 60 * interval '1 day' end,
       case when n % 3 > 0 then now() - interval '1 day' end, now() - interval '90 days', now() - n % 40 * interval '1 day', now(), now(), now()
     from generate_series(1, $6::int) n`,
    [cast.dana && (await org()), cast.nordlicht.id, cast.fjordkraft.id, cast.ids.dana, cast.ids.ira, many],
  )
}
const org = async (): Promise<string> =>
  (await cast.world.admin.query('select org_id from partners where id = $1', [cast.nordlicht.id])).rows[0].org_id

beforeAll(async () => {
  cast = await createCast()
  await cast.dana.does(addListItem, { params: { list: 'stages' }, body: { name: 'Legal' } })
  await fill(400)
})
afterAll(() => cast.world.close())

const board = (query: object = {}, who: Person = cast.dana) => who.does(getBoard, { query: query as never })
type Pile = { deals: number; sums: Record<string, number> }
const told = ({ deals, sums }: Board['columns'][number] | Board['closed']['won']): Pile => ({
  deals,
  sums: Object.fromEntries(sums.map(({ currency, minor }) => [currency, minor])),
})
type Chosen = { kind?: string[]; owner?: string[]; partner?: string; turn?: string[]; stage?: string[] }

/** The same by hand, as the administrator: every row that fits, added up one after the other. */
async function byHand(chosen: Chosen, hidden: string[] = []) {
  const { rows } = await cast.world.admin.query('select * from deals where org_id = $1', [await org()])
  const wanted = rows.filter(
    (row) =>
      (row.direction === 'given' || row.answer === 'accepted') &&
      !hidden.includes(row.partner_id) &&
      (!chosen.kind?.length || chosen.kind.includes(row.kind)) &&
      (!chosen.owner?.length || chosen.owner.includes(row.our_owner_id)) &&
      (!chosen.partner || chosen.partner === row.partner_id) &&
      (!chosen.stage?.length || chosen.stage.includes(row.stage)) &&
      (!chosen.turn?.length || (row.shared_from && chosen.turn.includes(row.turn))),
  )
  const pile = (those: typeof rows): Pile => {
    const sums: Record<string, number> = {}
    for (const { currency, value_minor } of those)
      if (value_minor !== null) sums[currency] = (sums[currency] ?? 0) + Number(value_minor)
    return { deals: those.length, sums }
  }
  const lately = (row: { outcome_at: Date }) => Date.now() - row.outcome_at.getTime() < days(30)
  return {
    columns: stages
      .filter((stage) => !chosen.stage?.length || chosen.stage.includes(stage))
      .map((stage) => [stage, pile(wanted.filter((row) => !row.outcome && row.stage === stage))]),
    won: pile(wanted.filter((row) => row.outcome === 'won' && lately(row))),
    lost: pile(wanted.filter((row) => row.outcome === 'lost' && lately(row))),
  }
}
const shown = (it: Board) => ({
  columns: it.columns.map((column) => [column.stage, told(column)]),
  won: told(it.closed.won),
  lost: told(it.closed.lost),
})

describe('The board', () => {
  test('counts and adds up exactly the deals that are asked for, currency by currency', async () => {
    expect((await board()).columns.map(({ name, archived }) => [name, archived])).toEqual(
      ['New', 'Working', 'Proposal', 'Legal'].map((name) => [name, false]),
    )
    const some = <T>(values: readonly T[]) => fc.subarray([...values])
    const filters = fc.record({
      kind: some(kinds),
      owner: some([cast.ids.dana, cast.ids.ira]),
      turn: some(['us', 'them', 'nobody']),
      stage: some(stages),
      partner: fc.constantFrom(undefined, cast.nordlicht.id, cast.fjordkraft.id),
    })
    await fc.assert(
      fc.asyncProperty(filters, async (chosen) => {
        const query = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value?.length))
        expect(shown(await board(query))).toEqual(await byHand(chosen as Chosen))
      }),
      { numRuns: 25 },
    )
  })

  test('and for each member what they see', async () => {
    expect(shown(await board({}, cast.lee))).toEqual(await byHand({}, [cast.fjordkraft.id]))
    expect(shown(await board({}, cast.mei))).toEqual(await byHand({}, [cast.fjordkraft.id]))
    expect(shown(await board({}, cast.uma)).columns.map(([, pile]) => (pile as Pile).deals)).toEqual([0, 0, 0])
    expect((await cast.ana.call(getBoard, { query: {} })).status).toBe(403)
    expect((await cast.world.stranger.call(getBoard, { query: {} })).status).toBe(401)
  })

  test('holds the newest of each column, and the list goes on where it ends: none twice, none left out', async () => {
    const { columns } = await board({ kind: 'lead' })
    for (const column of columns) {
      expect(column.items.length).toBe(Math.min(first_cards, column.deals))
      const all: DealRow[] = [...column.items]
      for (let cursor = column.next; cursor; ) {
        const query = { kind: 'lead', stage: column.stage, open: 'true' as const, cursor, limit: '7' }
        const page = await cast.dana.does(listDeals, { query })
        all.push(...page.items)
        cursor = page.next
      }
      expect(new Set(all.map((deal) => deal.id)).size).toBe(column.deals)
      const order = all.map((deal) => deal.last_activity_at)
      expect(order).toEqual(order.toSorted().reverse())
    }
  })

  test('the list goes the other way round too, page by page', async () => {
    const read = async (sort: 'activity' | '-activity') => {
      const all: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const query = { sort, limit: '90', ...(cursor ? { cursor } : {}) }
        const page: { items: DealRow[]; next: string | null } = await cast.dana.does(listDeals, { query })
        all.push(...page.items.map((deal) => deal.id))
        cursor = page.next
      }
      return all
    }
    const down = await read('-activity')
    expect(await read('activity')).toEqual(down.toReversed())
    expect(new Set(down).size).toBe(down.length)
  })

  test('an archived stage stays on it while a deal stands there', async () => {
    const { stages: all } = await cast.uma.does(getLists, {})
    const working = all.find((stage) => stage.key === 'Working')!
    const deal = await cast.uma.does(addDeal, {
      params: { partner: cast.delta.id },
      body: { kind: 'lead', customer_company: 'Last one', ask: 'Call', stage: 'Working', share: false },
    })
    await cast.uma.does(editListItem, {
      params: { list: 'stages', item: working.id },
      body: { version: working.version, archived: true },
    })
    const names = async () => (await board({}, cast.uma)).columns.map(({ name, archived }) => [name, archived])
    expect(await names()).toEqual([
      ['New', false],
      ['Working', true],
      ['Proposal', false],
    ])
    await cast.uma.does(editDeal, { params: { deal: deal.id }, body: { version: deal.version, stage: 'Proposal' } })
    expect(await names()).toEqual([
      ['New', false],
      ['Proposal', false],
    ])
  })

  test('a card says when one of their people moved it, until we do', async () => {
    const deal = await cast.dana.does(addDeal, {
      params: { partner: cast.nordlicht.id },
      body: { kind: 'lead', customer_company: 'Hafen Terminal AG', ask: 'Call', share: true },
    })
    await cast.world.pass(seconds(11))
    const card = async () =>
      (await board({ partner: cast.nordlicht.id })).columns
        .flatMap(({ items }) => items)
        .find(({ id }) => id === deal.id)
    expect((await card())?.moved_by).toBeNull()
    await cast.ana.does(moveDeal, {
      params: { workspace: cast.nordlicht.workspace, ref: deal.ref },
      body: { stage: 'Working' },
    })
    const moved = await card()
    expect(moved).toMatchObject({ stage: 'Working', moved_by: 'Ana Lindner' })
    await cast.world.pass(minutes(1))
    await cast.dana.does(editDeal, {
      params: { deal: deal.id },
      body: { version: moved?.version ?? 0, stage: 'Proposal' },
    })
    expect(await card()).toMatchObject({ stage: 'Proposal', moved_by: null })
  })
})
