import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#shared/endpoints.ts'
import { type Cast, createCast } from '../cast.ts'
import type { Person } from '../world.ts'
import { type Populated, populateCast } from './company.ts'
import { contracts } from './contracts.ts'
import { keepRows } from './rows.ts'
import { fill } from './walk.ts'

let cast: Cast
let places: Populated
let restore: () => Promise<void>

beforeAll(async () => {
  cast = await createCast()
  places = await populateCast(cast)
  restore = await keepRows(cast.world.admin)
})
afterAll(() => cast.world.close())

const count = async (table: string): Promise<number> => {
  await cast.world.product.database.reads.flush()
  return (await cast.world.admin.query(`select count(*)::int as n from ${table}`)).rows[0].n
}

// They ask, or tidy one's own inbox: nothing that others could see becomes different.
const asking = [
  'check_partner',
  'preview_partner_access',
  'preview_deal',
  'preview_invitation',
  'send_test_mail',
  'read_inbox',
  'done_inbox',
  'snooze_inbox',
  'check_import',
  'preview_archive',
  'preview_bulk',
  'preview_contact_left',
  'preview_tag_merge',
  'preview_merge',
  'pin_saved_view',
  // A piece of a file that nobody sees before it is finished.
  'send_piece',
]
/** What has to be done before it can be taken back. */
const first: Record<string, string> = {
  give_access_back: 'remove_access',
  undo_reviewed: 'mark_reviewed',
  restore_partner: 'archive_partner',
  contact_came_back: 'contact_left',
  unmark_different: 'mark_different',
  resume_deal: 'pause_deal',
}
const team = endpoints.filter((endpoint) => endpoint.caller === 'team')
const contact = endpoints.filter((endpoint) => endpoint.caller === 'contact')

async function callOnce(id: string, who: Person): Promise<void> {
  const endpoint = endpoints.find((one) => one.id === id)
  const contract = contracts[id]
  if (!endpoint || !contract) throw new Error(`${id} has no contract.`)
  const bags = { own: places.a1, other_partner: places.a2, other_company: places.b1, nowhere: {} }
  await who.does(endpoint, {
    ...fill(contract, bags, {}),
    ...(contract.bytes ? { body: contract.bytes } : {}),
  } as never)
}

describe('Every change of the team is in the log', () => {
  test.each(
    team
      .filter(
        (endpoint) =>
          endpoint.method !== 'GET' && !asking.includes(endpoint.id) && contracts[endpoint.id]?.ok !== 'nobody',
      )
      .map((endpoint) => endpoint.id),
  )('%s', async (id) => {
    if (id === 'remove_sample_data')
      await cast.dana.does(endpoints.find((one) => one.id === 'add_sample_data') as never, {} as never)
    if (first[id]) await callOnce(first[id], cast.dana)
    const before = await count('audit_rows')
    await callOnce(id, cast.dana)
    expect(await count('audit_rows')).toBeGreaterThan(before)
    await restore()
  })
})

describe('Everything a contact reads or does is on record', () => {
  test.each(contact.map((endpoint) => endpoint.id))('%s', async (id) => {
    const before = { reads: await count('read_records'), changes: await count('audit_rows') }
    await callOnce(id, cast.ana)
    expect(await count('read_records')).toBeGreaterThan(before.reads)
    const endpoint = contact.find((one) => one.id === id)
    if (endpoint?.method !== 'GET') expect(await count('audit_rows')).toBeGreaterThan(before.changes)
    await restore()
  })
})

describe('View as', () => {
  test.each(
    contact.filter((endpoint) => endpoint.method === 'GET').map((endpoint) => [endpoint.id, endpoint] as const),
  )('%s answers byte for byte what the contact gets', async (_id, endpoint) => {
    const contract = contracts[endpoint.id]
    if (!contract) throw new Error(`${endpoint.id} has no contract.`)
    const given = fill(contract, { own: places.a1, other_partner: {}, other_company: {}, nowhere: {} }, {}) as never
    const theirs = await cast.ana.call(endpoint, given)
    const looked = await cast.dana.call(endpoint, given, { 'x-view-as': cast.ana.contact_id })
    expect(theirs.status).toBe(200)
    expect(looked.raw.rawPayload.equals(theirs.raw.rawPayload)).toBe(true)
  })
  test('is in the log under the member who looked, before anything is read, and leaves no read record of the contact', async () => {
    const reads = await count('read_records')
    const { getWorkspace } = await import('#shared/portal.ts')
    await cast.dana.does(
      getWorkspace,
      { params: { workspace: places.a1.workspace ?? '' } },
      { 'x-view-as': cast.ben.contact_id },
    )
    const { rows } = await cast.world.admin.query(
      "select member_id, record_id from audit_rows where channel = 'view_as' order by id desc limit 1",
    )
    expect(rows[0]).toEqual({ member_id: cast.ids.dana, record_id: cast.ben.contact_id })
    expect(await count('read_records')).toBe(reads)
  })
  test('writes nothing, whatever is asked', async () => {
    const { moveDeal } = await import('#shared/portal.ts')
    const { status } = await cast.dana.call(
      moveDeal,
      { params: { workspace: places.a1.workspace ?? '', ref: places.a1.ref ?? '' }, body: { stage: 'Working' } },
      { 'x-view-as': cast.ana.contact_id },
    )
    expect(status).toBe(403)
  })
  test('works for someone who was never invited', async () => {
    const { listPortalDeals } = await import('#shared/portal.ts')
    const { items } = await cast.dana.does(
      listPortalDeals,
      { params: { workspace: places.a1.workspace ?? '' }, query: {} },
      { 'x-view-as': places.a1.newcomer ?? '' },
    )
    expect(items.filter(({ direction }) => direction === 'given').map(({ ref }) => ref)).toEqual([places.a1.ref])
  })
})
