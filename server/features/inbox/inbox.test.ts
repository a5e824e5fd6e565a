import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDeal, type Deal } from '#shared/deals.ts'
import * as api from '#shared/inbox.ts'
import { editPartnerAccess, getPartnerAccess } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import { addPortalEntry, answerDeal, moveDeal } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, hours, minutes, seconds } from '#test/world.ts'
import { inboxSentence } from './sentences.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())
async function share(owner: string, customer_company: string): Promise<Deal> {
  const it = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company, ask: 'Call.', share: true, our_owner_id: owner },
  })
  // She is done with what a colleague gave her before the partner does anything.
  await cast.ira.does(api.doneInbox, { body: { done: true } })
  await cast.world.pass(seconds(11))
  return it
}
const at = (deal: Deal) => ({ workspace: cast.nordlicht.workspace, ref: deal.ref })
const list = async (who = cast.ira, query: object = {}) =>
  (await who.does(api.listInbox, { query: query as never })).items

describe('sentences', () => {
  const ana = (kind: string, to_value: string | null = null) => ({ kind, who: 'Ana', to_value })
  test('fold what one person did, and name each person once', () => {
    expect(inboxSentence([ana('comment'), ana('comment'), ana('stage', 'Proposal')])).toBe(
      'Ana commented and moved it to Proposal',
    )
    expect(
      inboxSentence([ana('answer', 'accepted'), ana('comment'), ana('stage', 'Working'), ana('stage', 'Proposal')]),
    ).toBe('Ana accepted it, commented and moved it to Proposal')
    expect(inboxSentence([ana('comment'), { kind: 'comment', who: 'Ben', to_value: null }])).toBe(
      'Ana commented and Ben commented',
    )
    expect(inboxSentence([ana('accepted')])).toBe('Ana accepted your invitation')
  })
})

