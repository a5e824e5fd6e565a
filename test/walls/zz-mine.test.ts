import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../fresh-database.ts'
import { checkContactPolicies, checkContactViews } from './contact-wall.ts'
import { allMutations, type Mutation, takePoliciesAway } from './mutations.ts'
import { populate, rowsOf } from './population.ts'
import { checkTeamWall } from './team-wall.ts'

let fresh: FreshDatabase
let client: pg.Client
const tables = rowsOf()

beforeAll(async () => {
  fresh = await freshDatabase()
  client = new pg.Client({ connectionString: fresh.admin_url })
  await client.connect()
  await populate(client)
})
afterAll(async () => {
  await client.end()
  await fresh.drop()
})

/** Takes one thing out of the rules, runs the test of its own wall, puts it back. Out: what the test said; empty for a survivor. */
async function caught({ text, wall }: Mutation): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query(text)
    if (wall === 'team') return await checkTeamWall(client, tables)
    if (wall === 'policies') return await checkContactPolicies(client, tables)
    if (wall === 'views') {
      await takePoliciesAway(client)
      return await checkContactViews(client, tables, { writes: false })
    }
    return [...(await checkTeamWall(client, tables)), ...(await checkContactPolicies(client, tables))]
  } catch (error) {
    return [`broken: ${error instanceof Error ? error.message : error}`]
  } finally {
    await client.query('rollback')
  }
}

// Every one of them in torture; one in nine, another nine each day, in every run.
const every = 1

describe('Each policy and each condition, taken out one at a time, is missed by the test of its own wall', () => {
  test('no survivors', { timeout: 3_000_000 }, async () => {
    const mutations = (await allMutations(client)).filter(({ name }) =>
      /portal|known_members|(policy portal_reads on (members|entries|deals|shares))|team_(adds|stops|undoes) on (shares|entries)|read_records/.test(
        name,
      ),
    )
    expect(mutations.length).toBeGreaterThan(10)
    const survivors: string[] = []
    for (const mutation of mutations) if ((await caught(mutation)).length === 0) survivors.push(mutation.name)
    console.log(`${mutations.length} mutations, ${survivors.length} survivors`)
    expect(survivors).toEqual([])
  })
})
