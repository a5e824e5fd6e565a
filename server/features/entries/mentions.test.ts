import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withActor } from '#server/db/actor.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { addDeal } from '#shared/deals.ts'
import * as api from '#shared/entries.ts'
import { countInbox, listInbox } from '#shared/inbox.ts'
import { archivePartner, editPartnerAccess, getPartnerAccess, restorePartner } from '#shared/partners.ts'
import { listPortalEntries, listPortalNotes } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { businessOf } from '#test/equipment/rows.ts'
import { type Person, seconds } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

const at = () => ({ params: { partner: cast.nordlicht.id } })
const workspace = () => ({ workspace: cast.nordlicht.workspace })
const write = (body: string, mentions: string[], audience: 'team' | 'partner' = 'team', by: Person = cast.dana) =>
  by.call(api.addNote, { ...at(), body: { body, audience, mentions } })
const inbox = async (who: Person) => (await who.does(listInbox, { query: {} })).items
const theirs = async (who: Person = cast.ana) =>
  (await who.does(listPortalNotes, { params: workspace(), query: {} })).items.map(({ body }) => body)

describe('A mention', () => {
  test('reaches the inbox of whoever is named, once, with who wrote it and what', async () => {
    const reply = await write('@Ira Novak, @Mei Sato: see this, @Ira Novak.', [
      cast.ids.ira,
      cast.ids.mei,
      cast.ids.ira,
    ])
    expect(reply.body.mentions.map(({ name }) => name)).toEqual(['Ira Novak', 'Mei Sato'])
    for (const who of [cast.ira, cast.mei]) {
      expect(await inbox(who)).toMatchObject([
        {
          sentence: 'Dana Reyes mentioned you',
          excerpt: '@Ira Novak, @Mei Sato: see this, @Ira Novak.',
          note: true,
          deal: null,
          count: 1,
        },
      ])
      expect(await who.does(countInbox, {})).toEqual({ unread: 1 })
    }
    expect(await inbox(cast.lee)).toEqual([])
  })

  test('of oneself tells nobody', async () => {
    const before = (await inbox(cast.dana)).length
    await write('@Dana Reyes, remember this.', [cast.ids.dana])
    expect((await inbox(cast.dana)).length).toBe(before)
  })

  test('on a deal leads to the deal; the partner reads the plain name', async () => {
    const deal = await cast.dana.does(addDeal, {
      ...at(),
      body: { kind: 'lead', customer_company: 'Hafen', ask: 'Call.', share: true },
    })
    await cast.world.pass(seconds(11))
    await cast.dana.does(api.addDealEntry, {
      params: { deal: deal.id },
      body: { body: '@Ira Novak takes this over.', audience: 'partner', mentions: [cast.ids.ira] },
    })
    expect((await inbox(cast.ira))[0]).toMatchObject({ deal: { ref: deal.ref }, note: false })
    const seen = await cast.ana.does(listPortalEntries, { params: { ...workspace(), ref: deal.ref }, query: {} })
    expect(seen.items.find(({ body }) => body?.includes('takes this over'))?.body).toBe('@Ira Novak takes this over.')
    expect(JSON.stringify(seen)).not.toContain(cast.ids.ira)
  })

  test('of someone who does not see the partner is refused with a name, and nothing is written', async () => {
    const hidden = { params: { partner: cast.fjordkraft.id } }
    const before = await businessOf(cast.world.admin)
    const { status, problem } = await cast.dana.call(api.addNote, {
      ...hidden,
      body: { body: '@Lee Park', audience: 'team', mentions: [cast.ids.lee] },
    })
    expect([status, problem.errors?.[0]?.field]).toEqual([422, 'mentions'])
    expect(problem.detail).toMatch(/^Lee Park does not see Fjordkraft Data AS and would not be told\./)
    const { rows } = await cast.world.admin.query("select id from members where email = 'uma@umbra.example'")
    for (const stranger of [randomUUID(), rows[0].id]) {
      const refused = await write('@nobody', [stranger])
      expect([refused.status, refused.problem.detail]).toEqual([422, 'Mention people who are on your team.'])
    }
    expect(await businessOf(cast.world.admin)).toEqual(before)
  })

  test('is offered of those alone who see the partner', async () => {
    const names = async (who: Person, partner: string) =>
      (await who.call(api.listColleagues, { params: { partner } })).body.items?.map(({ name }) => name)
    expect(await names(cast.mei, cast.nordlicht.id)).toEqual(['Dana Reyes', 'Ira Novak', 'Lee Park', 'Mei Sato'])
    expect(await names(cast.ira, cast.fjordkraft.id)).toEqual(['Dana Reyes', 'Ira Novak'])
    for (const [who, partner] of [
      [cast.lee, cast.fjordkraft.id],
      [cast.uma, cast.nordlicht.id],
    ] as const)
      expect((await who.call(api.listColleagues, { params: { partner } })).status).toBe(404)
  })

  test('is gone from the inbox of somebody who no longer sees the partner', async () => {
    await write('@Lee Park, one more.', [cast.ids.lee])
    expect((await inbox(cast.lee)).length).toBe(1)
    const { version, permissions } = await cast.dana.does(getPartnerAccess, at())
    const put = (team_access: 'picked' | 'everyone', seen: number) =>
      cast.dana.does(editPartnerAccess, { ...at(), body: { version: seen, team_access, members: [], permissions } })
    const picked = await put('picked', version)
    expect(await inbox(cast.lee)).toEqual([])
    await put('everyone', picked.version)
  })

  test('is added by whoever wrote the line and by nobody else, whatever they send', async () => {
    const note = (await write('Mine alone.', [])).body
    const as = (who: Person, statement: Sql) =>
      withActor(cast.world.product.database, { as: 'team', token: who.session }, (tx) => tx.run(statement), {
        clock: cast.world.now,
      })
    const add = sql`insert into mentions (org_id, entry_id, member_id) values ((select app.org()), ${note.id}::uuid, ${cast.ids.lee}::uuid)`
    for (const who of [cast.ira, cast.mei]) await expect(as(who, add)).rejects.toMatchObject({ code: '42501' })
    expect(await as(cast.dana, add)).toBe(1)
  })
})

