import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { editContact, listContacts, removeAccess } from '#shared/contacts.ts'
import * as api from '#shared/deals.ts'
import { listDealEntries } from '#shared/entries.ts'
import { editPartner, editPartnerAccess, getPartner, getPartnerAccess } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import { getPortalDeal, listPortalDeals } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { minutes, seconds } from '#test/world.ts'

const lead = { kind: 'lead', customer_company: 'Elbe Kliniken', ask: 'Introduce us.', share: true } as const
let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())
const add = (more: object = {}, partner = cast.nordlicht.id) =>
  cast.dana.does(api.addDeal, { params: { partner }, body: { ...lead, ...more } })
const sees = async (who: 'ana' | 'ben' | 'henrik', ref: string) =>
  (
    await cast[who].call(getPortalDeal, {
      params: { workspace: who === 'henrik' ? cast.fjordkraft.workspace : cast.nordlicht.workspace, ref },
    })
  ).status === 200
const mails = async (deal: string) =>
  (await cast.world.admin.query('select state, contact_id from outbox where deal_id = $1 order by created_at', [deal]))
    .rows
const setPermissions = async (
  rows: typeof presets.together.rows | typeof presets.shared.rows | typeof presets.nothing.rows,
) => {
  const { version } = await cast.dana.does(getPartnerAccess, { params: { partner: cast.nordlicht.id } })
  await cast.dana.does(editPartnerAccess, {
    params: { partner: cast.nordlicht.id },
    body: { version, team_access: 'everyone', members: [], permissions: rows },
  })
}

