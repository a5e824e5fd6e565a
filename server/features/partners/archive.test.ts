import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { editContact, inviteContact, listContacts, listOutsiders } from '#shared/contacts.ts'
import { addDeal } from '#shared/deals.ts'
import { addNote } from '#shared/entries.ts'
import { listChanges } from '#shared/log.ts'
import * as api from '#shared/partners.ts'
import { getWorkspace, listPortalDeals, listPortalNotes } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { businessOf } from '#test/equipment/rows.ts'
import { days, hours, minutes, type Person } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
  const at = { params: { partner: cast.nordlicht.id } }
  const deal = (customer_company: string, share: boolean, owner?: string) =>
    cast.dana.does(addDeal, {
      ...at,
      body: {
        kind: 'lead',
        customer_company,
        ask: 'Call.',
        value_minor: 5_000_00,
        currency: 'EUR',
        share,
        ...(owner ? { their_owner_id: owner } : {}),
      },
    })
  await deal('Hafen Terminal', true)
  await deal('Elbe Kliniken', true, cast.ben.contact_id)
  await deal('Kept Ltd', false)
  await cast.dana.does(addNote, { ...at, body: { body: 'Between us', audience: 'team' } })
  await cast.dana.does(addNote, { ...at, body: { body: 'For you', audience: 'partner' } })
  await cast.world.pass(minutes(1))
  await cast.world.settle()
})
afterAll(() => cast.world.close())

const at = () => ({ params: { partner: cast.nordlicht.id } })
const workspace = () => ({ workspace: cast.nordlicht.workspace })
const today = () => cast.dana.does(api.getPartner, { params: { slug: cast.nordlicht.slug } })
const sight = async (who: Person) => [
  (await who.call(getWorkspace, { params: workspace() })).status,
  (await who.call(listPortalDeals, { params: workspace(), query: {} })).body.items,
  (await who.call(listPortalNotes, { params: workspace(), query: {} })).body.items,
]

