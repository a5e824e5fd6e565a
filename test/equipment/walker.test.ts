import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '#shared/endpoint.ts'
import { endpoints } from '#shared/endpoints.ts'
import { type Cast, createCast } from '../cast.ts'
import { clock } from '../walls/oracle.ts'
import type { Person } from '../world.ts'
import { type Populated, populateCast } from './company.ts'
import { contracts, type Group } from './contracts.ts'
import { dump, foreignMarkers, type Reader, seedMarkers } from './markers.ts'
import { changedPlaces, hashRows, keepRows, watchWrites } from './rows.ts'
import { unzip } from './unzip.ts'
import { type Bags, fill, type Place, positions, swaps } from './walk.ts'

type Walker = {
  name: string
  who: Person
  reader: Reader
  groups: Group[]
  at: 'a1' | 'b1'
  headers?: Record<string, string>
}

let cast: Cast
let places: Populated
let walkers: Walker[]
let orgs: Record<'a' | 'b', string>
let restore: () => Promise<void>
let written: () => Promise<string[]>
let seen = 0
let walked = 0

beforeAll(async () => {
  cast = await createCast()
  places = await populateCast(cast)
  const { admin } = cast.world
  const { rows } = await admin.query('select name, org_id from organizations')
  const orgOf = (name: string) => rows.find((row) => row.name === name)?.org_id as string
  orgs = { a: orgOf('Halden Software'), b: orgOf('Umbra Labs') }
  await seedMarkers(admin, { [orgs.a]: 'a', [orgs.b]: 'b' })
  restore = await keepRows(admin)
  written = await watchWrites(admin)
  const { ids } = cast
  const member = (
    name: string,
    who: Person,
    id: string,
    role: 'admin' | 'member' | 'read_only',
    groups: Group[],
  ): Walker => ({
    name,
    who,
    reader: { company: 'a', member: { id, role } },
    groups: ['anyone', 'person', 'team', ...groups],
    at: 'a1',
  })
  const contact = (
    name: string,
    who: Person & { contact_id: string },
    partner: string,
    company: 'a' | 'b',
    at: 'a1' | 'b1',
    groups: Group[],
  ): Walker => ({
    name,
    who,
    reader: { company, contact: { id: who.contact_id, partner_id: partner } },
    groups: ['anyone', 'person', ...groups],
    at,
  })
  const nobody = (name: string, who: Person, groups: Group[]): Walker => ({
    name,
    who,
    reader: { company: null },
    groups: ['anyone', ...groups],
    at: 'a1',
  })
  walkers = [
    nobody('a stranger', cast.world.stranger, []),
    member('an admin', cast.dana, ids.dana, 'admin', ['work', 'decide', 'admin']),
    member('a member picked elsewhere', cast.ira, ids.ira, 'member', ['work']),
    member('a member who is picked nowhere', cast.lee, ids.lee, 'member', ['work']),
    member('a read-only member', cast.mei, ids.mei, 'read_only', []),
    nobody('someone who left the team', places.ex_member, ['person']),
    contact('a contact', cast.ana, cast.nordlicht.id, 'a', 'a1', ['contact', 'updates']),
    contact('a contact of another partner', cast.henrik, cast.fjordkraft.id, 'a', 'a1', []),
    nobody('a contact whose access was removed', places.ex_contact, ['person']),
    {
      name: "another company's admin",
      who: cast.uma,
      reader: { company: 'b', member: { id: places.b1.member ?? '', role: 'admin' } },
      groups: ['anyone', 'person', 'team', 'work', 'decide', 'admin'],
      at: 'b1',
    },
    contact("another company's contact", cast.dora, cast.delta.id, 'b', 'b1', ['contact', 'updates']),
    {
      name: 'an admin who looks as a contact',
      who: cast.dana,
      reader: { company: 'a', contact: { id: cast.ana.contact_id, partner_id: cast.nordlicht.id } },
      groups: ['contact'],
      at: 'a1',
      headers: { 'x-view-as': cast.ana.contact_id },
    },
    {
      name: 'a member who looks as a contact they may not see',
      who: cast.lee,
      reader: { company: null },
      groups: [],
      at: 'a1',
      headers: { 'x-view-as': cast.henrik.contact_id },
    },
  ]
})
afterAll(() => cast?.world.close())

const bagsOf = (walker: Walker): Bags => ({
  own: walker.at === 'a1' ? places.a1 : places.b1,
  other_partner: walker.at === 'a1' ? places.a2 : places.a1,
  other_company: walker.at === 'a1' ? places.b1 : places.a2,
  nowhere: {},
})

type Outcome = { status: number; text: string; plain: string }
async function send(endpoint: Endpoint, walker: Walker, swap: Record<string, Place>): Promise<Outcome> {
  const contract = contracts[endpoint.id]
  if (!contract) throw new Error(`${endpoint.id} has no contract.`)
  const given = { ...fill(contract, bagsOf(walker), swap), ...(contract.bytes ? { body: contract.bytes } : {}) }
  const { raw } = await walker.who.call(endpoint, given as never, walker.headers)
  const packed = raw.headers['content-type'] === 'application/zip'
  const body = packed ? Buffer.concat([...unzip(raw.rawPayload).values()]).toString() : raw.body
  const text = `${JSON.stringify(raw.headers)}\n${body}`
  const plain = `${raw.statusCode} ${raw.body.replace(/"request_id":"[^"]*"/, '')}`
  return { status: raw.statusCode, text, plain }
}

