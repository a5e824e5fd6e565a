import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { addDeal, type Deal, getDeal } from '#shared/deals.ts'
import { listViews } from '#shared/log.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { withActor } from './actor.ts'
import { newId } from './ids.ts'
import { openDatabase } from './pool.ts'
import { type MemberRead, readLater } from './read-later.ts'
import { sql } from './sql.ts'

let cast: Cast
let deal: Deal
let org_id: string
beforeAll(async () => {
  cast = await createCast()
  deal = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company: 'Hafen Terminal AG', ask: 'Call.', share: true },
  })
  const { rows } = await cast.world.admin.query('select org_id from members where id = $1', [cast.ids.ira])
  org_id = rows[0].org_id
})
afterAll(() => cast.world.close())

const reading = (record = newId()): MemberRead => ({
  org_id,
  member_id: cast.ids.ira,
  at: cast.world.now().toISOString(),
  kind: 'deal',
  partner_id: cast.nordlicht.id,
  record_ids: [record],
  fields: ['ask'],
  request_id: newId(),
})
const recorded = async (record: string) =>
  (
    await cast.world.admin.query('select org_id, member_id, request_id from read_records where $1 = any(record_ids)', [
      record,
    ])
  ).rows

describe('What a member reads', () => {
  test('is on record within a second, nobody asking for it', async () => {
    await cast.ira.does(getDeal, { params: { ref: deal.ref } })
    const { length } = await vi.waitUntil(
      async () => {
        const rows = await recorded(deal.id)
        return rows.length > 0 && rows
      },
      { timeout: 1000, interval: 50 },
    )
    expect(length).toBe(1)
  })

  test('is there at once for whoever opens the log', async () => {
    await cast.lee.does(getDeal, { params: { ref: deal.ref } })
    const { items } = await cast.dana.does(listViews, { query: { record: deal.id } })
    expect(items[0]?.sentence).toContain('Lee')
  })

  test('is not on record when it was refused', async () => {
    const { rows: before } = await cast.world.admin.query('select count(*) from read_records')
    expect((await cast.ira.call(getDeal, { params: { ref: 'D-NOTHING' } })).status).toBe(404)
    await cast.world.product.database.reads.flush()
    expect((await cast.world.admin.query('select count(*) from read_records')).rows).toEqual(before)
  })

  test('is written before the database is closed', async () => {
    const database = openDatabase(cast.world.product.config.database_url ?? '', 2)
    const read = reading()
    database.reads.keep(read)
    await database.close()
    expect(await recorded(read.record_ids[0] ?? '')).toEqual([
      { org_id: read.org_id, member_id: read.member_id, request_id: read.request_id },
    ])
  })

  test('leaves no row in the name of someone who is no member there', async () => {
    const [nobody, elsewhere] = [newId(), newId()]
    cast.world.product.database.reads.keep({ ...reading(nobody), member_id: newId() })
    cast.world.product.database.reads.keep({ ...reading(elsewhere), org_id: newId() })
    await cast.world.product.database.reads.flush()
    expect([...(await recorded(nobody)), ...(await recorded(elsewhere))]).toEqual([])
  })

  test('is kept for the next time where the database refuses, and written once', async () => {
    const written: string[] = []
    let broken = true
    const reads = readLater(async (rows) => {
      if (broken) throw new Error('The database is away.')
      written.push(...rows.map(({ request_id }) => request_id))
    })
    const [first, second] = [reading(), reading()]
    reads.keep(first)
    await expect(reads.flush()).rejects.toThrow('away')
    broken = false
    reads.keep(second)
    await reads.close()
    expect(written).toEqual([first.request_id, second.request_id])
  })

  test('cannot be written by a request, nor put off by one of a contact', async () => {
    const { database } = cast.world.product
    const forged = withActor(database, { as: 'team', token: cast.ira.session }, (tx) =>
      tx.run(sql`select app.keep_reads(${JSON.stringify([reading()])})`),
    )
    await expect(forged).rejects.toMatchObject({ code: '42501' })
    const contact = { as: 'contact', token: cast.ana.session, workspace: cast.nordlicht.workspace } as const
    const later = withActor(database, contact, async (tx) =>
      tx.seen({ kind: 'deal', partner_id: cast.nordlicht.id, record_ids: [deal.id], fields: [] }),
    )
    await expect(later).rejects.toThrow('Only what a member reads')
  })
})
