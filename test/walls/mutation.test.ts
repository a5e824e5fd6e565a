import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../fresh-database.ts'
import { checkContactPolicies, checkContactViews } from './contact-wall.ts'
import { checkGuards } from './guards.ts'
import { allMutations, type Mutation, takePoliciesAway } from './mutations.ts'
import { populate, rowsOf } from './population.ts'
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

/** Takes one thing out of the rules, runs the test of its own wall, puts it back. Out: what the test said; empty for a survivor. */
async function caught(client: pg.Client, { text, wall }: Mutation): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query(text)
    if (wall === 'guards') return await checkGuards(client)
    if (wall === 'team') return await checkTeamWall(client, tables)
    if (wall === 'policies') return await checkContactPolicies(client, tables)
    if (wall === 'views') {
      await takePoliciesAway(client)
      return await checkContactViews(client, tables, { writes: false })
    }
    const team = await checkTeamWall(client, tables)
    return team.length > 0 ? team : await checkContactPolicies(client, tables)
  } catch (error) {
    return [`broken: ${error instanceof Error ? error.message : error}`]
  } finally {
    await client.query('rollback')
  }
}

// Every one of them in torture; one in nine, another nine each day, in every run.
const every = process.env.TORTURE ? 1 : 9
// MUTATE=guard takes only those with this word in their name, and all of them.
const only = process.env.MUTATE
const day = Math.floor(Date.now() / 86_400_000)

describe('Each policy and each condition, taken out one at a time, is missed by the test of its own wall', () => {
  test('no survivors', { timeout: 3_000_000 }, async () => {
    const all = await allMutations((places[0] as Place).client)
    const mutations = all.filter(({ name }, at) => (only ? name.includes(only) : at % every === day % every))
    expect(mutations.length).toBeGreaterThan(10)
    const survivors: string[] = []
    await Promise.all(
      places.map(async ({ client }, place) => {
        for (const mutation of mutations.filter((_, at) => at % places.length === place)) {
          if ((await caught(client, mutation)).length === 0) survivors.push(mutation.name)
        }
      }),
    )
    console.log(`${mutations.length} of ${all.length} mutations, ${survivors.length} survivors`)
    expect(survivors).toEqual([])
  })
})