describe('the inbox', () => {
  test('what a contact does reaches the owner of the deal once, folded by deal', async () => {
    const [one, two] = [await share(cast.ids.ira, 'Hafen Terminal AG'), await share(cast.ids.ira, 'Elbe Kliniken')]
    await cast.ana.does(answerDeal, { params: at(one), body: { answer: 'accepted' } })
    await cast.ana.does(addPortalEntry, { params: at(one), body: { body: 'First words.' } })
    await cast.world.pass(minutes(1))
    await cast.ben.does(moveDeal, { params: at(two), body: { stage: 'Working' } })
    await cast.world.pass(minutes(1))
    await cast.ana.does(addPortalEntry, { params: at(one), body: { body: 'Last words.' } })
    const rows = await list()
    expect(rows.map(({ sentence, count, excerpt }) => [sentence, count, excerpt])).toEqual([
      ['Ana Lindner accepted it and commented', 3, 'Last words.'],
      ['Ben Okafor moved it to Working', 1, null],
    ])
    expect(rows[0]).toMatchObject({
      deal: { ref: one.ref, customer_company: 'Hafen Terminal AG' },
      partner: { legal_name: 'Nordlicht GmbH' },
      unread: true,
    })
    expect(await cast.ira.does(api.countInbox, {})).toEqual({ unread: 2 })
    expect((await list(cast.lee)).length).toBe(0)
  })

  const customers = async (tab: 'for_you' | 'all' | 'done' = 'for_you') =>
    (await list(cast.ira, { tab })).map(({ deal }) => deal?.customer_company)

  test('pages, marks as read and back, and only one’s own', async () => {
    const first = await cast.ira.does(api.listInbox, { query: { limit: '1' } })
    const second = await cast.ira.does(api.listInbox, { query: { limit: '1', cursor: first.next ?? '' } })
    expect([first.items[0]?.deal?.customer_company, second.items[0]?.deal?.customer_company, second.next]).toEqual([
      'Hafen Terminal AG',
      'Elbe Kliniken',
      null,
    ])
    const ids = first.items[0]?.ids ?? []
    expect(await cast.lee.does(api.readInbox, { body: { ids, read: true } })).toEqual({ unread: 0 })
    expect(await cast.ira.does(api.countInbox, {})).toEqual({ unread: 2 })
    expect(await cast.ira.does(api.readInbox, { body: { ids, read: true } })).toMatchObject({ unread: 1 })
    // What was read stays until one is done with it.
    expect((await list()).map(({ unread }) => unread)).toEqual([false, true])
    expect(await cast.ira.does(api.readInbox, { body: { ids, read: false } })).toMatchObject({ unread: 2 })
    expect(await cast.ira.does(api.readInbox, { body: { read: true } })).toMatchObject({ unread: 0 })
    expect(await customers()).toEqual(['Hafen Terminal AG', 'Elbe Kliniken'])
  })

  test('what one is done with leaves, until something new happens on it', async () => {
    const [hafen] = await list()
    const ids = hafen?.ids ?? []
    expect(await cast.lee.does(api.doneInbox, { body: { ids, done: true } })).toEqual({ unread: 0, ids: [] })
    expect((await cast.ira.does(api.doneInbox, { body: { ids, done: true } })).ids.sort()).toEqual(ids.toSorted())
    expect(await customers()).toEqual(['Elbe Kliniken'])
    expect((await customers('done'))[0]).toBe('Hafen Terminal AG')
    await cast.world.pass(minutes(1))
    const { ref } = hafen?.deal ?? { ref: '' }
    await cast.ana.does(addPortalEntry, {
      params: { workspace: cast.nordlicht.workspace, ref },
      body: { body: 'One thing more.' },
    })
    // Only the new is told, and the old is still done.
    const [again] = await list()
    expect([again?.deal?.ref, again?.count, again?.unread, again?.done]).toEqual([ref, 1, true, false])
    const all = (await list(cast.ira, { tab: 'all' })).find(({ deal }) => deal?.ref === ref)
    expect(all?.count).toBeGreaterThan(hafen?.count ?? 0)
    expect(all?.done).toBe(false)
    // All at once, and taken back.
    const done = await cast.ira.does(api.doneInbox, { body: { done: true } })
    expect([done.unread, await customers()]).toEqual([0, []])
    await cast.ira.does(api.doneInbox, { body: { ids: done.ids, done: false } })
    expect(await customers()).toEqual(['Hafen Terminal AG', 'Elbe Kliniken'])
    await cast.ira.does(api.doneInbox, { body: { ids, done: false } })
  })

  test('what is put aside is away until its moment, and unread and on top then', async () => {
    const elbe = (await list()).find(({ deal }) => deal?.customer_company === 'Elbe Kliniken')
    const ids = elbe?.ids ?? []
    const until = new Date(cast.world.now().getTime() + hours(20)).toISOString()
    expect(await cast.lee.does(api.snoozeInbox, { body: { ids, until } })).toMatchObject({ unread: 0 })
    await cast.ira.does(api.snoozeInbox, { body: { ids, until } })
    expect(await customers()).toEqual(['Hafen Terminal AG'])
    const aside = (await list(cast.ira, { tab: 'all' })).find(({ id }) => id === elbe?.id)
    expect([aside?.unread, Date.parse(aside?.snoozed_until ?? '')]).toEqual([false, Date.parse(until)])
    // It may be brought back before, read as it is.
    await cast.ira.does(api.snoozeInbox, { body: { ids, until: null } })
    expect((await list()).map((row) => [row.deal?.customer_company, row.unread])).toContainEqual([
      'Elbe Kliniken',
      false,
    ])
    await cast.ira.does(api.snoozeInbox, { body: { ids, until } })
    await cast.world.pass(hours(20) + 1)
    expect((await list())[0]).toMatchObject({ id: elbe?.id, unread: true, snoozed_until: null })
    expect(await cast.ira.does(api.countInbox, {})).toEqual({ unread: 1 })
    expect((await cast.ira.does(api.readInbox, { body: { ids, read: true } })).unread).toBe(0)
    expect((await list())[0]).toMatchObject({ id: elbe?.id, unread: false })
    for (const wrong of [cast.world.now().getTime() - 1, cast.world.now().getTime() + days(400)]) {
      const body = { ids, until: new Date(wrong).toISOString() }
      const { status, problem } = await cast.ira.call(api.snoozeInbox, { body })
      expect([status, problem.errors?.[0]?.field]).toEqual([422, 'until'])
    }
    await cast.ira.does(api.doneInbox, { body: { done: true } })
  })

  test('an accepted invitation reaches whoever sent it', async () => {
    const row = (await list(cast.dana, { tab: 'all' })).find(
      ({ deal, partner }) => !deal && partner.legal_name === 'Fjordkraft Data AS',
    )
    expect(row?.sentence).toBe('Henrik Aasen accepted your invitation')
  })

  test('rows of a partner that one no longer sees are gone', async () => {
    const deal = await share(cast.ids.ira, 'Weser Docks')
    await cast.ana.does(addPortalEntry, { params: at(deal), body: { body: 'Hello.' } })
    expect((await list()).length).toBe(1)
    const { version } = await cast.dana.does(getPartnerAccess, { params: { partner: cast.nordlicht.id } })
    await cast.dana.does(editPartnerAccess, {
      params: { partner: cast.nordlicht.id },
      body: { version, team_access: 'picked', members: [], permissions: presets.shared.rows },
    })
    expect(await list()).toEqual([])
    expect(await cast.ira.does(api.countInbox, {})).toEqual({ unread: 0 })
  })

  test('is not for contacts', async () => {
    expect((await cast.ana.call(api.listInbox, { query: {} })).status).toBe(403)
  })
})
