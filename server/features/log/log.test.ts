import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDeal, type Deal, editDeal, getDeal, stopSharingDeal } from '#shared/deals.ts'
import { addDealEntry, addNote } from '#shared/entries.ts'
import * as api from '#shared/log.ts'
import { editPartner, getPartner } from '#shared/partners.ts'
import { answerDeal, getPortalDeal, getWorkspace, listPortalDeals, listPortalEntries } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, seconds } from '#test/world.ts'

let cast: Cast
let deal: Deal
beforeAll(async () => {
  cast = await createCast()
  deal = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: {
      kind: 'lead',
      customer_company: 'Hafen Terminal AG',
      ask: 'Call.',
      share: true,
      value_minor: 1_200_000,
      currency: 'EUR',
    },
  })
  await cast.world.pass(seconds(11))
})
afterAll(() => cast.world.close())
const changes = async (query: object = {}, who = cast.dana) =>
  (await who.does(api.listChanges, { query: { limit: '100', ...query } as never })).items
const views = async (query: object = {}, who = cast.dana) =>
  (await who.does(api.listViews, { query: { limit: '100', ...query } as never })).items
const at = () => ({ workspace: cast.nordlicht.workspace, ref: deal.ref })

describe('changes', () => {
  test('are told as sentences, with before and after in words', async () => {
    const edited = await cast.ira.does(editDeal, {
      params: { deal: deal.id },
      body: { version: deal.version, our_owner_id: cast.ids.ira, value_minor: 1_500_050 },
    })
    const [newest] = await changes({ record: deal.id })
    expect(newest).toMatchObject({
      who: 'Ira Novak',
      outside: false,
      channel: 'app',
      sentence: 'Ira Novak made Ira Novak our owner of the deal Hafen Terminal AG',
      link: `/deals/${deal.ref}`,
    })
    expect(newest?.changes).toContainEqual({ field: 'Our owner', before: 'Dana Reyes', after: 'Ira Novak' })
    expect(newest?.changes).toContainEqual({ field: 'Value', before: 'EUR 12,000', after: 'EUR 15,000.50' })
    await cast.dana.does(editDeal, {
      params: { deal: deal.id },
      body: { version: edited.version, our_owner_id: cast.ids.dana },
    })
    await cast.ana.does(answerDeal, { params: at(), body: { answer: 'accepted' } })
    await cast.dana.does(addDealEntry, {
      params: { deal: deal.id },
      body: { body: 'Margin is 40 %.', audience: 'team' },
    })
    await cast.dana.does(stopSharingDeal, { params: { deal: deal.id } })
    expect((await changes({ record: deal.id })).slice(0, 4).map(({ sentence }) => sentence)).toEqual([
      'Dana Reyes stopped sharing the deal Hafen Terminal AG with Nordlicht GmbH',
      'Dana Reyes commented on the deal Hafen Terminal AG, for the team only',
      'Ana Lindner accepted the deal Hafen Terminal AG',
      'Dana Reyes made Dana Reyes our owner of the deal Hafen Terminal AG',
    ])
  })

  test('tell people, partners, notes and invitations, and every sentence is a whole one', async () => {
    const partner = await cast.dana.does(getPartner, { params: { slug: cast.nordlicht.slug } })
    await cast.dana.does(editPartner, {
      params: { partner: partner.id },
      body: { version: partner.version, status: 'active' },
    })
    await cast.dana.does(addNote, { params: { partner: partner.id }, body: { body: 'x', audience: 'partner' } })
    const all = await changes()
    const sentences = all.map(({ sentence }) => sentence)
    for (const wanted of [
      'Dana Reyes moved Nordlicht GmbH to Active',
      'Dana Reyes wrote a note on Nordlicht GmbH',
      'Dana Reyes shared a note with Nordlicht GmbH',
      'Dana Reyes invited Ben Okafor at Nordlicht GmbH',
      'Ana Lindner accepted the invitation to Nordlicht GmbH',
      'Dana Reyes added Nordlicht GmbH',
      'Dana Reyes added Ira Novak to the team',
      'Dana Reyes added the deal Hafen Terminal AG for Nordlicht GmbH',
    ])
      expect(sentences).toContain(wanted)
    expect(sentences.join('\n')).not.toMatch(/something|undefined|null|no longer here|[0-9a-f]{8}-[0-9a-f]{4}/)
    expect(JSON.stringify(all)).not.toContain('token')
    expect(all.find(({ sentence }) => sentence === 'Dana Reyes moved Nordlicht GmbH to Active')).toMatchObject({
      link: `/partners/${partner.slug}`,
      changes: [{ field: 'Status', before: 'Onboarding', after: 'Active' }],
    })
  })

  test('page by page, and by person, channel and day', async () => {
    const all = await changes()
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await cast.dana.does(api.listChanges, { query: { limit: '4', ...(cursor ? { cursor } : {}) } })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual(all.map(({ id }) => id))
    expect(new Set((await changes({ person: cast.ids.ira })).map(({ who }) => who))).toEqual(new Set(['Ira Novak']))
    expect(
      (await changes({ person: cast.ana.contact_id })).every(({ outside, channel }) => outside && channel === 'portal'),
    ).toBe(true)
    expect(await changes({ channel: 'import' })).toEqual([])
    const tomorrow = new Date(cast.world.now().getTime() + days(2)).toISOString().slice(0, 10)
    expect(await changes({ from: tomorrow })).toEqual([])
    expect((await changes({ until: tomorrow })).length).toBe(all.length)
    expect((await cast.dana.call(api.listChanges, { query: { cursor: 'AAAA' } })).status).toBe(422)
  })

  test('each reads what their role and their partners allow', async () => {
    await cast.dana.does(addNote, { params: { partner: cast.fjordkraft.id }, body: { body: 'x', audience: 'team' } })
    const of = async (who: Cast['dana']) => (await changes({}, who)).map(({ sentence }) => sentence).join('\n')
    expect(await of(cast.ira)).toContain('Fjordkraft')
    expect(await of(cast.lee)).toContain('Nordlicht')
    expect(await of(cast.lee)).not.toContain('Fjordkraft')
    expect(await of(cast.lee)).not.toContain('to the team')
    expect(await of(cast.mei)).toBe('')
    expect(await of(cast.uma)).not.toContain('Nordlicht')
    expect((await cast.ana.call(api.listChanges, { query: {} })).status).toBe(403)
  })
})