describe('A copy of a note', () => {
  const copy = (note: string, body: string, by: Person = cast.dana) =>
    by.call(api.shareNoteCopy, { params: { note }, body: { body } })
  const ours = async () => (await cast.dana.does(api.listNotes, { ...at(), query: {} })).items

  test('is what the partner reads, after ten seconds; the original stays the team’s, word for word', async () => {
    const note = (await write('They pay late, 45 days are fine.', [])).body
    const shared = (await copy(note.id, 'We can talk about terms.')).body
    expect(shared).toMatchObject({ audience: 'partner', copy_of: note.id, visible: false })
    expect(await theirs()).not.toContain('We can talk about terms.')
    await cast.world.pass(seconds(11))
    expect(await theirs()).toContain('We can talk about terms.')
    expect((await theirs()).join()).not.toContain('45 days')
    expect((await ours()).find(({ id }) => id === note.id)).toMatchObject({
      audience: 'team',
      visible: false,
      body: 'They pay late, 45 days are fine.',
      copied: true,
    })
    const read = await cast.ana.does(listPortalNotes, { params: workspace(), query: {} })
    expect(JSON.stringify(read)).not.toContain(note.id)
  })

  test('undone in time never was: neither the copy nor its line', async () => {
    const note = (await write('Keep this.', [])).body
    const lines = async () => {
      const { entries, shares, notifications } = await businessOf(cast.world.admin)
      return { entries, shares, notifications }
    }
    const before = await lines()
    const shared = (await copy(note.id, 'Too early.')).body
    const left = await cast.dana.does(api.stopSharingNote, { params: { note: shared.id } })
    expect(left).toMatchObject({ id: note.id, copied: false })
    expect(await lines()).toEqual(before)
    await cast.world.pass(seconds(11))
    expect(await theirs()).not.toContain('Too early.')
  })

  test('stopped later stays with the team as what was shared', async () => {
    const note = (await write('Keep this too.', [])).body
    const shared = (await copy(note.id, 'A while.')).body
    await cast.world.pass(seconds(11))
    const stopped = await cast.dana.does(api.stopSharingNote, { params: { note: shared.id } })
    expect(stopped).toMatchObject({ id: shared.id, visible: false, why: 'No longer shared' })
    expect(await theirs()).not.toContain('A while.')
  })

  test('is made of team-only notes, by whoever works with the partner, while it is not archived', async () => {
    const note = (await write('Ours.', [])).body
    const open = (await write('Theirs.', [], 'partner')).body
    expect((await copy(open.id, 'X')).status).toBe(409)
    expect((await copy(note.id, 'X', cast.mei)).status).toBe(403)
    expect((await copy(note.id, 'X', cast.uma)).status).toBe(404)
    expect((await copy(randomUUID(), 'X')).status).toBe(404)
    expect((await copy(note.id, '  ')).status).toBe(422)
    const deal = await cast.dana.does(addDeal, {
      ...at(),
      body: { kind: 'lead', customer_company: 'Elbe', ask: 'Call.', share: true },
    })
    const said = await cast.dana.does(api.addDealEntry, {
      params: { deal: deal.id },
      body: { body: 'Ours', audience: 'team' },
    })
    expect((await copy(said.id, 'X')).status).toBe(404)
    await cast.dana.does(archivePartner, at())
    expect((await copy(note.id, 'X')).status).toBe(409)
    await cast.dana.does(restorePartner, at())
    expect((await ours()).some(({ body }) => body === 'X')).toBe(false)
  })
})