describe('sharing', () => {
  test('waits ten seconds, then the partner sees it and their main contact is written to', async () => {
    const deal = await add()
    expect(deal).toMatchObject({ shared: true, turn: 'them', share: { shared_by: 'Dana Reyes' } })
    expect(await sees('ana', deal.ref)).toBe(false)
    await cast.world.settle()
    expect(await mails(deal.id)).toEqual([{ state: 'due', contact_id: cast.ana.contact_id }])
    await cast.world.pass(seconds(11))
    expect(await sees('ana', deal.ref)).toBe(true)
    await cast.world.settle()
    expect(await mails(deal.id)).toMatchObject([{ state: 'held' }])
  })

  test('their owner is written to when there is one; no one when the partner works internally or they have no access', async () => {
    expect(await mails((await add({ their_owner_id: cast.ben.contact_id })).id)).toMatchObject([
      { contact_id: cast.ben.contact_id },
    ])
    const partner = await cast.dana.does(getPartner, { params: { slug: cast.fjordkraft.slug } })
    await cast.dana.does(editPartner, {
      params: { partner: partner.id },
      body: { version: partner.version, works_via: 'internal' },
    })
    const quiet = await add({}, cast.fjordkraft.id)
    expect(await mails(quiet.id)).toEqual([])
    expect(quiet.shared).toBe(true)
  })

  test('undone in time it never was: nothing seen, no line, no mail', async () => {
    const deal = await add()
    const after = await cast.dana.does(api.stopSharingDeal, { params: { deal: deal.id } })
    expect(after).toMatchObject({ shared: false, share: null })
    expect(await mails(deal.id)).toMatchObject([{ state: 'dropped' }])
    await cast.world.pass(seconds(11))
    expect(await sees('ana', deal.ref)).toBe(false)
    expect((await cast.dana.does(listDealEntries, { params: { deal: deal.id }, query: {} })).items).toEqual([])
    expect((await cast.world.admin.query('select from shares where deal_id = $1', [deal.id])).rowCount).toBe(0)
  })

  test('stopped later it vanishes from then on; shared again it is a new share', async () => {
    const deal = await add()
    await cast.world.pass(minutes(1))
    expect(await sees('ana', deal.ref)).toBe(true)
    const stopped = await cast.dana.does(api.stopSharingDeal, { params: { deal: deal.id } })
    expect(stopped).toMatchObject({ shared: false, share: null, turn: 'us' })
    expect(await sees('ana', deal.ref)).toBe(false)
    expect(
      (await cast.ana.does(listPortalDeals, { params: { workspace: cast.nordlicht.workspace }, query: {} })).items.map(
        ({ ref }) => ref,
      ),
    ).not.toContain(deal.ref)
    const again = await cast.dana.does(api.shareDeal, { params: { deal: deal.id }, body: { show_value: true } })
    expect(again.share).toMatchObject({ show_value: true })
    await cast.world.pass(seconds(11))
    expect(await sees('ana', deal.ref)).toBe(true)
    const { rows } = await cast.world.admin.query(
      'select stopped_at is null as running, stopped_by from shares where deal_id = $1 order by shared_at',
      [deal.id],
    )
    expect(rows).toEqual([
      { running: false, stopped_by: cast.ids.dana },
      { running: true, stopped_by: null },
    ])
    const kinds = (await cast.dana.does(listDealEntries, { params: { deal: deal.id }, query: {} })).items
      .filter(({ kind }) => kind !== 'viewed')
      .map(({ kind }) => kind)
    expect(kinds).toEqual(['shared', 'stopped', 'shared'])
  })

  test('a deal is shared once at a time', async () => {
    const deal = await add()
    expect((await cast.dana.call(api.shareDeal, { params: { deal: deal.id }, body: {} })).status).toBe(409)
    const two = await add({ share: false })
    const both = await Promise.all(
      [1, 2].map(() => cast.dana.call(api.shareDeal, { params: { deal: two.id }, body: {} })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('others are refused and nothing is shared', async () => {
    const deal = await add({ share: false }, cast.fjordkraft.id)
    const open = await add({ share: false })
    expect((await cast.lee.call(api.shareDeal, { params: { deal: deal.id }, body: {} })).status).toBe(404)
    expect((await cast.uma.call(api.shareDeal, { params: { deal: open.id }, body: {} })).status).toBe(404)
    expect((await cast.mei.call(api.shareDeal, { params: { deal: open.id }, body: {} })).status).toBe(403)
    expect((await cast.mei.call(api.stopSharingDeal, { params: { deal: open.id } })).status).toBe(403)
    expect(
      (await cast.world.admin.query('select from shares where deal_id = any($1)', [[deal.id, open.id]])).rowCount,
    ).toBe(0)
  })

  test('no other partner sees it', async () => {
    const deal = await add()
    await cast.world.pass(seconds(11))
    expect(await sees('henrik', deal.ref)).toBe(false)
    expect(
      (await cast.dora.call(getPortalDeal, { params: { workspace: cast.delta.workspace, ref: deal.ref } })).status,
    ).toBe(404)
    expect(
      (await cast.henrik.call(getPortalDeal, { params: { workspace: cast.nordlicht.workspace, ref: deal.ref } }))
        .status,
    ).toBe(404)
  })

  test('someone who sees only their own deals sees those, and nothing without access', async () => {
    const [his, hers] = [
      await add({ their_owner_id: cast.ben.contact_id }),
      await add({ their_owner_id: cast.ana.contact_id }),
    ]
    await cast.world.pass(seconds(11))
    const find = async () =>
      (await cast.dana.does(listContacts, { params: { partner: cast.nordlicht.id } })).items.find(
        ({ id }) => id === cast.ben.contact_id,
      )
    await cast.dana.does(editContact, {
      params: { contact: cast.ben.contact_id },
      body: { version: (await find())?.version ?? 0, sees: 'own' },
    })
    expect([await sees('ben', his.ref), await sees('ben', hers.ref), await sees('ana', his.ref)]).toEqual([
      true,
      false,
      true,
    ])
    expect((await cast.dana.does(api.getDeal, { params: { ref: hers.ref } })).visible.people).toEqual(['Ana Lindner'])
    await cast.dana.does(removeAccess, { params: { contact: cast.ben.contact_id } })
    expect(await sees('ben', his.ref)).toBe(false)
    expect(await mails((await add({ their_owner_id: cast.ben.contact_id })).id)).toEqual([])
  })
})

describe('the preview', () => {
  const draft = {
    kind: 'lead',
    customer_company: 'Weser Docks',
    ask: 'Call them.',
    value_minor: 5_000_00,
    currency: 'EUR',
    customer_contact_name: 'Uwe Kai',
  } as const
  const preview = (more: object = {}) =>
    cast.dana.does(api.previewDeal, { params: { partner: cast.nordlicht.id }, body: { ...draft, ...more } })

  test('shows what the partner will get, field by field, and leaves nothing behind', async () => {
    const count = async () =>
      (
        await cast.world.admin.query(
          'select (select count(*) from deals) d, (select count(*) from shares) s, (select count(*) from entries) e, (select count(*) from audit_rows) a, (select count(*) from read_records) r, (select count(*) from contacts) c',
        )
      ).rows
    const before = await count()
    for (const exceptions of [{}, { show_value: true }, { show_customer_contact: true }]) {
      const seen = await preview(exceptions)
      expect(seen).toMatchObject({
        shown: true,
        why_not: null,
        customer_company: 'Weser Docks',
        value_shown: 'show_value' in exceptions,
        customer_contact_shown: 'show_customer_contact' in exceptions,
      })
      expect(seen.value_minor).toBe('show_value' in exceptions ? 5_000_00 : null)
      expect(seen.customer_contact_name).toBe('show_customer_contact' in exceptions ? 'Uwe Kai' : null)
    }
    expect(await preview({ customer_company: '', ask: '' })).toMatchObject({
      customer_company: '',
      ask: '',
      shown: true,
    })
    expect(await count()).toEqual(before)
  })

  test('equals the portal once it is shared', async () => {
    const { people: _, shown: __, why_not: ___, guards: ____, ...seen } = await preview({ show_value: true })
    const deal = await add({ ...draft, show_value: true })
    await cast.world.pass(seconds(11))
    expect(
      await cast.ana.does(getPortalDeal, { params: { workspace: cast.nordlicht.workspace, ref: deal.ref } }),
    ).toMatchObject(seen)
  })

  test('says why nothing would be seen', async () => {
    await setPermissions(presets.nothing.rows)
    expect(await preview({ show_value: true })).toMatchObject({
      shown: false,
      why_not: '"Deals you share" is off for Nordlicht GmbH.',
      value_minor: null,
      people: [],
    })
    await setPermissions(presets.shared.rows)
  })

  test('warns softly, and only of partners the member may see', async () => {
    await cast.dana.does(api.addDeal, {
      params: { partner: cast.fjordkraft.id },
      body: { ...lead, customer_company: 'WESER docks', share: false },
    })
    expect((await preview()).guards).toContain('Fjordkraft Data AS also has a deal with this customer.')
    const lees = await cast.lee.does(api.previewDeal, { params: { partner: cast.nordlicht.id }, body: draft })
    expect(lees.guards.join()).not.toContain('Fjordkraft')
    expect(lees.guards).toContainEqual(expect.stringMatching(/^Nordlicht GmbH has \d+ unanswered deals\.$/))
  })

  test('is not for readers or strangers', async () => {
    const given = { params: { partner: cast.nordlicht.id }, body: draft }
    expect((await cast.mei.call(api.previewDeal, given)).status).toBe(403)
    expect((await cast.uma.call(api.previewDeal, given)).status).toBe(404)
  })
})
