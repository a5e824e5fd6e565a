import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addSavedView,
  editSavedView,
  listSavedViews,
  pinSavedView,
  removeSavedView,
  restoreSavedView,
  type SavedView,
} from '#shared/saved-views.ts'
import { type Cast, createCast } from '#test/cast.ts'
import type { Person } from '#test/world.ts'

let cast: Cast
let mine: SavedView
let shared: SavedView
const save = (person: Person, name: string, how: { shared?: boolean } = {}) =>
  person.does(addSavedView, {
    body: { screen: 'partners', name, query: 'status=active&type=reseller', shared: false, ...how },
  })
const names = async (person: Person) => (await person.does(listSavedViews, {})).items.map(({ name }) => name)
const at = (view: SavedView) => ({ params: { view: view.id } })
beforeAll(async () => {
  cast = await createCast()
  mine = await save(cast.ira, 'Mine alone')
  shared = await save(cast.ira, 'DACH resellers', { shared: true })
})
afterAll(() => cast.world.close())

test('a private view is one’s own, a shared one is everybody’s on the team', async () => {
  expect(await names(cast.ira)).toEqual(['Mine alone', 'DACH resellers'])
  for (const person of [cast.dana, cast.lee, cast.mei]) expect(await names(person)).toEqual(['DACH resellers'])
  expect(await names(cast.uma)).toEqual([])
  const [seen] = (await cast.lee.does(listSavedViews, {})).items
  expect(seen).toMatchObject({
    by: 'Ira Novak',
    query: 'status=active&type=reseller',
    shared: true,
    can: { edit: false },
  })
})

test('its maker or an admin changes it; others are told who made it', async () => {
  const edit = { name: 'Resellers in DACH', version: shared.version }
  const { status, problem } = await cast.lee.call(editSavedView, { ...at(shared), body: edit })
  expect([status, problem.detail]).toEqual([403, 'Ira Novak made this view. Ask them or an admin.'])
  expect((await cast.lee.call(removeSavedView, at(shared))).status).toBe(403)
  for (const person of [cast.lee, cast.uma]) {
    expect((await person.call(editSavedView, { ...at(mine), body: { ...edit, version: mine.version } })).status).toBe(
      404,
    )
    expect((await person.call(removeSavedView, at(mine))).status).toBe(404)
    expect((await person.call(pinSavedView, { ...at(mine), body: { pinned: true } })).status).toBe(404)
  }
  // Not even an admin reads what somebody keeps for themselves.
  expect((await cast.dana.call(editSavedView, { ...at(mine), body: edit })).status).toBe(404)
  shared = await cast.dana.does(editSavedView, { ...at(shared), body: edit })
  expect(await names(cast.mei)).toEqual(['Resellers in DACH'])
})

test('a change over an older version is refused with the view as it is', async () => {
  const { status, problem } = await cast.ira.call(editSavedView, {
    ...at(shared),
    body: { version: 1, query: 'status=dormant' },
  })
  expect([status, problem.current]).toMatchObject([409, { name: 'Resellers in DACH', version: shared.version }])
})

test('a read-only member keeps views for themselves and shares none', async () => {
  const { status, problem } = await cast.mei.call(addSavedView, {
    body: { screen: 'partners', name: 'For all', query: '', shared: true },
  })
  expect([status, problem.detail]).toEqual([403, 'Members and admins share views. Keep it for yourself.'])
  const own = await save(cast.mei, 'My own')
  expect(
    (await cast.mei.call(editSavedView, { ...at(own), body: { version: own.version, shared: true } })).status,
  ).toBe(403)
  expect((await cast.mei.does(listSavedViews, {})).can.share).toBe(false)
  await cast.mei.does(removeSavedView, at(own))
})

test('five views are pinned at most, each to one’s own sidebar', async () => {
  const pinned = async (person: Person) =>
    (await person.does(listSavedViews, {})).items.filter((it) => it.pinned).map(({ name }) => name)
  const more = []
  for (let n = 1; n <= 5; n++) more.push(await save(cast.lee, `View ${n}`))
  for (const view of more) await cast.lee.does(pinSavedView, { ...at(view), body: { pinned: true } })
  await cast.lee.does(pinSavedView, { ...at(more[0]!), body: { pinned: true } })
  const sixth = await cast.lee.call(pinSavedView, { ...at(shared), body: { pinned: true } })
  expect([sixth.status, sixth.problem.errors?.[0]]).toEqual([
    422,
    { field: 'pinned', detail: 'Five views are pinned already. Unpin one first.' },
  ])
  await cast.lee.does(pinSavedView, { ...at(more[0]!), body: { pinned: false } })
  await cast.lee.does(pinSavedView, { ...at(shared), body: { pinned: true } })
  expect((await pinned(cast.lee)).length).toBe(5)
  expect(await pinned(cast.ira)).toEqual([])
})

test('a removed view is gone for everybody, and back with everybody’s pins', async () => {
  await cast.dana.does(removeSavedView, at(shared))
  expect(await names(cast.lee)).not.toContain('Resellers in DACH')
  expect((await cast.lee.call(restoreSavedView, at(shared))).status).toBe(404)
  expect((await cast.uma.call(restoreSavedView, at(shared))).status).toBe(404)
  await cast.ira.does(restoreSavedView, at(shared))
  const back = (await cast.lee.does(listSavedViews, {})).items.find(({ id }) => id === shared.id)
  expect(back).toMatchObject({ name: 'Resellers in DACH', pinned: true })
})
