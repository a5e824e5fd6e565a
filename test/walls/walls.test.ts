import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../fresh-database.ts'
import { checkContactPolicies, checkContactViews } from './contact-wall.ts'
import { checkGuards } from './guards.ts'
import { takePoliciesAway } from './mutations.ts'
import { populate } from './populate.ts'
import { rowsOf } from './population.ts'
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

async function inside<Result>(act: () => Promise<Result>): Promise<Result> {
  await client.query('begin')
  try {
    return await act()
  } finally {
    await client.query('rollback')
  }
}

describe('The walls, row by row against the oracle, beside a company with the same ids', () => {
  test('the team reads, changes, adds and deletes exactly what its rights say', async () => {
    expect(await inside(() => checkTeamWall(client, tables))).toEqual([])
  })
  test('a contact sees and does exactly what is shared, with both walls', async () => {
    expect(await inside(() => checkContactViews(client, tables, { writes: true }))).toEqual([])
  })
  test('what is kept, logged and refused by itself', async () => {
    expect(await inside(() => checkGuards(client))).toEqual([])
  })
  test('the policies alone hold', async () => {
    expect(await inside(() => checkContactPolicies(client, tables))).toEqual([])
  })
  test('the views alone hold', async () => {
    const problems = await inside(async () => {
      await takePoliciesAway(client)
      return checkContactViews(client, tables, { writes: false })
    })
    expect(problems).toEqual([])
  })
  test('the views in an order of their own are the others, word for word', async () => {
    for (const view of ['deals', 'entries']) {
      const { rows } = await client.query(
        "select pg_get_viewdef(('portal.' || $1)::regclass) as plain, pg_get_viewdef(('portal.newest_' || $1)::regclass) as ordered",
        [view],
      )
      const [plain = '', order = ''] = rows[0].ordered.split(/\s+ORDER BY /)
      // Their eyes are asked once, before everything, and all else asks those.
      const [, eyes = '', all = ''] = /^ WITH eyes_once AS MATERIALIZED \((.*?)\n {8}\)\n(.*)$/s.exec(plain) ?? []
      expect(eyes).toMatch(/^\s+SELECT (eyes\.\w+,?\s+)+FROM portal\.eyes\(\) eyes\([\w, ]+\)$/)
      expect(`${all.replaceAll(/\beyes_once w\b/g, `portal.eyes() w${/\([\w, ]+\)$/.exec(eyes)?.[0]}`)};`).toBe(
        rows[0].plain,
      )
      expect(['shown_activity_at DESC, ref DESC;', 'created_at DESC, id DESC;']).toContain(
        order.replaceAll(/\b[de]\./g, ''),
      )
    }
  })
})
