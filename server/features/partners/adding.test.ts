import { afterAll, beforeAll, expect, test } from 'vitest'
import { listChanges } from '#shared/log.ts'
import { getTwin, listLookalikes } from '#shared/merges.ts'
import { addPartner, checkPartner, countPartners } from '#shared/partners.ts'
import { type Cast, createCast } from '#test/cast.ts'
import type { Person } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

const check = (person: Person, body: { legal_name?: string; email?: string; website?: string; partner?: string }) =>
  person.does(checkPartner, { body })

test('the same name with another legal form and the same domain is the same company', async () => {
  const { lookalikes } = await check(cast.ira, { legal_name: 'NORDLICHT AG', email: 'someone@nordlicht.example' })
  expect(lookalikes).toMatchObject([
    { id: cast.nordlicht.id, legal_name: 'Nordlicht GmbH', owner_name: 'Dana Reyes', match: 'same' },
  ])
  const reply = await cast.ira.call(addPartner, {
    body: { legal_name: 'Nordlicht AG', email: 'someone@nordlicht.example' },
  })
  expect([reply.status, reply.problem.code, reply.problem.errors?.[0]?.field]).toEqual([409, 'taken', 'legal_name'])
  expect(reply.problem.detail).toContain('Nordlicht GmbH is here already')
})

test('what is less sure is said and not refused', async () => {
  const typed = { legal_name: 'Nordlicht', email: 'hello@nordlicht-solar.example' }
  expect((await check(cast.ira, typed)).lookalikes).toMatchObject([{ match: 'likely', why: 'Same name' }])
  expect((await check(cast.ira, { legal_name: 'Nordlciht' })).lookalikes).toMatchObject([{ match: 'likely' }])
  expect((await check(cast.ira, { email: 'eva@nordlicht.example' })).lookalikes).toHaveLength(1)
  expect((await check(cast.ira, { website: 'www.nordlicht.example/about' })).lookalikes).toHaveLength(1)
  const added = await cast.ira.does(addPartner, { body: { ...typed } })
  expect(added.legal_name).toBe('Nordlicht')
})

test('a partner someone does not see is never named, and cannot be added a second time', async () => {
  const typed = { legal_name: 'Fjordkraft Data', email: 'nils@fjordkraft.example' }
  expect((await check(cast.lee, typed)).lookalikes).toEqual([])
  expect((await check(cast.ira, typed)).lookalikes).toHaveLength(1)
  const reply = await cast.lee.call(addPartner, { body: typed })
  expect(reply.status).toBe(409)
  expect(reply.problem.detail).toBe('A partner with this name and domain exists already. Ask an admin.')
  expect(reply.problem.current).toBeUndefined()
  expect(reply.raw.body).not.toContain(cast.fjordkraft.id)
})

test("another company's partners are no lookalikes", async () => {
  const typed = { legal_name: 'Delta Works', email: 'x@delta.example' }
  expect((await check(cast.dana, typed)).lookalikes).toEqual([])
  expect((await cast.dana.call(addPartner, { body: typed })).status).toBe(200)
})

test('a mistyped address is seen, a personal one is named', async () => {
  expect(await check(cast.dana, { email: 'ana@gmial.com' })).toMatchObject({
    email_suggestion: 'ana@gmail.com',
    email_ok: true,
  })
  expect((await check(cast.dana, { email: 'ana@gmail.com' })).free_mail).toBe(true)
  expect((await check(cast.dana, { email: 'ana@' })).email_ok).toBe(false)
  expect(await check(cast.dana, {})).toEqual({
    lookalikes: [],
    email_suggestion: null,
    free_mail: false,
    email_ok: null,
  })
})

test('free mail says nothing about a company', async () => {
  const one = await cast.dana.does(addPartner, { body: { legal_name: 'Solo One', email: 'one@gmail.com' } })
  expect(one.domain).toBeNull()
  expect((await check(cast.dana, { legal_name: 'Duo Two', email: 'two@gmail.com' })).lookalikes).toEqual([])
})

test('two people who add the same company at the same moment add it once', async () => {
  const body = { legal_name: 'Raced Ltd', email: 'r@raced.example' }
  const replies = await Promise.all([cast.dana, cast.ira, cast.lee].map((person) => person.call(addPartner, { body })))
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409, 409])
})

test('who is said to be a different company while a partner is added is not named beside it again', async () => {
  const body = { legal_name: 'Nordlicht Solar', email: 'hello@nordlicht.example' }
  const added = await cast.ira.does(addPartner, { body: { ...body, different_ids: [cast.nordlicht.id] } })
  for (const partner of [added.id, cast.nordlicht.id]) {
    const named = (await cast.dana.does(listLookalikes, { params: { partner } })).items.map((it) => it.id)
    expect(named).not.toContain(partner === added.id ? cast.nordlicht.id : added.id)
  }
  expect((await cast.dana.does(getTwin, { params: { partner: added.id } })).twin).toBeNull()
  // The names as they are typed again while one of the two is edited: nothing new.
  expect((await check(cast.ira, body)).lookalikes.map((it) => it.id)).toContain(cast.nordlicht.id)
  const again = await check(cast.ira, { ...body, partner: added.id })
  expect(again.lookalikes.map((it) => it.id)).not.toContain(cast.nordlicht.id)
  const { items } = await cast.dana.does(listChanges, { query: {} })
  const said = items.find((it) => it.sentence.includes('are different companies'))?.sentence
  expect(said).toMatch(
    /^Ira Novak said that Nordlicht (GmbH|Solar) and Nordlicht (GmbH|Solar) are different companies$/,
  )
})

test('a partner that is not theirs to see is an unknown one, and nothing of the new one stays', async () => {
  const { all } = await cast.dana.does(countPartners, {})
  const replies = await Promise.all(
    [cast.fjordkraft.id, cast.delta.id, '00000000-0000-4000-8000-000000000000'].map((id, at) =>
      cast.lee.call(addPartner, {
        body: { legal_name: `Refused ${at}`, email: `x@refused${at}.example`, different_ids: [id] },
      }),
    ),
  )
  expect(replies.map((reply) => reply.status)).toEqual([404, 404, 404])
  expect(new Set(replies.map((reply) => reply.problem.detail)).size).toBe(1)
  expect((await cast.dana.does(countPartners, {})).all).toBe(all)
  const many = await cast.lee.call(addPartner, {
    body: { legal_name: 'Refused', email: 'x@refused.example', different_ids: ['mine'] as string[] },
  })
  expect([many.status, many.problem.errors?.[0]?.field]).toEqual([422, 'different_ids.0'])
})
