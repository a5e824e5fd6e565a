import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../fresh-database.ts'
import { checkContactPolicies, checkContactViews } from './contact-wall.ts'
import { checkGuards } from './guards.ts'
import { allMutations, type Mutation, takePoliciesAway } from './mutations.ts'
import { populate } from './populate.ts'
import { rowsOf } from './population.ts'
import type { Look } from './standing.ts'
import { checkTeamWall } from './team-wall.ts'

const tables = rowsOf()
type Place = { fresh: FreshDatabase; client: pg.Client }
// Two at a time, each in a database of its own.
const places: Place[] = []

beforeAll(async () => {
  for (let n = 0; n < 2; n++) {
    const fresh = await freshDatabase()
    // A loop that lost its end is caught by the clock.
    const client = new pg.Client({ connectionString: fresh.admin_url, statement_timeout: 5000 })
    await client.connect()
    await populate(client)
    places.push({ fresh, client })
  }
})
afterAll(async () => {
  for (const { fresh, client } of places) {
    await client.end()
    await fresh.drop()
  }
})

/** The test of one wall, as far as this look goes. */
async function checkWall(client: pg.Client, wall: Mutation['wall'], look: Look): Promise<string[]> {
  if (wall === 'guards') return checkGuards(client, look)
  if (wall === 'team') return checkTeamWall(client, tables, look)
  if (wall === 'policies') return checkContactPolicies(client, tables, look)
  if (wall === 'views') return checkContactViews(client, tables, { writes: false, ...look })
  const team = await checkTeamWall(client, tables, look)
  return team.length > 0 ? team : checkContactPolicies(client, tables, look)
}

/** Takes one thing out of the rules, runs the test of its own wall, puts it back. Out: what the test said; empty for a survivor. */
async function caught(
  client: pg.Client,
  { text, wall, at }: Mutation,
  // First where it shows first, then everywhere.
  looks: Look[] = [{ at, first: true }, { first: true }],
): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query(text)
    if (wall === 'views') await takePoliciesAway(client)
    for (const look of looks) {
      const problems = await checkWall(client, wall, look)
      if (problems.length > 0) return problems
    }
    return []
  } catch (error) {
    return [`broken: ${error instanceof Error ? error.message : error}`]
  } finally {
    await client.query('rollback')
  }
}

// Every one of them in torture; one in eight, another eighth each day, in every run.
const every = process.env.TORTURE ? 1 : 8
// MUTATE=guard takes only those with this word in their name, and all of them.
const only = process.env.MUTATE
const day = Math.floor(Date.now() / 86_400_000)
const todays = ({ name }: Mutation, at: number) => (only ? name.includes(only) : at % every === day % every)
const client = () => (places[0] as Place).client

/** Does the same for each, half of them in each place. */
async function atBoth<One>(list: One[], act: (client: pg.Client, one: One) => Promise<void>): Promise<void> {
  await Promise.all(
    places.map(async ({ client }, place) => {
      for (const one of list.filter((_, at) => at % places.length === place)) await act(client, one)
    }),
  )
}

describe('Each policy and each condition, taken out one at a time, is missed by the test of its own wall', () => {
  test('and where nothing is taken out, nothing is missed', { timeout: 300_000 }, async () => {
    const looks = new Map((await allMutations(client())).map((one) => [`${one.wall} ${one.at}`, { ...one, text: '' }]))
    const said: string[] = []
    await atBoth([...looks.values()].filter(todays), async (client, whole) => {
      said.push(...(await caught(client, whole, [{ at: whole.at, first: true }])))
    })
    expect(said).toEqual([])
  })
  test('no survivors', { timeout: 3_000_000 }, async () => {
    const all = await allMutations(client())
    const mutations = all.filter(todays)
    expect(mutations.length).toBeGreaterThan(only ? 0 : 10)
    const survivors: string[] = []
    await atBoth(mutations, async (client, mutation) => {
      if ((await caught(client, mutation)).length === 0) survivors.push(mutation.name)
    })
    console.log(`${mutations.length} of ${all.length} mutations, ${survivors.length} survivors`)
    expect(survivors).toEqual([])
  })
})
