import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getPartner } from '#shared/partners.ts'
import { getWorkspace } from '#shared/portal.ts'
import {
  endSession,
  getSession,
  getSetup,
  listSessions,
  sendCode,
  setUpCompany,
  signInWithCode,
  signInWithPassword,
  signOut,
} from '#shared/session.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { createWorld, minutes, type World } from '#test/world.ts'
import { networkOf } from './session.ts'

let cast: Cast
let world: World
beforeAll(async () => {
  cast = await createCast()
  world = cast.world
})
afterAll(() => world.close())

const dana = 'dana@halden.example'
const password = 'a password long enough'
const codeFor = async (address: string): Promise<string> => {
  const before = world.said.length
  await world.stranger.does(sendCode, { body: { email: address } })
  await expect.poll(() => world.said.slice(before).some((line) => line.includes(address))).toBe(true)
  return /: (\d{6})$/.exec(world.said.slice(before).find((line) => line.includes(address)) ?? '')?.[1] ?? ''
}
const cookieOf = (raw: { headers: Record<string, unknown> }) =>
  /partnered=([^;]+)/.exec(String(raw.headers['set-cookie']))?.[1] ?? ''

describe('Signing in', () => {
  test('with a password: Dana is in, and the browser keeps a session that scripts cannot read', async () => {
    const { status, body, raw } = await world.stranger.call(signInWithPassword, {
      body: { email: 'Dana@Halden.example', password },
    })
    expect(status).toBe(200)
    expect(body.members[0]).toMatchObject({ name: 'Dana Reyes', role: 'admin', company: 'Halden Software' })
    expect(String(raw.headers['set-cookie'])).toMatch(/HttpOnly.*SameSite=Lax/i)
  })
  test('a wrong password and an unknown address are told apart by nothing', async () => {
    const wrong = await world.stranger.call(signInWithPassword, { body: { email: dana, password: 'not it at all' } })
    const unknown = await world.stranger.call(signInWithPassword, {
      body: { email: 'nobody@halden.example', password: 'not it at all' },
    })
    const strip = (text: string) => text.replace(/"request_id":"[^"]*"/, '')
    expect([wrong.status, strip(wrong.raw.body)]).toEqual([401, strip(unknown.raw.body)])
    expect(wrong.raw.headers['set-cookie']).toBeUndefined()
  })
  test('with a code: Ana is in, once', async () => {
    const code = await codeFor('ana.lindner@nordlicht.example')
    const first = await world.stranger.call(signInWithCode, { body: { email: 'ana.lindner@nordlicht.example', code } })
    expect(first.body.workspaces.map(({ partner }) => partner)).toEqual(['Nordlicht GmbH'])
    expect(
      (await world.stranger.call(signInWithCode, { body: { email: 'ana.lindner@nordlicht.example', code } })).status,
    ).toBe(401)
  })
  test('a code that a hundred hands use at once lets one of them in', { timeout: 60_000 }, async () => {
    await world.admin.query('delete from auth.attempts')
    const code = await codeFor(dana)
    const tries = await Promise.all(
      Array.from({ length: 100 }, () => world.stranger.call(signInWithCode, { body: { email: dana, code } })),
    )
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(tries.every(({ status }) => [200, 401, 429].includes(status))).toBe(true)
  })
  test('an unknown address gets the same answer and no code', async () => {
    const before = world.said.length
    const known = await world.stranger.call(sendCode, { body: { email: 'ben.okafor@nordlicht.example' } })
    const unknown = await world.stranger.call(sendCode, { body: { email: 'nobody@nowhere.example' } })
    expect([unknown.status, unknown.raw.body]).toEqual([known.status, known.raw.body])
    await expect.poll(() => world.said.slice(before).length).toBe(1)
    expect(world.said.slice(before).join()).not.toContain('nobody@nowhere.example')
  })
  test('is stopped after five wrong tries, whatever address the caller claims, and opens again later', async () => {
    await world.admin.query('delete from auth.attempts')
    const knock = (n: number) =>
      world.stranger.call(
        signInWithPassword,
        { body: { email: 'ira@halden.example', password: `wrong ${n}` } },
        { 'x-forwarded-for': `10.0.0.${n}` },
      )
    const statuses = []
    for (let n = 0; n < 6; n++) statuses.push((await knock(n)).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
    await world.pass(minutes(16))
    expect((await knock(7)).status).toBe(401)
  })
  test('counts a network as one, also under IPv6', () => {
    expect(networkOf('2001:db8:1:2:aaaa::1')).toBe(networkOf('2001:db8:1:2:bbbb:1:2:3'))
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
    expect(networkOf('::ffff:10.1.2.3')).toBe('10.1.2.3')
  })
})

describe('A session', () => {
  test('is looked up at every request: signed out means out', async () => {
    const { raw } = await world.stranger.call(signInWithPassword, { body: { email: dana, password } })
    const here = world.as('Dana', cookieOf(raw))
    expect((await here.call(getPartner, { params: { slug: cast.nordlicht.slug } })).status).toBe(200)
    await here.does(signOut, {})
    expect((await here.call(getPartner, { params: { slug: cast.nordlicht.slug } })).status).toBe(401)
    expect((await here.does(getSession, {})).person).toBeNull()
  })
  test('can be ended from another device, and not by anybody else', async () => {
    const { raw } = await world.stranger.call(signInWithPassword, { body: { email: dana, password } })
    const there = world.as('Dana elsewhere', cookieOf(raw))
    const { items } = await there.does(listSessions, {})
    const it = items.find(({ current }) => current)
    expect(it).toBeDefined()
    expect((await cast.ira.call(endSession, { params: { session: it?.id ?? '' } })).status).toBe(404)
    expect((await there.call(getWorkspace, { params: { workspace: cast.nordlicht.workspace } })).status).toBe(404)
    await cast.dana.does(endSession, { params: { session: it?.id ?? '' } })
    expect((await there.call(listSessions, {})).status).toBe(401)
  })
  test('never shows its token', async () => {
    const { raw } = await cast.dana.call(listSessions, {})
    expect(raw.body).not.toContain(cast.dana.session)
  })
})

describe('Setting up', () => {
  test('takes the printed link, once; a second company cannot be founded with it', async () => {
    const empty = await createWorld()
    const { openSetup } = await import('./session.ts')
    const founding = {
      name: 'Fay Founder',
      email: 'fay@first.example',
      password: 'a password long enough',
      company: 'First',
      time_zone: 'Europe/Berlin',
      currency: 'EUR',
    }
    expect(await empty.stranger.does(getSetup, { body: { token: 'guessed' } })).toEqual({ open: false })
    expect((await empty.stranger.call(setUpCompany, { body: { ...founding, token: 'guessed' } })).status).toBe(410)
    expect(await openSetup(empty.product, 'older')).toBe(true)
    expect(await openSetup(empty.product, 'printed')).toBe(true)
    expect(await empty.stranger.does(getSetup, { body: { token: 'older' } })).toEqual({ open: false })
    const weak = await empty.stranger.call(setUpCompany, { body: { ...founding, token: 'printed', password: 'short' } })
    expect([weak.status, weak.problem.errors?.[0]?.field]).toEqual([422, 'password'])
    const done = await empty.stranger.call(setUpCompany, { body: { ...founding, token: 'printed' } })
    expect(done.body.members[0]).toMatchObject({ company: 'First', role: 'admin' })
    expect(
      (
        await empty.stranger.call(setUpCompany, {
          body: { ...founding, token: 'printed', email: 'other@first.example' },
        })
      ).status,
    ).toBe(410)
    expect(await openSetup(empty.product, 'later')).toBe(false)
    await empty.close()
  })
})
