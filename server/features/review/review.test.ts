import { afterAll, beforeAll, expect, test } from 'vitest'
import { addContact, inviteContact } from '#shared/contacts.ts'
import { addDeal } from '#shared/deals.ts'
import { getHome, listReview, markReviewed, undoReviewed } from '#shared/inbox.ts'
import { addPartner, editPartner, getPartner } from '#shared/partners.ts'
import { editGroundRule, listGroundRules, type RuleName } from '#shared/rules.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, minutes } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
  // Nobody is signed out while months pass.
  await cast.world.admin.query(`update auth.session set "expiresAt" = now() + interval '1 year'`)
})
afterAll(() => cast.world.close())
const review = (who = cast.dana) => who.does(listReview, {})
const reasonsOf = async (name: string, who = cast.dana) =>
  (await review(who)).items.find(({ partner }) => partner.legal_name === name)?.reasons

test('a partner in order is not in the queue', async () => {
  expect(await review()).toEqual({ items: [], total: 0, of: 2, minutes: 0 })
})

const rule = async (name: RuleName, change: { is_on?: boolean; amount?: number }) => {
  const { items } = await cast.dana.does(listGroundRules, {})
  const { version } = items.find((it) => it.rule === name)!
  await cast.dana.does(editGroundRule, { params: { rule: name }, body: { version, ...change } })
}

test('each rule says why', async () => {
  await cast.dana.does(addPartner, { body: { legal_name: 'Kestrel Ltd', email: 'kay@kestrel.example' } })
  expect(await reasonsOf('Kestrel Ltd')).toEqual(['No type yet.'])
  const cleo = await cast.dana.does(addContact, {
    params: { partner: cast.nordlicht.id },
    body: { name: 'Cleo Brandt', email: 'cleo@nordlicht.example' },
  })
  await cast.dana.does(inviteContact, {
    params: { contact: cleo.id },
    body: { message: 'Come in and look at our open leads.' },
  })
  const deal = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company: 'Hafen Terminal AG', ask: 'Call.', share: false },
  })
  await cast.world.pass(days(16) + minutes(1))
  expect(await reasonsOf('Nordlicht GmbH')).toEqual([
    'No activity for 16 days.',
    'Hafen Terminal AG is quiet for 16 days.',
    'Cleo Brandt has not answered the invitation for 16 days.',
  ])
  const partner = await cast.dana.does(getPartner, { params: { slug: cast.fjordkraft.slug } })
  await cast.dana.does(editPartner, {
    params: { partner: partner.id },
    body: { version: partner.version, status: 'dormant' },
  })
  expect(await reasonsOf('Fjordkraft Data AS')).toContain('Dormant, and Henrik Aasen can get in.')
  await cast.world.admin.query('update contacts set is_main = false where partner_id = $1', [partner.id])
  expect(await reasonsOf('Fjordkraft Data AS')).toContain('No main contact.')
  const { items, ...counts } = await review()
  expect([items.length, counts]).toEqual([3, { total: 3, of: 3, minutes: 1 }])
  expect(items.find((it) => it.partner.id === cast.nordlicht.id)?.deals).toMatchObject([
    { ref: deal.ref, customer_company: 'Hafen Terminal AG', our_owner: { name: 'Dana Reyes' } },
  ])
  expect((await cast.dana.does(getHome, {})).review_due).toBe(3)
})

test('its numbers are those of the ground rules: changed there, they count here at once', async () => {
  await rule('quiet', { amount: 17 })
  expect(await reasonsOf('Nordlicht GmbH')).toBeUndefined()
  expect(await reasonsOf('Kestrel Ltd')).toEqual(['No type yet.'])
  await rule('type', { is_on: false })
  expect(await reasonsOf('Kestrel Ltd')).toBeUndefined()
  expect((await review()).total).toBe(1)
  await rule('type', { is_on: true })
  await rule('quiet', { is_on: false })
  await cast.world.pass(days(16))
  expect(await reasonsOf('Nordlicht GmbH')).toBeUndefined()
  await rule('quiet', { is_on: true })
  expect(await reasonsOf('Nordlicht GmbH')).toEqual([
    'No activity for 32 days.',
    'Hafen Terminal AG is quiet for 32 days.',
    'Cleo Brandt has not answered the invitation for 32 days.',
  ])
  await rule('main_contact', { amount: 1 })
  expect(await reasonsOf('Nordlicht GmbH')).toContain('Main contact not confirmed for 1 month.')
  await rule('main_contact', { amount: 6 })
})

test('reviewed, it rests until next month; undone, it is back', async () => {
  const before = await cast.dana.does(getPartner, { params: { slug: cast.nordlicht.slug } })
  await cast.dana.does(markReviewed, { params: { partner: cast.nordlicht.id } })
  expect(await reasonsOf('Nordlicht GmbH')).toBeUndefined()
  // A review makes nobody's open form stale.
  expect((await cast.dana.does(getPartner, { params: { slug: cast.nordlicht.slug } })).version).toBe(before.version)
  await cast.dana.does(undoReviewed, { params: { partner: cast.nordlicht.id } })
  expect(await reasonsOf('Nordlicht GmbH')).toBeDefined()
  await cast.dana.does(markReviewed, { params: { partner: cast.nordlicht.id } })
  await cast.world.pass(days(28))
  expect(await reasonsOf('Nordlicht GmbH')).toBeDefined()
})

test('colleagues’ partners are not in my queue; those nobody owns are the admins’', async () => {
  expect(await review(cast.ira)).toMatchObject({ items: [], of: 0 })
  const partner = await cast.dana.does(getPartner, { params: { slug: cast.nordlicht.slug } })
  const owned = await cast.dana.does(editPartner, {
    params: { partner: partner.id },
    body: { version: partner.version, owner_id: cast.ids.ira },
  })
  expect(await reasonsOf('Nordlicht GmbH')).toBeUndefined()
  expect(await reasonsOf('Nordlicht GmbH', cast.ira)).toBeDefined()
  await cast.dana.does(editPartner, {
    params: { partner: partner.id },
    body: { version: owned.version, owner_id: null },
  })
  expect(await reasonsOf('Nordlicht GmbH')).toBeDefined()
  expect(await reasonsOf('Nordlicht GmbH', cast.ira)).toBeUndefined()
})

test('readers and strangers review nothing', async () => {
  const given = { params: { partner: cast.nordlicht.id } }
  expect((await cast.mei.call(markReviewed, given)).status).toBe(403)
  expect((await cast.uma.call(markReviewed, given)).status).toBe(404)
  expect((await cast.lee.call(undoReviewed, { params: { partner: cast.fjordkraft.id } })).status).toBe(404)
  expect((await cast.ana.call(listReview, {})).status).toBe(403)
})
