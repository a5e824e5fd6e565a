import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withActor } from '#server/db/actor.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { removeAccess } from '#shared/contacts.ts'
import { addDeal, type Deal, editDeal, getDeal } from '#shared/deals.ts'
import { addDealEntry } from '#shared/entries.ts'
import { listInbox } from '#shared/inbox.ts'
import { editPartnerAccess, getPartnerAccess } from '#shared/partners.ts'
import { type Permissions, presets } from '#shared/permissions.ts'
import * as api from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { seconds } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

async function share(more: object = {}): Promise<Deal> {
  const it = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company: 'Hafen Terminal AG', ask: 'Call.', share: true, ...more },
  })
  await cast.world.pass(seconds(11))
  return it
}
const at = (deal: Deal) => ({ workspace: cast.nordlicht.workspace, ref: deal.ref })
const inside = () => ({ workspace: cast.nordlicht.workspace })
async function permit(rows: Permissions): Promise<void> {
  const { version } = await cast.dana.does(getPartnerAccess, { params: { partner: cast.nordlicht.id } })
  await cast.dana.does(editPartnerAccess, {
    params: { partner: cast.nordlicht.id },
    body: { version, team_access: 'everyone', members: [], permissions: rows },
  })
}
const asAna = (statement: Sql) =>
  withActor(
    cast.world.product.database,
    { as: 'contact', token: cast.ana.session, workspace: cast.nordlicht.workspace },
    (tx) => tx.run(statement),
    { clock: cast.world.now },
  )
const reads = async () =>
  (
    await cast.world.admin.query(
      'select kind, channel, contact_id, record_ids, fields from read_records where contact_id is not null order by id desc limit 1',
    )
  ).rows[0]