/** The company and partners whose rows this caller may change. */
const reach = (walker: Walker): RegExp =>
  new RegExp(
    `^${walker.reader.contact ? `${orgs[walker.reader.company ?? 'a']}/(${walker.reader.contact.partner_id})?/` : `${orgs[walker.reader.company ?? 'a']}/`}`,
  )

/** All rows as they are between two calls; looked at again only after a call that changed some. */
let asItIs: Awaited<ReturnType<typeof lookAround>> | undefined
async function lookAround() {
  const { admin } = cast.world
  return {
    before: await hashRows(admin),
    dumps: { a: await dump(admin, orgs.a), b: await dump(admin, orgs.b) },
  }
}

async function walkEndpoint(endpoint: Endpoint): Promise<string[]> {
  const { admin } = cast.world
  const contract = contracts[endpoint.id]
  const problems: string[] = []
  if (!contract) return [`${endpoint.id} has no contract.`]
  for (const walker of walkers) {
    if (walker.headers && endpoint.caller !== 'contact') continue
    const plain = new Map<string, string>()
    for (const swap of swaps(contract)) {
      const what = `${walker.name} calls ${endpoint.id} ${JSON.stringify(swap)}`
      // Tries at signing in are counted; here only the door is looked at, not how often someone knocks.
      await admin.query('delete from auth.attempts')
      clock.now = cast.world.now().toISOString()
      asItIs ??= await lookAround()
      const { before, dumps } = asItIs
      await written()
      const { status, text, plain: answer } = await send(endpoint, walker, swap)
      walked++
      seen += [...text.matchAll(/mk\.[ab]\./g)].length
      plain.set(JSON.stringify(swap), answer)
      if (status >= 500) problems.push(`${what}: ${status}`)
      const leaks = foreignMarkers(text, walker.reader, dumps)
      if (leaks.length > 0) problems.push(`${what}: shows ${leaks.slice(0, 3)}`)
      await cast.world.product.database.reads.flush()
      // Where no statement wrote, no row can have changed; now and then the rows are asked all the same.
      const look = (await written()).length > 0 || walked % 20 === 0
      const changed = look ? changedPlaces(before, await hashRows(admin)) : []
      if (changed.length > 0) asItIs = undefined
      if (status >= 400 && changed.length > 0) problems.push(`${what}: ${status}, yet changed ${changed.slice(0, 3)}`)
      const foreign = changed.filter((place) => !reach(walker).test(place))
      if (foreign.length > 0) problems.push(`${what}: ${status}, changed rows of others ${foreign.slice(0, 3)}`)
      if (Object.keys(swap).length === 0) {
        const wanted = walker.groups.includes(contract.ok) && !(walker.headers && endpoint.method !== 'GET')
        if (wanted !== status < 400)
          problems.push(
            `${what}: ${status}, wanted ${wanted ? 'done' : 'refused'} ${status >= 400 ? answer.slice(0, 160) : ''}`,
          )
      }
      if (status < 400 && (changed.length > 0 || endpoint.method !== 'GET')) {
        await restore()
        asItIs = undefined
      }
    }
    for (const position of positions(contract)) {
      const [foreign, nowhere] = [
        plain.get(JSON.stringify({ [position]: 'other_company' })),
        plain.get(JSON.stringify({ [position]: 'nowhere' })),
      ]
      if (foreign !== nowhere)
        problems.push(
          `${walker.name} calls ${endpoint.id}: another company's ${position} answers otherwise than an unknown one: ${foreign?.slice(0, 120)} | ${nowhere?.slice(0, 120)}`,
        )
    }
  }
  return problems
}

describe('Every route, as every kind of caller, with every id its own, foreign and unknown', () => {
  test('has a contract, and no contract is without a route', () => {
    expect(Object.keys(contracts).sort()).toEqual(endpoints.map((endpoint) => endpoint.id).sort())
  })
  test('is the list that the server itself mounts', () => {
    const mounted = cast.world.routes
      .filter((route) => route.startsWith('GET /api/v1') || !route.startsWith('GET'))
      // A page for a mail's reader who is not signed in; server/features/notices/prefs.test.ts walks it.
      .filter((route) => !route.endsWith(' /prefs/:token'))
      // Streams have no answer to describe; server/features/live/live.test.ts walks them.
      .filter((route) => !route.endsWith('/live'))
      .map((route) => route.replace(/^HEAD.*/, ''))
      .filter(Boolean)
    const known = new Set(endpoints.map((endpoint) => `${endpoint.method} ${endpoint.path}`))
    expect(mounted.filter((route) => !known.has(route))).toEqual([])
    expect([...known].filter((route) => !mounted.includes(route))).toEqual([])
  })
  test.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s',
    { timeout: 120_000 },
    async (_id, endpoint) => {
      const problems = await walkEndpoint(endpoint)
      expect(problems).toEqual([])
    },
  )
  test('and the walk was long, and its words were read', () => {
    expect(walked).toBeGreaterThan(4000)
    expect(seen).toBeGreaterThan(1000)
  })
})
