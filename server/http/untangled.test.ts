import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { addDeal } from '#shared/deals.ts'
import { addDealEntry, listDealEntries } from '#shared/entries.ts'
import { type Cast, createCast } from '#test/cast.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

test('two who waited for each other: what the database undid is done again, once', async () => {
  const { admin } = cast.world
  const { id } = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company: 'Hafen Terminal AG', ask: 'Call.', share: false },
  })
  const waiting = async () => (await admin.query('select from pg_locks where not granted')).rowCount
  // The other one is patient: whoever finds out first, after a second, is undone.
  await admin.query("begin; set local deadlock_timeout = '30s'")
  try {
    await admin.query('select from deals where id = $1 for no key update', [id])
    const said = cast.dana.call(addDealEntry, { params: { deal: id }, body: { body: 'Hello.', audience: 'team' } })
    await vi.waitUntil(waiting, { timeout: 5000, interval: 10 })
    await admin.query('select from partners where id = $1 for no key update', [cast.nordlicht.id])
    await admin.query('rollback')
    expect((await said).status).toBe(200)
  } finally {
    await admin.query('rollback')
  }
  const { items } = await cast.dana.does(listDealEntries, { params: { deal: id }, query: {} })
  expect(items.filter((it) => it.body === 'Hello.')).toHaveLength(1)
})
