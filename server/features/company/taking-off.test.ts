import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { undoAct } from '#shared/acts.ts'
import * as api from '#shared/company.ts'
import { addDeal, type Deal, editDeal, getDeal, shareDeal } from '#shared/deals.ts'
import { listDealEntries } from '#shared/entries.ts'
import { listInbox } from '#shared/inbox.ts'
import { addPartner, getPartner, listPartners } from '#shared/partners.ts'
import { addPortalEntry } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { seconds } from '#test/world.ts'

let cast: Cast
let orion: Deal
let vega: Deal
let lyra: Deal
let own: { id: string; slug: string }
beforeAll(async () => {
  cast = await createCast()
  const add = (customer_company: string) =>
    cast.ira.does(addDeal, {
      params: { partner: cast.nordlicht.id },
      body: { kind: 'lead', customer_company, ask: 'Call them.', share: false },
    })
  orion = await add('Orion')
  vega = await add('Vega')
  const lost = await add('Lyra')
  await cast.ira.does(shareDeal, { params: { deal: lost.id }, body: {} })
  const { version } = await cast.ira.does(getDeal, { params: { ref: lost.ref } })
  lyra = await cast.ira.does(editDeal, { params: { deal: lost.id }, body: { version, outcome: 'lost' } })
  await cast.world.pass(seconds(11))
  own = await cast.ira.does(addPartner, {
    body: { legal_name: 'Sirius AB', email: 'post@sirius.example', contact_name: 'Post' },
  })
})
afterAll(() => cast.world.close())

const ira = async () => (await cast.dana.does(api.listMembers, {})).items.find(({ name }) => name === 'Ira Novak')!
type Handed = Partial<{
  deals: { deal: string; to: string }[]
  partners: { partner: string; to: string }[]
  note: string
}>
const takeOff = async (handed: Handed, who = cast.dana) => {
  const { id, version } = await ira()
  return who.call(api.takeOffTeam, { params: { member: id }, body: { version, deals: [], partners: [], ...handed } })
}
const all = (to: string) => ({
  deals: [
    { deal: orion.id, to },
    { deal: vega.id, to },
  ],
  partners: [{ partner: own.id, to }],
})
const owner = async (deal: Deal) => (await cast.dana.does(getDeal, { params: { ref: deal.ref } })).our_owner.name

test('what a colleague holds is listed: open deals and partners', async () => {
  const held = await cast.dana.does(api.getHeld, { params: { member: cast.ids.ira } })
  expect(
    held.deals.map(({ customer_company, stage, partner }) => [customer_company, stage, partner.legal_name]),
  ).toEqual([
    ['Orion', 'New', 'Nordlicht GmbH'],
    ['Vega', 'New', 'Nordlicht GmbH'],
  ])
  expect(held.partners.map(({ legal_name }) => legal_name)).toEqual(['Sirius AB'])
})

test('nobody leaves while a deal or a partner has nobody', async () => {
  const { deals, partners } = all(cast.ids.lee)
  const without = await takeOff({ deals: deals.slice(1), partners })
  expect([without.status, without.problem.errors?.[0]]).toEqual([
    422,
    { field: 'deals', detail: '1 open deal has nobody yet. Say who takes over.' },
  ])
  const homeless = await takeOff({ deals })
  expect([homeless.status, homeless.problem.errors?.[0]?.field]).toEqual([422, 'partners'])
  expect(await owner(orion)).toBe('Ira Novak')
  expect((await ira()).deactivated_at).toBeNull()
})

test('a deal that is not theirs is not handed over with it', async () => {
  const foreign = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company: 'Not theirs', ask: 'x', share: false },
  })
  const { deals, partners } = all(cast.ids.lee)
  const reply = await takeOff({ deals: [...deals, { deal: foreign.id, to: cast.ids.lee }], partners })
  expect([reply.status, reply.problem.errors?.[0]?.field]).toEqual([422, 'deals'])
  expect(await owner(foreign)).toBe('Dana Reyes')
})

test.each([
  ['themselves', () => cast.ids.ira],
  ['someone who may only read', () => cast.ids.mei],
  ['nobody who is here', () => randomUUID()],
])('%s takes nothing over', async (_who, to) => {
  const reply = await takeOff(all(to()))
  expect([reply.status, reply.problem.errors?.[0]?.field]).toEqual([422, 'deals'])
  expect((await ira()).deactivated_at).toBeNull()
})

test('only admins take somebody off, and only their own colleagues', async () => {
  expect((await takeOff(all(cast.ids.lee), cast.lee)).status).toBe(403)
  expect((await cast.lee.call(api.getHeld, { params: { member: cast.ids.ira } })).status).toBe(403)
  expect((await takeOff(all(cast.ids.lee), cast.uma)).status).toBe(404)
  expect((await cast.uma.call(api.getHeld, { params: { member: cast.ids.ira } })).status).toBe(404)
})

test('everything goes to whom it was given, each deal with the note, and comes back when it is undone', async () => {
  const reply = await takeOff({
    ...all(cast.ids.lee),
    deals: [
      { deal: orion.id, to: cast.ids.lee },
      { deal: vega.id, to: cast.ids.dana },
    ],
    note: 'Renewal is in May.',
  })
  expect(reply.status).toBe(200)
  expect(reply.body.member.deactivated_at).not.toBeNull()
  expect([await owner(orion), await owner(vega)]).toEqual(['Lee Park', 'Dana Reyes'])
  expect((await cast.dana.does(getPartner, { params: { slug: own.slug } })).owner?.name).toBe('Lee Park')
  const { items } = await cast.lee.does(listDealEntries, { params: { deal: orion.id }, query: {} })
  expect(items).toContainEqual(expect.objectContaining({ kind: 'note', audience: 'team', body: 'Renewal is in May.' }))
  expect(items).toContainEqual(
    expect.objectContaining({ kind: 'owner', from_value: 'Ira Novak', to_value: 'Lee Park' }),
  )
  expect((await cast.ira.call(listPartners, { query: {} })).status).toBe(403)
  const { rows } = await cast.world.admin.query(
    `select count(*)::int as n from deals d join members m on m.org_id = d.org_id and m.id = d.our_owner_id where d.outcome is null and m.deactivated_at is not null`,
  )
  expect(rows).toEqual([{ n: 0 }])

  await cast.dana.does(undoAct, { params: { act: reply.body.act } })
  expect([await owner(orion), await owner(vega)]).toEqual(['Ira Novak', 'Ira Novak'])
  expect((await ira()).deactivated_at).toBeNull()
  expect((await cast.ira.call(listPartners, { query: {} })).status).toBe(200)
})

test('what is said on a deal that was over before reaches the partner’s owner; opened again, it is whose who opens it', async () => {
  expect((await takeOff(all(cast.ids.dana))).status).toBe(200)
  await cast.ana.does(addPortalEntry, {
    params: { workspace: cast.nordlicht.workspace, ref: lyra.ref },
    body: { body: 'They ask again.' },
  })
  const { items } = await cast.dana.does(listInbox, { query: {} })
  expect(items.find(({ deal }) => deal?.ref === lyra.ref)?.sentence).toBe('Ana Lindner commented')
  const { version } = await cast.lee.does(getDeal, { params: { ref: lyra.ref } })
  const open = await cast.lee.does(editDeal, { params: { deal: lyra.id }, body: { version, outcome: null } })
  expect(open.our_owner.name).toBe('Lee Park')
})
