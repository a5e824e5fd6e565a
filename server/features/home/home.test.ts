import { afterAll, beforeAll, expect, test } from 'vitest'
import { addContact, inviteContact } from '#shared/contacts.ts'
import { addDeal, type Deal } from '#shared/deals.ts'
import { getHome } from '#shared/inbox.ts'
import { addPortalEntry, getWorkspace } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, minutes, seconds } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())
async function share(customer_company: string): Promise<Deal> {
  const it = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company, ask: 'Call.', share: true },
  })
  await cast.world.pass(seconds(11))
  return it
}

test('a new company has nothing that needs anyone, and a checklist', async () => {
  const home = await cast.uma.does(getHome, {})
  expect(home).toMatchObject({ needs_you: [], partners: 1, checklist: { partner: true, looked: false, deal: false } })
  expect(home.stages).toEqual([
    { stage: 'New', name: 'New', deals: 0 },
    { stage: 'Working', name: 'Working', deals: 0 },
    { stage: 'Proposal', name: 'Proposal', deals: 0 },
  ])
})

test('turns first, then silences, with a reason and a link each', async () => {
  const turn = await share('Hafen Terminal AG')
  const silent = await share('Elbe Kliniken')
  const other = await cast.dana.does(addContact, {
    params: { partner: cast.nordlicht.id },
    body: { name: 'Cleo Brandt', email: 'cleo@nordlicht.example' },
  })
  await cast.dana.does(inviteContact, {
    params: { contact: other.id },
    body: { message: 'Come in and look at our open leads.' },
  })
  expect((await cast.dana.does(getHome, {})).needs_you).toEqual([])
  await cast.ana.does(addPortalEntry, {
    params: { workspace: cast.nordlicht.workspace, ref: turn.ref },
    body: { body: 'Your move.' },
  })
  await cast.world.pass(days(6) + minutes(1))
  const home = await cast.dana.does(getHome, {})
  expect(home.needs_you.map(({ kind, sentence, why, link }) => [kind, sentence, why, link])).toEqual([
    ['your_turn', 'Hafen Terminal AG waits for you', 'Nordlicht GmbH did its part 6 days ago', `/deals/${turn.ref}`],
    ['unanswered', 'Nordlicht GmbH has not answered Elbe Kliniken', 'Shared 6 days ago', `/deals/${silent.ref}`],
    [
      'invitation',
      'Cleo Brandt has not answered your invitation',
      'Sent 6 days ago',
      `/partners/${cast.nordlicht.slug}/contacts`,
    ],
  ])
  expect(home.stages[0]).toEqual({ stage: 'New', name: 'New', deals: 2 })
  expect(home.checklist).toEqual({ partner: true, looked: false, deal: true })
  expect((await cast.ira.does(getHome, {})).needs_you).toEqual([])
})

test('never more than seven rows', async () => {
  for (let n = 0; n < 8; n++) await share(`Customer ${n}`)
  await cast.world.pass(days(6) + minutes(1))
  expect((await cast.dana.does(getHome, {})).needs_you).toHaveLength(7)
})

test('counts and partners are those one sees', async () => {
  await cast.dana.does(addDeal, {
    params: { partner: cast.fjordkraft.id },
    body: { kind: 'lead', customer_company: 'X', ask: 'Y', share: false },
  })
  const [danas, lees] = [await cast.dana.does(getHome, {}), await cast.lee.does(getHome, {})]
  expect(danas.partners - lees.partners).toBe(1)
  expect((danas.stages[0]?.deals ?? 0) - (lees.stages[0]?.deals ?? 0)).toBe(1)
  expect(danas.recent_partners.map(({ legal_name }) => legal_name)).toEqual(['Fjordkraft Data AS', 'Nordlicht GmbH'])
  expect(lees.recent_partners.map(({ legal_name }) => legal_name)).toEqual(['Nordlicht GmbH'])
  expect((await cast.ana.call(getHome, {})).status).toBe(403)
})

test('looking as a contact ticks the list', async () => {
  await cast.dana.does(
    getWorkspace,
    { params: { workspace: cast.nordlicht.workspace } },
    { 'x-view-as': cast.ana.contact_id },
  )
  expect((await cast.dana.does(getHome, {})).checklist.looked).toBe(true)
  expect((await cast.ira.does(getHome, {})).checklist.looked).toBe(false)
})