describe('what they read', () => {
  test('the workspace says who invited them and what they may do', async () => {
    const it = await cast.ana.does(api.getWorkspace, { params: inside() })
    expect(it).toMatchObject({
      partner_name: 'Nordlicht GmbH',
      company_name: 'Halden Software',
      owner_name: 'Dana Reyes',
      contact_name: 'Ana Lindner',
      sees_deals: true,
      sees_value: false,
    })
    expect(it.invitation).toMatchObject({
      sent_by_name: 'Dana Reyes',
      message: expect.stringContaining('share our open leads'),
    })
    expect(await reads()).toMatchObject({ kind: 'workspace', channel: 'portal', contact_id: cast.ana.contact_id })
  })

  test('deals page by page, each page on record with the fields it held', async () => {
    for (const n of [1, 2, 3])
      await share({
        customer_company: `Customer ${n}`,
        value_minor: 100,
        currency: 'EUR',
        show_value: n === 2 ? true : null,
      })
    const first = await cast.ana.does(api.listPortalDeals, { params: inside(), query: { limit: '1' } })
    expect(
      first.items.map(({ customer_company, value_minor, value_shown }) => [customer_company, value_minor, value_shown]),
    ).toEqual([['Customer 3', null, false]])
    expect((await reads()).fields).not.toContain('value')
    expect((await reads()).record_ids).toHaveLength(1)
    const second = await cast.ana.does(api.listPortalDeals, {
      params: inside(),
      query: { limit: '1', cursor: first.next ?? '' },
    })
    expect(second.items.map(({ customer_company, value_minor }) => [customer_company, value_minor])).toEqual([
      ['Customer 2', 100],
    ])
    expect((await reads()).fields).toContain('value')
    const rest = await cast.ana.does(api.listPortalDeals, {
      params: inside(),
      query: { limit: '1', cursor: second.next ?? '' },
    })
    expect(rest).toMatchObject({ items: [{ customer_company: 'Customer 1' }], next: null })
  })

  test('nothing of a deal moves by what the team says and plans among itself, nor its place in the list', async () => {
    const [older, newer] = [await share({ customer_company: 'Older' }), await share({ customer_company: 'Newer' })]
    const read = async () => [
      (await cast.ana.does(api.getPortalDeal, { params: at(older) })) as object,
      (await cast.ana.does(api.listPortalDeals, { params: inside(), query: {} })).items.map(({ ref }) => ref),
    ]
    const before = await read()
    expect(before[1]).toEqual([newer.ref, older.ref, ...(before[1] as string[]).slice(2)])
    await cast.world.pass(seconds(60))
    await cast.dana.does(addDealEntry, { params: { deal: older.id }, body: { body: 'Between us.', audience: 'team' } })
    const { version } = await cast.dana.does(getDeal, { params: { ref: older.ref } })
    await cast.dana.does(editDeal, { params: { deal: older.id }, body: { version, next_step: 'Think again' } })
    expect(await read()).toEqual(before)
    await cast.dana.does(addDealEntry, { params: { deal: older.id }, body: { body: 'For you.', audience: 'partner' } })
    expect((await read())[1]).toEqual([older.ref, newer.ref, ...(before[1] as string[]).slice(2)])
  })

  test('an empty list is on record too', async () => {
    expect(
      (await cast.dora.does(api.listPortalDeals, { params: { workspace: cast.delta.workspace }, query: {} })).items,
    ).toEqual([])
    expect(await reads()).toMatchObject({ kind: 'deals', contact_id: cast.dora.contact_id, record_ids: [] })
    expect(
      (await cast.dora.does(api.listPortalNotes, { params: { workspace: cast.delta.workspace }, query: {} })).items,
    ).toEqual([])
    expect(await reads()).toMatchObject({ kind: 'notes', record_ids: [] })
  })

  test('their own people, and nobody else’s', async () => {
    const { items } = await cast.ana.does(api.listPortalPeople, { params: inside() })
    expect(items.map(({ name }) => name)).toEqual(['Ana Lindner', 'Ben Okafor'])
    expect((await reads()).record_ids.sort()).toEqual([cast.ana.contact_id, cast.ben.contact_id].sort())
  })

  test('a foreign workspace, a member’s session and no session find nothing', async () => {
    const deal = await share()
    for (const endpoint of [api.getWorkspace, api.listPortalPeople]) {
      expect((await cast.henrik.call(endpoint, { params: inside() })).status).toBe(404)
      expect((await cast.dana.call(endpoint, { params: inside() })).status).toBe(404)
      expect((await cast.world.stranger.call(endpoint, { params: inside() })).status).toBe(401)
    }
    expect(
      (await cast.henrik.call(api.getPortalDeal, { params: { workspace: cast.fjordkraft.workspace, ref: deal.ref } }))
        .status,
    ).toBe(404)
  })

  test('permissions bite at the next request', async () => {
    const deal = await share({ value_minor: 900, currency: 'EUR', customer_contact_name: 'Jana Meer' })
    const read = () => cast.ana.call(api.getPortalDeal, { params: at(deal) })
    expect((await read()).body).toMatchObject({ value_minor: null, customer_contact_name: null })
    await permit(presets.together.rows)
    expect((await read()).body).toMatchObject({ value_minor: 900, customer_contact_name: 'Jana Meer' })
    await permit(presets.nothing.rows)
    expect((await read()).status).toBe(404)
    expect((await cast.ana.does(api.listPortalDeals, { params: inside(), query: {} })).items).toEqual([])
    await permit(presets.shared.rows)
  })

  test('viewing as them gives the same bytes, writes nothing as them and lets nothing be changed', async () => {
    const deal = await share()
    const headers = { 'x-view-as': cast.ana.contact_id }
    const calls = [
      [api.listPortalDeals, { params: inside(), query: {} }],
      [api.getPortalDeal, { params: at(deal) }],
      [api.listPortalEntries, { params: at(deal), query: {} }],
      [api.listPortalNotes, { params: inside(), query: {} }],
      [api.listPortalPeople, { params: inside() }],
      [api.getWorkspace, { params: inside() }],
    ] as const
    const seen_by_ana = async () =>
      (
        await cast.world.admin.query('select count(*)::int as n from read_records where contact_id = $1', [
          cast.ana.contact_id,
        ])
      ).rows[0].n
    for (const [endpoint, given] of calls) {
      const own = await cast.ana.call(endpoint as typeof api.getPortalDeal, given as never)
      const before = await seen_by_ana()
      const viewed = await cast.dana.call(endpoint as typeof api.getPortalDeal, given as never, headers)
      expect(own.status).toBe(200)
      expect(viewed.raw.body).toBe(own.raw.body)
      expect(await seen_by_ana()).toBe(before)
    }
    expect((await cast.dana.call(api.moveDeal, { params: at(deal), body: { stage: 'Working' } }, headers)).status).toBe(
      403,
    )
    expect((await cast.uma.call(api.getPortalDeal, { params: at(deal) }, headers)).status).toBe(404)
  })
})

