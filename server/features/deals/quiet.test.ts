import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { doDaily } from '#server/jobs/jobs.ts'
import { pauseDeal, resumeDeal } from '#shared/answering.ts'
import { getBoard } from '#shared/board.ts'
import { addDeal, type Deal, editDeal, getDeal, listDeals } from '#shared/deals.ts'
import { addDealEntry } from '#shared/entries.ts'
import { listInbox, listReview, readInbox } from '#shared/inbox.ts'
import { editListItem, getLists } from '#shared/lists.ts'
import { quietEvidence } from '#shared/quiet.ts'
import { editGroundRule, listGroundRules } from '#shared/rules.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, minutes } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
  // Months pass here; nobody is signed out by that.
  await cast.world.admin.query('update auth.session set "expiresAt" = now() + interval \'9 years\'')
})
afterAll(() => cast.world.close())
beforeEach(async () => {
  await cast.world.admin.query('delete from deals')
  await cast.world.admin.query('update deal_stages set quiet_days = null, won_within_days = null')
})

const give = (stage = 'New', more: object = {}): Promise<Deal> =>
  cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: {
      kind: 'lead',
      customer_company: 'Hafen Terminal AG',
      ask: 'Call',
      share: false,
      stage,
      our_owner_id: cast.ids.ira,
      ...more,
    },
  })
const read = (deal: Deal) => cast.dana.does(getDeal, { params: { ref: deal.ref } })
const change = async (deal: Deal, body: object) =>
  cast.dana.does(editDeal, { params: { deal: deal.id }, body: { version: (await read(deal)).version, ...body } })
const limit = async (key: string, quiet_days: number | null) => {
  const { stages } = await cast.dana.does(getLists, {})
  const { id, version } = stages.find((stage) => stage.key === key)!
  await cast.dana.does(editListItem, { params: { list: 'stages', item: id }, body: { version, quiet_days } })
}
const rule = async (body: object) => {
  const { items } = await cast.dana.does(listGroundRules, {})
  const { version } = items.find((it) => it.rule === 'quiet')!
  await cast.dana.does(editGroundRule, { params: { rule: 'quiet' }, body: { version, ...body } })
}
const alerts = async (who = cast.ids.ira) =>
  (
    await cast.world.admin.query(
      "select deal_id from notifications where member_id = $1 and kind = 'quiet' and read_at is null",
      [who],
    )
  ).rows.map(({ deal_id }) => deal_id as string)
const daily = () => doDaily(cast.world.product)

describe('A deal is quiet', () => {
  test('when nothing happened for as long as its stage says, else the ground rule', async () => {
    await limit('Working', 3)
    const [first, working] = [await give(), await give('Working')]
    expect(await read(first)).toMatchObject({ quiet: null })
    const from = new Date((await read(working)).quiet_from ?? '').getTime()
    expect(from - new Date(working.last_activity_at).getTime()).toBe(days(3))
    await cast.world.pass(days(3) + minutes(1))
    expect((await read(working)).quiet).toEqual({ days: 3, limit: 3, won_within: null })
    expect((await read(first)).quiet).toBeNull()
    await cast.world.pass(days(11))
    expect((await read(first)).quiet).toEqual({ days: 14, limit: 14, won_within: null })
  })

  test('and card, list, page, review and the filter say the same of it', async () => {
    const [still, busy] = [await give(), await give()]
    await cast.world.admin.query('update partners set owner_id = $1, reviewed_at = null where id = $2', [
      cast.ids.ira,
      cast.nordlicht.id,
    ])
    await limit('New', 5)
    await cast.world.pass(days(6))
    await change(busy, { stage: 'Working' })
    const of = (rows: { id: string; quiet: unknown }[]) => rows.map(({ id, quiet }) => [id, quiet])
    const quiet = { days: 6, limit: 5, won_within: null }
    const board = await cast.ira.does(getBoard, { query: { quiet: 'true' } })
    expect(of(board.columns.flatMap(({ items }) => items))).toEqual([[still.id, quiet]])
    expect(board.columns.map(({ deals }) => deals)).toEqual([1, 0, 0])
    expect(of((await cast.ira.does(listDeals, { query: { quiet: 'true' } })).items)).toEqual([[still.id, quiet]])
    expect((await read(still)).quiet).toEqual(quiet)
    const review = await cast.ira.does(listReview, {})
    const row = review.items.find(({ partner }) => partner.id === cast.nordlicht.id)
    expect(row?.reasons).toContain('Hafen Terminal AG is quiet for 6 days.')
    expect(row?.deals.filter((deal) => deal.quiet).map(({ id }) => id)).toEqual([still.id])
  })

  test('but not while it is paused, nor once it is closed, nor while the rule is off and the stage says nothing', async () => {
    const [paused, closed, open] = [await give('New', { share: true }), await give(), await give()]
    await cast.world.pass(minutes(1))
    const until = new Date(cast.world.now().getTime() + days(60)).toISOString().slice(0, 10)
    await cast.ira.does(pauseDeal, {
      params: { deal: paused.id },
      body: { version: (await read(paused)).version, until, why: 'Budget comes in spring' },
    })
    await change(closed, { outcome: 'lost' })
    await cast.world.pass(days(20))
    const quiet = async () => [paused, closed, open].map(async (deal) => (await read(deal)).quiet !== null)
    expect(await Promise.all(await quiet())).toEqual([false, false, true])
    await rule({ is_on: false })
    expect(await Promise.all(await quiet())).toEqual([false, false, false])
    expect((await read(open)).quiet_from).toBeNull()
    await limit('New', 19)
    expect(await Promise.all(await quiet())).toEqual([false, false, true])
    await rule({ is_on: true })
    await cast.ira.does(resumeDeal, { params: { deal: paused.id } })
    expect((await read(paused)).quiet).toBeNull()
  })
})