describe('Archiving', () => {
  test('says first how many deals stay open and who loses what, and changes nothing by saying it', async () => {
    const before = await businessOf(cast.world.admin)
    const preview = await cast.dana.does(api.previewArchive, at())
    expect(preview).toMatchObject({ open_deals: 3, people: ['Ana Lindner', 'Ben Okafor'] })
    expect(preview.exposure.sentences).toEqual([
      'Nordlicht GmbH will no longer see 2 deals.',
      'Nordlicht GmbH will no longer see 1 note.',
      'Nordlicht GmbH will no longer be able to update deals.',
      'Ana Lindner and Ben Okafor are affected.',
    ])
    expect(preview.exposure.contacts[0]?.disappears.map(({ label }) => label).sort()).toEqual([
      'Elbe Kliniken',
      'For you',
      'Hafen Terminal',
    ])
    expect(JSON.stringify(preview)).not.toMatch(/Kept Ltd|Between us/)
    expect(await businessOf(cast.world.admin)).toEqual(before)
  })

  test('shuts them out at once; restoring gives back what its preview says, by whom', async () => {
    const promised = (await cast.dana.does(api.previewArchive, at())).exposure
    const had = await sight(cast.ana)
    expect((await cast.dana.does(api.archivePartner, at())).archived_at).not.toBeNull()
    expect((await sight(cast.ana)).slice(0, 1)).toEqual([404])
    expect((await cast.dana.does(listOutsiders, {})).partners.map((it) => it.legal_name)).not.toContain(
      'Nordlicht GmbH',
    )
    const back = (await cast.dana.does(api.previewArchive, at())).exposure
    expect(back.contacts.map((it) => [it.names, it.appears])).toEqual(
      promised.contacts.map((it) => [it.names, it.disappears]),
    )
    expect(back.sentences).toContain('Nordlicht GmbH will now see 2 deals.')
    expect((await cast.dana.does(api.restorePartner, at())).archived_at).toBeNull()
    expect(await sight(cast.ana)).toEqual(had)
  })

  test('and restoring leaves every business column as it was, whatever the partner allows and whoever sees what', {
    timeout: 120_000,
  }, async () => {
    const rights = fc.record({
      sees_deals: fc.boolean(),
      sees_value: fc.boolean(),
      sees_customer_contact: fc.boolean(),
      sees_notes: fc.boolean(),
      updates_deals: fc.boolean(),
      sends_deals: fc.boolean(),
    })
    const states = fc.record({
      permissions: rights,
      team_access: fc.constantFrom('everyone', 'picked'),
      status: fc.constantFrom('onboarding', 'active', 'dormant'),
      ben_sees: fc.constantFrom('all', 'own'),
      later: fc.integer({ min: 0, max: 3 }),
    })
    // What happened so far is told by mail before, at whatever hour and on whatever day this runs: four days hold a morning that is no weekend.
    for (let n = 0; n < 16; n++) {
      await cast.world.pass(hours(6))
      await cast.world.settle()
    }
    await fc.assert(
      fc.asyncProperty(states, async ({ permissions, team_access, status, ben_sees, later }) => {
        const { version } = await today()
        await cast.dana.does(api.editPartnerAccess, {
          ...at(),
          body: {
            version,
            team_access: team_access as 'picked',
            members: [{ member_id: cast.ids.lee, level: 'view' }],
            permissions,
          },
        })
        // Lee is told about it, which has nothing to do with what comes now.
        await cast.world.pass(minutes(1))
        await cast.world.settle()
        await cast.dana.does(api.editPartner, {
          ...at(),
          body: { version: (await today()).version, status: status as 'active' },
        })
        const ben = (await cast.dana.does(listContacts, at())).items.find(({ id }) => id === cast.ben.contact_id)!
        await cast.dana.does(editContact, {
          params: { contact: ben.id },
          body: { version: ben.version, sees: ben_sees as 'all' },
        })
        const before = await businessOf(cast.world.admin)
        const seen = [await sight(cast.ana), await sight(cast.ben)]
        await cast.dana.does(api.archivePartner, at())
        expect((await sight(cast.ana))[0]).toBe(404)
        await cast.world.pass(days(later))
        await cast.world.settle()
        await cast.dana.does(api.restorePartner, at())
        expect(await businessOf(cast.world.admin)).toEqual(before)
        expect([await sight(cast.ana), await sight(cast.ben)]).toEqual(seen)
      }),
      { numRuns: 12 },
    )
  })

  test('is for an admin or the owner; the others are told so, or find nothing', async () => {
    const { version } = await today()
    await cast.dana.does(api.editPartnerAccess, {
      ...at(),
      body: { version, team_access: 'everyone', members: [], permissions: (await today()).permissions },
    })
    for (const [person, status] of [
      [cast.ira, 403],
      [cast.mei, 403],
      [cast.uma, 404],
    ] as const)
      for (const endpoint of [api.previewArchive, api.archivePartner, api.restorePartner])
        expect((await person.call(endpoint, at())).status).toBe(status)
    expect((await today()).archived_at).toBeNull()
    const mine = await cast.ira.does(api.addPartner, { body: { legal_name: 'Irasee', email: 'i@irasee.example' } })
    const own = { params: { partner: mine.id } }
    expect((await cast.ira.does(api.archivePartner, own)).archived_at).not.toBeNull()
    expect((await cast.ira.does(api.restorePartner, own)).archived_at).toBeNull()
  })

  test('an archived partner is read and not changed, and nobody is invited to it', async () => {
    await cast.dana.does(api.archivePartner, at())
    const archived = await today()
    const edited = await cast.dana.call(api.editPartner, { ...at(), body: { version: archived.version, phone: '1' } })
    expect([edited.status, edited.problem.detail]).toEqual([409, 'Nordlicht GmbH is archived. Restore it first.'])
    const { items } = await cast.dana.does(listContacts, at())
    const contact = items[0]!
    const body = { message: 'Please come in and have a look around.' }
    expect((await cast.dana.call(inviteContact, { params: { contact: contact.id }, body })).status).toBe(409)
    await cast.dana.does(api.restorePartner, at())
  })

  test('twice is once, and the log says both', async () => {
    await cast.dana.does(api.archivePartner, at())
    const { version } = await cast.dana.does(api.archivePartner, at())
    expect((await today()).version).toBe(version)
    await cast.dana.does(api.restorePartner, at())
    const { items } = await cast.dana.does(listChanges, { query: { partner: cast.nordlicht.id, limit: '2' } })
    expect(items.map(({ sentence }) => sentence)).toEqual([
      'Dana Reyes restored Nordlicht GmbH',
      'Dana Reyes archived Nordlicht GmbH',
    ])
  })
})

describe('A new name', () => {
  test('is told with the one before, and every link goes on working, on both sides', async () => {
    const before = await today()
    const renamed = await cast.dana.does(api.editPartner, {
      ...at(),
      body: { version: before.version, legal_name: 'Nordlicht Systems SE' },
    })
    expect(renamed).toMatchObject({ slug: 'nordlicht-systems-se', workspace: before.workspace })
    for (const slug of [before.slug, renamed.slug, before.id])
      expect((await cast.dana.does(api.getPartner, { params: { slug } })).legal_name).toBe('Nordlicht Systems SE')
    expect((await cast.ana.does(getWorkspace, { params: workspace() })).partner_name).toBe('Nordlicht Systems SE')
    const { items } = await cast.dana.does(listChanges, { query: { partner: before.id, limit: '1' } })
    expect(items[0]?.sentence).toBe('Dana Reyes renamed Nordlicht GmbH to Nordlicht Systems SE')
  })
})