describe('views', () => {
  test('who saw what, in a sentence, with the fields', async () => {
    const open = await cast.dana.does(addDeal, {
      params: { partner: cast.nordlicht.id },
      body: { kind: 'lead', customer_company: 'Seen Ltd', ask: 'Call.', share: true },
    })
    await cast.world.pass(seconds(11))
    const there = { workspace: cast.nordlicht.workspace, ref: open.ref }
    await cast.ana.does(getWorkspace, { params: there })
    await cast.ana.does(listPortalDeals, { params: there, query: {} })
    await cast.ana.does(getPortalDeal, { params: there })
    await cast.ana.does(listPortalEntries, { params: there, query: {} })
    await cast.dana.does(getDeal, { params: { ref: open.ref } })
    expect((await views()).slice(0, 5).map(({ sentence }) => sentence)).toEqual([
      'Dana Reyes opened the deal Seen Ltd',
      'Ana Lindner read the timeline of the deal Seen Ltd',
      'Ana Lindner opened the deal Seen Ltd',
      'Ana Lindner saw the deal Seen Ltd in the list',
      'Ana Lindner opened the workspace',
    ])
    const of_it = await views({ record: open.id })
    expect(of_it).toHaveLength(4)
    expect(of_it[2]).toMatchObject({
      who: 'Ana Lindner',
      outside: true,
      partner_name: 'Nordlicht GmbH',
      channel: 'portal',
      link: `/deals/${open.ref}`,
    })
    expect(of_it[2]?.fields).toContain('stage')
    expect(await views({ record: open.id, person: cast.ben.contact_id })).toEqual([])
  })

  test('for admins all, for owners their partners, for others none', async () => {
    await cast.henrik.does(getWorkspace, { params: { workspace: cast.fjordkraft.workspace } })
    expect((await views()).some(({ partner_name }) => partner_name === 'Fjordkraft Data AS')).toBe(true)
    for (const person of [cast.ira, cast.lee, cast.mei]) expect(await views({}, person)).toEqual([])
    const partner = await cast.dana.does(getPartner, { params: { slug: cast.nordlicht.slug } })
    await cast.dana.does(editPartner, {
      params: { partner: partner.id },
      body: { version: partner.version, owner_id: cast.ids.lee },
    })
    expect(new Set((await views({}, cast.lee)).map(({ partner_name }) => partner_name))).toEqual(
      new Set(['Nordlicht GmbH']),
    )
    expect((await views({}, cast.uma)).every(({ partner_name }) => partner_name !== 'Nordlicht GmbH')).toBe(true)
  })
})

// The last: nothing else has sentences for a table of its own.
test('changes say of a row that came or went each field that holds something, and of one that changed what did', async () => {
  const { admin } = cast.world
  const { rows } = await admin.query('select org_id as org from organizations limit 1')
  await admin.query(`
    create table kinds (org_id uuid not null, id uuid primary key, words text not null, nothing text, number numeric, day date, at timestamptz, several text[] not null, deep jsonb, nil jsonb,
      version integer not null default 1);
    select app.hang_log('kinds')`)
  const id = 'a0000000-0000-4000-8000-000000000001'
  await admin.query(
    `insert into kinds values ($1, $2, '"%s', null, 1.50, '2026-03-01', '2026-03-01T09:30:00Z', array['a', null], '{"b": null, "c": [null, {"d": null}]}', 'null')`,
    [rows[0].org, id],
  )
  await admin.query(`update kinds set words = 'x', nothing = 'y', deep = null`)
  await admin.query('delete from kinds')
  const kept = await admin.query(
    `select action, record_id, partner_id, changes from audit_rows where table_name = 'kinds' order by action`,
  )
  const deep = { b: null, c: [null, { d: null }] }
  const same = { id, number: 1.5, day: '2026-03-01', at: '2026-03-01T09:30:00+00:00', several: ['a', null] }
  const beside = (values: object, pair: (value: unknown) => unknown[]) =>
    Object.fromEntries(Object.entries(values).map(([field, value]) => [field, pair(value)]))
  const about = { record_id: id, partner_id: null }
  expect(kept.rows).toEqual([
    { action: 'delete', ...about, changes: beside({ ...same, words: 'x', nothing: 'y' }, (value) => [value, null]) },
    { action: 'insert', ...about, changes: beside({ ...same, words: '"%s', deep }, (value) => [null, value]) },
    { action: 'update', ...about, changes: { words: ['"%s', 'x'], nothing: [null, 'y'], deep: [deep, null] } },
  ])
})