describe('What it is measured by', () => {
  /** A won deal that stood in each stage for so many days. */
  const won = async (stands: Partial<Record<'New' | 'Working' | 'Proposal', number>>) => {
    const deal = await give(Object.keys(stands)[0])
    for (const [at, [stage, stood]] of Object.entries(stands).entries()) {
      if (at > 0) await change(deal, { stage })
      await cast.world.pass(days(stood))
    }
    await change(deal, { outcome: 'won' })
    return deal
  }
  const within = async () =>
    Object.fromEntries((await cast.dana.does(getLists, {})).stages.map((stage) => [stage.key, stage.won_within_days]))

  test('is how soon three of four won deals left the stage; fewer than five tell nothing', async () => {
    for (const stood of [2, 4, 6, 20]) await won({ New: 1, Working: stood })
    await daily()
    expect(await within()).toEqual({ New: null, Working: null, Proposal: null })
    await won({ New: 1, Working: 9 })
    const lost = await give('Working')
    await cast.world.pass(days(90))
    await change(lost, { outcome: 'lost' })
    await daily()
    // Of 2, 4, 6, 9 and 20 days three of four are 9 or fewer.
    expect(await within()).toEqual({ New: 1, Working: 9, Proposal: null })
    const deal = await give('Working')
    await cast.world.pass(days(15))
    const { quiet } = await read(deal)
    expect(quiet).toEqual({ days: 15, limit: 14, won_within: 9 })
    expect(quietEvidence(quiet!)).toBe('No change for 15 days; your won deals leave this stage within 9.')
    const { rows } = await cast.world.admin.query(
      "select count(*)::int as n from audit_rows where table_name = 'deal_stages' and action = 'update' and changes ? 'won_within_days'",
    )
    expect(rows[0].n).toBe(0)
  })

  test('a stage that was come back to is counted as one stay, a renamed one is the same', async () => {
    for (let times = 0; times < 5; times++) {
      const deal = await give('Working')
      await cast.world.pass(days(2))
      await change(deal, { stage: 'New' })
      await cast.world.pass(days(1))
      await change(deal, { stage: 'Working' })
      await cast.world.pass(days(3))
      await change(deal, { outcome: 'won' })
    }
    const { stages } = await cast.dana.does(getLists, {})
    const { id, version } = stages.find((stage) => stage.key === 'Working')!
    await cast.dana.does(editListItem, {
      params: { list: 'stages', item: id },
      body: { version, name: 'In progress' },
    })
    await daily()
    expect(await within()).toMatchObject({ New: 1, Working: 5 })
    // What is older than a year, or came in already won, tells nothing.
    await cast.world.admin.query("update deals set outcome_at = outcome_at - interval '2 years'")
    await daily()
    expect(await within()).toMatchObject({ New: null, Working: null })
  })
})

describe('Its owner', () => {
  test('is told once, and again only after something happened in between', async () => {
    const deal = await give()
    await cast.world.pass(days(13))
    await daily()
    expect(await alerts()).toEqual([])
    await cast.world.pass(days(2))
    for (let times = 0; times < 3; times++) await daily()
    expect(await alerts()).toEqual([deal.id])
    const { items } = await cast.ira.does(listInbox, { query: {} })
    expect(items[0]?.sentence).toBe('Dana Reyes made you the owner and it became quiet')
    await cast.ira.does(readInbox, { body: { read: true } })
    await cast.world.pass(days(30))
    await daily()
    expect(await alerts()).toEqual([])
    await cast.dana.does(addDealEntry, {
      params: { deal: deal.id },
      body: { body: 'I called them.', audience: 'team' },
    })
    expect((await read(deal)).quiet).toBeNull()
    await cast.world.pass(days(15))
    await daily()
    expect(await alerts()).toEqual([deal.id])
    const { rows } = await cast.world.admin.query("select member_id from notifications where kind = 'quiet'")
    expect(rows).toEqual([{ member_id: cast.ids.ira }, { member_id: cast.ids.ira }])
  })

  test('has nothing to read any more once somebody did something, closed or paused it', async () => {
    const [said, moved, closed] = [await give(), await give(), await give()]
    await cast.world.pass(days(15))
    await daily()
    expect(await alerts()).toHaveLength(3)
    await cast.dana.does(addDealEntry, { params: { deal: said.id }, body: { body: 'Called.', audience: 'team' } })
    expect(await alerts()).toHaveLength(2)
    await change(moved, { stage: 'Proposal' })
    expect(await alerts()).toHaveLength(1)
    await change(closed, { outcome: 'lost' })
    expect(await alerts()).toEqual([])
  })

  test('hears nothing of closed deals, of archived partners, nor of what a partner sent and nobody accepted', async () => {
    const [open, sent, closed] = [await give(), await give(), await give()]
    await cast.world.admin.query("update deals set direction = 'received', in_pipeline = false where id = $1", [
      sent.id,
    ])
    await change(closed, { outcome: 'lost' })
    await cast.world.admin.query('update partners set archived_at = now() where id = $1', [cast.nordlicht.id])
    await cast.world.pass(days(20))
    await daily()
    expect(await alerts()).toEqual([])
    await cast.world.admin.query('update partners set archived_at = null where id = $1', [cast.nordlicht.id])
    await daily()
    const { rows } = await cast.world.admin.query("select deal_id from notifications where kind = 'quiet'")
    expect(rows).toEqual([{ deal_id: open.id }])
  })
})
