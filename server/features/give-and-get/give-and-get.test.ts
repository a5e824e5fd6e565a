import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDeal, editDeal, getDeal } from '#shared/deals.ts'
import { type GiveAndGet, getGiveAndGet, getPortalGiveAndGet, wayParts } from '#shared/give-and-get.ts'
import { addPortalEntry, answerDeal } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { seconds } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

const give = async (customer_company: string, more: object = {}) => {
  const deal = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company, ask: 'Call them.', share: true, ...more },
  })
  await cast.world.pass(seconds(11))
  return { workspace: cast.nordlicht.workspace, ref: deal.ref }
}
const ours = () => cast.dana.does(getGiveAndGet, { params: { partner: cast.nordlicht.id } })
const theirs = () => cast.ana.does(getPortalGiveAndGet, { params: { workspace: cast.nordlicht.workspace } })
const many = (way: GiveAndGet['given']) => Object.fromEntries(wayParts.map((part) => [part, way[part].many]))
const none = {
  sent: 0,
  unanswered: 0,
  accepted: 0,
  declined: 0,
  not_relevant: 0,
  won: 0,
  lost: 0,
  on_you: 0,
  on_them: 0,
}

test('begins with nothing, both ways', async () => {
  const it = await ours()
  expect([many(it.given), many(it.received)]).toEqual([none, none])
})

test('each deal counts where it stands, and is named there', async () => {
  const [answered, won, refused, other] = [
    await give('Orion'),
    await give('Vega'),
    await give('Lyra'),
    await give('Rigel'),
  ]
  await give('Altair')
  await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company: 'Only ours', ask: 'x', share: false },
  })
  await cast.ana.does(answerDeal, { params: answered, body: { answer: 'accepted' } })
  await cast.ana.does(answerDeal, { params: won, body: { answer: 'accepted' } })
  await cast.ana.does(answerDeal, { params: refused, body: { answer: 'declined', reason: 'Not relevant for us' } })
  await cast.ana.does(answerDeal, { params: other, body: { answer: 'declined', reason: 'Too small' } })
  await cast.ana.does(addPortalEntry, { params: answered, body: { body: 'Can you join the call?' } })
  const deal = await cast.dana.does(getDeal, { params: { ref: won.ref } })
  await cast.dana.does(editDeal, { params: { deal: deal.id }, body: { version: deal.version, outcome: 'won' } })

  const { given } = await ours()
  expect(many(given)).toEqual({
    sent: 5,
    unanswered: 1,
    accepted: 2,
    declined: 2,
    not_relevant: 1,
    won: 1,
    lost: 0,
    on_you: 1,
    on_them: 1,
  })
  expect(given.on_you.deals).toEqual([{ ref: answered.ref, customer_company: 'Orion' }])
  expect(given.on_them.deals.map(({ customer_company }) => customer_company)).toEqual(['Altair'])
  expect(given.not_relevant.deals.map(({ customer_company }) => customer_company)).toEqual(['Lyra'])
})

test('the partner sees the same page mirrored', async () => {
  const [here, there] = [await ours(), await theirs()]
  const turned = (way: GiveAndGet['given']) => ({ ...way, on_you: way.on_them, on_them: way.on_you })
  expect(there).toEqual({ given: turned(here.received), received: turned(here.given) })
})

test('who sees only their own deals is told of those alone, and nothing when deals are hidden', async () => {
  await cast.world.admin.query("update contacts set sees = 'own' where id = $1", [cast.ben.contact_id])
  await give('Ben only', { their_owner_id: cast.ben.contact_id })
  const bens = await cast.ben.does(getPortalGiveAndGet, { params: { workspace: cast.nordlicht.workspace } })
  expect(bens.received.sent).toMatchObject({ many: 1, deals: [{ customer_company: 'Ben only' }] })
  await cast.world.admin.query('update partners set sees_deals = false where id = $1', [cast.nordlicht.id])
  expect(many((await theirs()).received)).toEqual(none)
  await cast.world.admin.query('update partners set sees_deals = true where id = $1', [cast.nordlicht.id])
})

test('another partner, another company and a hidden partner are not there', async () => {
  for (const [who, partner] of [
    [cast.uma, cast.nordlicht.id],
    [cast.lee, cast.fjordkraft.id],
  ] as const)
    expect((await who.call(getGiveAndGet, { params: { partner } })).status).toBe(404)
  expect(
    (await cast.henrik.call(getPortalGiveAndGet, { params: { workspace: cast.nordlicht.workspace } })).status,
  ).toBe(404)
})
