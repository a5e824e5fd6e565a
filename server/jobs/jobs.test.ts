import { afterAll, beforeAll, expect, test } from 'vitest'
import { listActs, undoAct } from '#shared/acts.ts'
import { changeManyPartners } from '#shared/bulk.ts'
import { addPartner, getPartner } from '#shared/partners.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { hours } from '#test/world.ts'
import { doDaily } from './jobs.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
  await cast.world.admin.query(`update auth.session set "expiresAt" = now() + interval '1 year'`)
})
afterAll(() => cast.world.close())

const remembered = async (act: string) =>
  (await cast.world.admin.query('select count(*)::int as n from act_changes where act_id = $1', [act])).rows[0].n
const keys = async () => (await cast.world.admin.query('select key from idempotency_keys order by key')).rows
const move = async (status: 'dormant' | 'active') => {
  const { act } = await cast.dana.does(changeManyPartners, {
    body: { ids: [cast.nordlicht.id, cast.fjordkraft.id], change: { status } },
  })
  return act?.id ?? ''
}
const status = async () => (await cast.dana.does(getPartner, { params: { slug: cast.nordlicht.slug } })).status

test('once a day, what can no longer be undone is forgotten; what can is kept, and undone', async () => {
  const old = await move('dormant')
  const undone = await move('active')
  await cast.dana.does(undoAct, { params: { act: undone } })
  await cast.world.pass(hours(23))
  const recent = await move('active')
  await doDaily(cast.world.product)
  expect([await remembered(old), await remembered(undone), await remembered(recent)]).toEqual([2, 0, 2])

  await cast.world.pass(hours(2))
  await doDaily(cast.world.product)
  expect([await remembered(old), await remembered(recent)]).toEqual([0, 2])
  expect((await cast.dana.call(undoAct, { params: { act: old } })).status).toBe(409)
  await cast.dana.does(undoAct, { params: { act: recent } })
  expect(await status()).toBe('dormant')
  // That it was done is told for good.
  expect((await cast.dana.does(listActs, {})).items.map((it) => it.id)).toEqual(
    expect.arrayContaining([old, undone, recent]),
  )
})

test('a key of a request is kept for its day and forgotten after it', async () => {
  const add = (key: string, name: string) =>
    cast.dana.call(
      addPartner,
      { body: { legal_name: name, email: `x@${key}.example` } },
      { 'idempotency-key': `${key}-000000000000` },
    )
  await add('first', 'First Ltd')
  await cast.world.pass(hours(20))
  await add('second', 'Second Ltd')
  await cast.world.pass(hours(5))
  await doDaily(cast.world.product)
  expect(await keys()).toEqual([{ key: 'second-000000000000' }])
  expect((await add('second', 'Second Ltd')).body.legal_name).toBe('Second Ltd')
})

test('one chore that fails keeps no other from being done, and is said', async () => {
  await cast.world.admin.query('alter function app.forget_sheets() rename to forget_sheets_away')
  const old = await move('active')
  await cast.world.pass(hours(25))
  await doDaily(cast.world.product)
  await cast.world.admin.query('alter function app.forget_sheets_away() rename to forget_sheets')
  expect(await remembered(old)).toBe(0)
  expect(cast.world.said.filter((line) => line.startsWith('Old sheets are still kept: '))).toHaveLength(1)
})