describe('what they write', () => {
  test('accepting sets the answer and nothing else, once', async () => {
    const deal = await share()
    const answered = await cast.ana.does(api.answerDeal, { params: at(deal), body: { answer: 'accepted' } })
    expect(answered).toMatchObject({ answer: 'accepted', stage: 'New', turn: 'them' })
    expect(await cast.dana.does(getDeal, { params: { ref: deal.ref } })).toMatchObject({
      answer: 'accepted',
      answered_by_name: 'Ana Lindner',
      stage: 'New',
      outcome: null,
    })
    for (const answer of ['accepted', 'declined'] as const) {
      const again = await cast.ben.call(api.answerDeal, { params: at(deal), body: { answer } })
      expect([again.status, again.problem.detail]).toEqual([409, 'This deal was answered already.'])
      expect(again.problem.current).toMatchObject({ answer: 'accepted' })
    }
  })

  test('two who answer at once: one is heard', async () => {
    const deal = await share()
    const both = await Promise.all([
      cast.ana.call(api.answerDeal, { params: at(deal), body: { answer: 'accepted' } }),
      cast.ben.call(api.answerDeal, { params: at(deal), body: { answer: 'declined', reason: 'Not for us' } }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(
      (await cast.world.admin.query("select from entries where deal_id = $1 and kind = 'answer'", [deal.id])).rowCount,
    ).toBe(1)
  })

  test('moving and commenting reach the timeline, the turn and the owner’s inbox', async () => {
    const deal = await share({ customer_company: 'Elbe Kliniken' })
    expect(await cast.ana.does(api.moveDeal, { params: at(deal), body: { stage: 'Proposal' } })).toMatchObject({
      stage: 'Proposal',
      turn: 'us',
    })
    const said = await cast.ana.does(api.addPortalEntry, { params: at(deal), body: { body: 'They want an offer.' } })
    expect(said).toMatchObject({
      kind: 'comment',
      body: 'They want an offer.',
      by_partner: true,
      author_name: 'Ana Lindner',
    })
    const lines = (await cast.ben.does(api.listPortalEntries, { params: at(deal), query: {} })).items
    expect(lines.map(({ kind, to_value }) => [kind, to_value])).toEqual([
      ['comment', null],
      ['stage', 'Proposal'],
    ])
    const row = (await cast.dana.does(listInbox, { query: {} })).items.find((it) => it.deal?.ref === deal.ref)
    expect(row).toMatchObject({
      sentence: 'Ana Lindner moved it to Proposal and commented',
      excerpt: 'They want an offer.',
      unread: true,
      count: 2,
    })
  })

  test('without "Update deals" they read and are told so', async () => {
    const deal = await share()
    await permit({ ...presets.shared.rows, updates_deals: false })
    const tries = [
      await cast.ana.call(api.answerDeal, { params: at(deal), body: { answer: 'accepted' } }),
      await cast.ana.call(api.moveDeal, { params: at(deal), body: { stage: 'Working' } }),
      await cast.ana.call(api.addPortalEntry, { params: at(deal), body: { body: 'Hello' } }),
    ]
    expect(tries.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(await asAna(sql`update portal.deals set stage = 'Working' where ref = ${deal.ref}`)).toBe(0)
    await expect(
      asAna(sql`insert into portal.entries (id, deal_id, body) values (gen_random_uuid(), ${deal.id}::uuid, 'x')`),
    ).rejects.toMatchObject({ code: '42501' })
    await permit(presets.shared.rows)
    expect(await asAna(sql`update portal.deals set stage = 'New' where ref = ${deal.ref}`)).toBe(1)
    expect((await cast.world.admin.query('select answer, stage from deals where id = $1', [deal.id])).rows).toEqual([
      { answer: 'pending', stage: 'New' },
    ])
  })

  test('what they do not see they do not change; a closed deal is over', async () => {
    const hidden = await share({ share: false })
    expect((await cast.ana.call(api.answerDeal, { params: at(hidden), body: { answer: 'accepted' } })).status).toBe(404)
    expect((await cast.ana.call(api.moveDeal, { params: at(hidden), body: { stage: 'Working' } })).status).toBe(404)
    expect((await cast.ana.call(api.addPortalEntry, { params: at(hidden), body: { body: 'x' } })).status).toBe(404)
    const closed = await share()
    await cast.dana.does(editDeal, { params: { deal: closed.id }, body: { version: closed.version, outcome: 'won' } })
    expect((await cast.ana.call(api.moveDeal, { params: at(closed), body: { stage: 'Working' } })).status).toBe(409)
    expect((await cast.ana.call(api.answerDeal, { params: at(closed), body: { answer: 'accepted' } })).status).toBe(409)
  })

  test('they write three columns and their own words, nothing else', async () => {
    const deal = await share()
    await expect(
      asAna(sql`update portal.deals set customer_company = 'Mine' where ref = ${deal.ref}`),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(asAna(sql`update portal.deals set outcome = 'won' where ref = ${deal.ref}`)).rejects.toMatchObject({
      code: '42501',
    })
    await expect(
      asAna(
        sql`insert into portal.entries (id, deal_id, body, kind) values (gen_random_uuid(), ${deal.id}::uuid, 'x', 'outcome')`,
      ),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(asAna(sql`select from deals`)).rejects.toMatchObject({ code: '42501' })
    await asAna(sql`update portal.deals set answer = 'declined', answer_reason = 'Not for us' where ref = ${deal.ref}`)
    await expect(
      asAna(sql`update portal.deals set answer_reason = 'Other' where ref = ${deal.ref}`),
    ).rejects.toMatchObject({ code: 'P0409' })
  })

  test('someone who lost access is out at once', async () => {
    const deal = await share()
    await cast.dana.does(removeAccess, { params: { contact: cast.ben.contact_id } })
    expect((await cast.ben.call(api.getPortalDeal, { params: at(deal) })).status).toBe(404)
    expect((await cast.ben.call(api.addPortalEntry, { params: at(deal), body: { body: 'x' } })).status).toBe(404)
  })
})
