import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#shared/endpoints.ts'
import { type Cast, createCast } from '../cast.ts'
import { type Populated, populateCast } from './company.ts'
import { contracts } from './contracts.ts'
import { changedPlaces, hashRows } from './rows.ts'
import { fill } from './walk.ts'

let cast: Cast
let places: Populated
beforeAll(async () => {
  cast = await createCast()
  places = await populateCast(cast)
})
afterAll(() => cast.world.close())

const long = 'x'.repeat(1_000_000)
const nasty: unknown[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  long,
  '\ud800',
  -1,
  0,
  1.5,
  1e308,
  true,
  null,
  [],
  ['x'],
  {},
  { a: 1 },
  '1; drop table deals',
  "' or 1=1 --",
  '../../etc/passwd',
  '2026-13-45',
  '999999-01-01',
  '<script>',
  [[[[]]]],
]
const withBody = endpoints.filter((endpoint) => endpoint.body && endpoint.body !== 'bytes')
const who = (caller: string) => (caller === 'contact' ? cast.ana : cast.dana)

async function send(method: string, url: string, payload: string | Buffer, session: string, type = 'application/json') {
  return cast.world.app.inject({
    method: method as 'POST',
    url,
    payload,
    headers: { 'content-type': type },
    cookies: { partnered: session },
  })
}
const bags = () => ({ own: places.a1, other_partner: places.a2, other_company: places.b1, nowhere: {} })
const urlOf = (path: string, params: Record<string, unknown> = {}) =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))

/** A refusal that a person can read, and nothing written. */
function readable(body: string): boolean {
  const problem = JSON.parse(body)
  return (
    typeof problem.detail === 'string' &&
    problem.detail.length > 5 &&
    typeof problem.code === 'string' &&
    !/select |constraint|column|relation|at \w+ \(/i.test(problem.detail)
  )
}

describe('Bad input is refused in words and changes nothing', () => {
  test.each(withBody.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s',
    { timeout: 60_000 },
    async (id, endpoint) => {
      const contract = contracts[id]
      if (!contract) throw new Error(`${id} has no contract.`)
      const { params, body } = fill(contract, bags(), {})
      const url = urlOf(endpoint.path, params)
      const { session } = who(endpoint.caller)
      const fields = Object.keys(body as object)
      const bodies: (string | Buffer)[] = [
        '',
        '{',
        '[]',
        'null',
        '"text"',
        '{"a":',
        Buffer.from([0xff, 0xfe, 0x7b]),
        Buffer.from('{"name":"\xff\xfe"}', 'latin1'),
        JSON.stringify({ ...(body as object), no_such_field: 1 }),
        '{"__proto__":{"x":1}}',
        JSON.stringify({ deep: '['.repeat(2000) }),
        ...fields.flatMap((field) => nasty.map((value) => JSON.stringify({ ...(body as object), [field]: value }))),
      ]
      const problems: string[] = []
      for (const payload of bodies) {
        await cast.world.admin.query('delete from auth.attempts')
        // What was read before is on record within a second, and not by what comes now.
        await cast.world.product.database.reads.flush()
        const before = await hashRows(cast.world.admin)
        const answer = await send(endpoint.method, url, payload, session)
        const what = `${String(payload).slice(0, 80)} → ${answer.statusCode} ${answer.body.slice(0, 120)}`
        if (answer.statusCode >= 500) problems.push(what)
        else if (answer.statusCode >= 400) {
          if (!readable(answer.body)) problems.push(`not readable: ${what}`)
          const changed = changedPlaces(before, await hashRows(cast.world.admin))
          if (changed.length > 0) problems.push(`half written: ${what} ${changed}`)
        }
      }
      expect(problems).toEqual([])
    },
  )
  test('in queries and addresses too', async () => {
    const problems: string[] = []
    for (const endpoint of endpoints.filter((one) => one.method === 'GET')) {
      const { params } = fill(contracts[endpoint.id] ?? { ok: 'team' }, bags(), {})
      const names = endpoint.query ? Object.keys((endpoint.query as unknown as { shape: object }).shape) : []
      const addresses = [
        ...names.flatMap((name) =>
          ['', '%00', 'x'.repeat(5000), '-1', '1e9', '[]', '%ff', 'bm90IGEgY3Vyc29y'].map(
            (value) => `${urlOf(endpoint.path, params)}?${name}=${value}`,
          ),
        ),
        `${urlOf(endpoint.path, params)}?no_such_field=1`,
        ...Object.keys(params ?? {}).flatMap((name) =>
          ['%00', 'x'.repeat(250), '..%2f..', '%ff', "'"].map((value) =>
            endpoint.path.replace(`:${name}`, value).replace(/:(\w+)/g, (_, other: string) => String(params?.[other])),
          ),
        ),
      ]
      for (const url of addresses) {
        const { statusCode, body } = await cast.world.app.inject({
          method: 'GET',
          url,
          cookies: { partnered: who(endpoint.caller).session },
        })
        if (statusCode >= 500 || (statusCode >= 400 && !readable(body)))
          problems.push(`${url.slice(0, 120)} → ${statusCode} ${body.slice(0, 100)}`)
      }
    }
    expect(problems).toEqual([])
  })
  test('whatever anybody thinks of', { timeout: 300_000 }, async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string(), { maxLength: 3 }),
      fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...withBody), fc.infiniteStream(value), async (endpoint, values) => {
        const contract = contracts[endpoint.id] ?? { ok: 'team' as const }
        const { params, body } = fill(contract, bags(), {})
        const spoiled = Object.fromEntries(
          Object.entries(body as object).map(([key, one], at) => [key, at % 2 ? one : values.next().value]),
        )
        const answer = await send(
          endpoint.method,
          urlOf(endpoint.path, params),
          JSON.stringify(spoiled),
          who(endpoint.caller).session,
        )
        expect(answer.statusCode).toBeLessThan(500)
      }),
      { numRuns: process.env.TORTURE ? 5000 : 200 },
    )
  })
})
