import { afterAll, beforeAll, expect, test } from 'vitest'
import { contactLeft, previewContactLeft } from '#shared/contacts.ts'
import { addDeal, type Deal, getDeal, handOverDeal } from '#shared/deals.ts'
import { listDealEntries } from '#shared/entries.ts'
import { listInbox } from '#shared/inbox.ts'
import { listPortalEntries } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { seconds } from '#test/world.ts'

let cast: Cast
let deal: Deal
beforeAll(async () => {
  cast = await createCast()
  deal = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company: 'Orion', ask: 'Call them.', share: true },
  })
  await cast.world.pass(seconds(11))
})
afterAll(() => cast.world.close())

const now = () => cast.dana.does(getDeal, { params: { ref: deal.ref } })
const handOver = async (it: { side: 'us' | 'them'; to: string | null; note?: string }, who = cast.dana) =>
  who.call(handOverDeal, { params: { deal: deal.id }, body: { version: (await now()).version, ...it } })
const lines = async () => (await cast.dana.does(listDealEntries, { params: { deal: deal.id }, query: {} })).items
const theirs = async () =>
  (
    await cast.ana.does(listPortalEntries, {
      params: { workspace: cast.nordlicht.workspace, ref: deal.ref },
      query: {},
    })
  ).items

test('a colleague takes it, with a note that only the team reads and that reaches them', async () => {
  const reply = await handOver({ side: 'us', to: cast.ids.ira, note: 'They decide in May.' })
  expect(reply.body.our_owner).toEqual({ id: cast.ids.ira, name: 'Ira Novak' })
  expect(await lines()).toContainEqual(
    expect.objectContaining({ kind: 'note', audience: 'team', body: 'They decide in May.', visible: false }),
  )
  expect(JSON.stringify(await theirs())).not.toContain('They decide in May.')
  const { items } = await cast.ira.does(listInbox, { query: {} })
  expect(items[0]).toMatchObject({ deal: { ref: deal.ref }, excerpt: 'They decide in May.' })
})

test('a person at the partner takes it, with a note that they read', async () => {
  const reply = await handOver({ side: 'them', to: cast.ben.contact_id, note: 'Ben, please call on Monday.' })
  expect(reply.body.their_owner?.name).toBe('Ben Okafor')
  expect(await theirs()).toContainEqual(
    expect.objectContaining({ kind: 'comment', body: 'Ben, please call on Monday.', author_name: 'Dana Reyes' }),
  )
  expect((await handOver({ side: 'them', to: null })).body.their_owner).toBeNull()
})

test('nobody takes it who is not there, and ours never has no owner', async () => {
  const fields = async (it: Parameters<typeof handOver>[0]) => {
    const { status, problem } = await handOver(it)
    return [status, problem.errors?.[0]?.field]
  }
  expect(await fields({ side: 'us', to: null })).toEqual([422, 'to'])
  expect(await fields({ side: 'us', to: cast.ben.contact_id })).toEqual([422, 'our_owner_id'])
  expect(await fields({ side: 'them', to: cast.henrik.contact_id })).toEqual([422, 'their_owner_id'])
  expect((await handOver({ side: 'us', to: cast.ids.lee, note: 'x' }, cast.mei)).status).toBe(403)
  expect((await handOver({ side: 'us', to: cast.ids.lee, note: 'x' }, cast.uma)).status).toBe(404)
  expect((await now()).our_owner.name).toBe('Ira Novak')
  const stale = await cast.dana.call(handOverDeal, {
    params: { deal: deal.id },
    body: { version: 1, side: 'us', to: cast.ids.lee, note: 'Not said.' },
  })
  expect(stale.status).toBe(409)
  expect((await lines()).map(({ body }) => body)).not.toContain('Not said.')
})

test('whoever leaves the partner owns nothing that is open', async () => {
  await handOver({ side: 'them', to: cast.ben.contact_id })
  const params = { contact: cast.ben.contact_id }
  const listed = await cast.dana.does(previewContactLeft, { params, body: { successor_id: null } })
  expect(listed.deals.map(({ customer_company }) => customer_company)).toEqual(['Orion'])
  const { rows } = await cast.world.admin.query('select version from contacts where id = $1', [cast.ben.contact_id])
  await cast.dana.does(contactLeft, { params, body: { version: rows[0].version, successor_id: cast.ana.contact_id } })
  expect((await now()).their_owner?.name).toBe('Ana Lindner')
})
