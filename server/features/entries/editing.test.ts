import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withActor } from '#server/db/actor.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { addDeal, type Deal, stopSharingDeal } from '#shared/deals.ts'
import * as editing from '#shared/editing.ts'
import * as api from '#shared/entries.ts'
import { find } from '#shared/find.ts'
import { listInbox } from '#shared/inbox.ts'
import { listChanges } from '#shared/log.ts'
import { editPartnerAccess, getPartnerAccess } from '#shared/partners.ts'
import { type Permissions, presets } from '#shared/permissions.ts'
import * as portal from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { minutes, type Person, seconds } from '#test/world.ts'

let cast: Cast
let deal: Deal
beforeAll(async () => {
  cast = await createCast()
  deal = await share()
})
afterAll(() => cast.world.close())

async function share(): Promise<Deal> {
  const it = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: { kind: 'lead', customer_company: 'Hafen Terminal AG', ask: 'Call.', share: true },
  })
  await cast.world.pass(seconds(11))
  return it
}
const there = () => ({ workspace: cast.nordlicht.workspace })
const say = (body: string, audience: 'team' | 'partner', who = cast.ira) =>
  who.does(api.addDealEntry, { params: { deal: deal.id }, body: { body, audience } })
const edit = (entry: string, body: string, who: Person = cast.ira) =>
  who.call(editing.editEntry, { params: { entry }, body: { body } })
const remove = (entry: string, who: Person = cast.ira) => who.call(editing.removeEntry, { params: { entry } })
const line = async (entry: string, who: Person = cast.dana) =>
  (await who.does(api.listDealEntries, { params: { deal: deal.id } })).items.find(({ id }) => id === entry)
const theirs = async (entry: string, who: Person = cast.ana) =>
  (await who.does(portal.listPortalEntries, { params: { ...there(), ref: deal.ref }, query: {} })).items.find(
    ({ id }) => id === entry,
  )
const versions = (entry: string, who: Person = cast.dana) => who.call(editing.listEntryVersions, { params: { entry } })
const anaSays = async (body: string, who: Person = cast.ana) =>
  who.does(portal.addPortalEntry, { params: { ...there(), ref: deal.ref }, body: { body } })
const anaEdits = (entry: string, body: string, who: Person = cast.ana, headers = {}) =>
  who.call(editing.editPortalEntry, { params: { ...there(), entry }, body: { body } }, headers)
const anaRemoves = (entry: string, who: Person = cast.ana) =>
  who.call(editing.removePortalEntry, { params: { ...there(), entry } })
const permit = async (permissions: Permissions) => {
  const params = { partner: cast.nordlicht.id }
  const { version } = await cast.dana.does(getPartnerAccess, { params })
  await cast.dana.does(editPartnerAccess, {
    params,
    body: { version, team_access: 'everyone', members: [], permissions },
  })
}
const as = (who: Person, statement: Sql) =>
  withActor(
    cast.world.product.database,
    who === cast.ana
      ? { as: 'contact', token: who.session, workspace: cast.nordlicht.workspace }
      : { as: 'team', token: who.session },
    (tx) => tx.run(statement),
    { clock: cast.world.now },
  )

describe('One says one’s own words better', () => {
  test('both sides read the new words and that they were edited; how they read before stays with the team', async () => {
    const said = await say('Call on Munday.', 'partner')
    expect(await line(said.id, cast.ira)).toMatchObject({ mine: true, edited_at: null, removed: false })
    await cast.world.pass(minutes(5))
    expect((await edit(said.id, 'Call on Monday.')).body).toMatchObject({ body: 'Call on Monday.', mine: true })
    await cast.world.pass(minutes(5))
    await edit(said.id, 'Call on Monday, please.')
    const seen = await line(said.id)
    expect(seen).toMatchObject({ body: 'Call on Monday, please.', mine: false, removed: false })
    expect(seen?.edited_at).not.toBeNull()
    expect((await versions(said.id)).body.items.map(({ body }) => body)).toEqual(['Call on Monday.', 'Call on Munday.'])
    expect((await versions(said.id)).body.items[1]?.at).toBe(said.created_at)
    const read = await theirs(said.id)
    expect(read).toMatchObject({ body: 'Call on Monday, please.', mine: false, removed: false })
    expect(read?.edited_at).not.toBeNull()
    const { items } = await cast.dana.does(listChanges, { query: {} })
    expect(items[0]).toMatchObject({
      sentence: 'Ira Novak edited a comment on the deal Hafen Terminal AG',
      changes: [{ before: 'Call on Monday.', after: 'Call on Monday, please.' }],
    })
  })

  test('the same words again are no edit; nothing wakes or turns the deal', async () => {
    const said = await say('As it is.', 'partner')
    const before = await cast.world.admin.query('select turn, turn_why, last_activity_at from deals where id = $1', [
      deal.id,
    ])
    await cast.world.pass(minutes(5))
    expect((await edit(said.id, 'As it is.')).body.edited_at).toBeNull()
    await edit(said.id, 'As it is now.')
    const after = await cast.world.admin.query('select turn, turn_why, last_activity_at from deals where id = $1', [
      deal.id,
    ])
    expect(after.rows).toEqual(before.rows)
  })

  test('nobody else does, whatever their role, nor does a line that nobody wrote', async () => {
    const said = await say('Mine.', 'team')
    expect((await edit(said.id, 'Not mine.', cast.dana)).problem.detail).toBe('Only Ira Novak can change these words.')
    const tries = [
      await edit(said.id, 'x', cast.dana),
      await edit(said.id, 'x', cast.mei),
      await edit(said.id, 'x', cast.uma),
      await edit(said.id, 'x', cast.ana),
      await edit(said.id, 'x', cast.world.stranger),
      await remove(said.id, cast.dana),
      await remove(said.id, cast.uma),
    ]
    expect(tries.map(({ status }) => status)).toEqual([403, 403, 404, 403, 401, 403, 404])
    const shared = (await cast.dana.does(api.listDealEntries, { params: { deal: deal.id } })).items.find(
      ({ kind }) => kind === 'shared',
    )
    expect((await edit(shared?.id ?? '', 'x', cast.dana)).problem.detail).toBe(
      'This line was not written by anyone. It stays as it is.',
    )
    for (const body of ['', ' ', 'x'.repeat(10_001)])
      expect((await edit(said.id, body)).problem.errors?.[0]?.field).toBe('body')
    expect((await line(said.id))?.body).toBe('Mine.')
    expect(await as(cast.dana, sql`update entries set body = 'Forced' where id = ${said.id}::uuid`)).toBe(0)
    for (const set of [sql`audience = 'partner'`, sql`member_id = app.member()`, sql`created_at = now()`])
      await expect(as(cast.ira, sql`update entries set ${set} where id = ${said.id}::uuid`)).rejects.toMatchObject({
        code: '42501',
      })
    expect((await versions(said.id, cast.uma)).status).toBe(404)
    expect((await versions(said.id, cast.ana)).status).toBe(403)
  })

  test('a colleague who is named in the new words is told once', async () => {
    const said = await say('Who knows them?', 'team')
    const body = { body: '@Dana Reyes knows them?', mentions: [cast.ids.dana] }
    for (let times = 0; times < 2; times++)
      await cast.ira.does(editing.editEntry, {
        params: { entry: said.id },
        body: { ...body, body: `${body.body}${times}` },
      })
    const { rows } = await cast.world.admin.query(
      "select kind from notifications where entry_id = $1 and member_id = $2 and kind = 'mention'",
      [said.id, cast.ids.dana],
    )
    expect(rows).toHaveLength(1)
  })

  test('a note that was shared reads better on the other side too', async () => {
    const note = await cast.ira.does(api.addNote, {
      params: { partner: cast.nordlicht.id },
      body: { body: 'Prices of 2025', audience: 'partner' },
    })
    await cast.world.pass(seconds(11))
    expect((await edit(note.id, 'Prices of 2026')).body).toMatchObject({ body: 'Prices of 2026', visible: true })
    const { items } = await cast.ana.does(portal.listPortalNotes, { params: there(), query: {} })
    expect(items.find(({ id }) => id === note.id)).toMatchObject({ body: 'Prices of 2026', mine: false })
    expect((await remove(note.id)).body).toMatchObject({ body: null, removed: true, mine: false })
    const after = await cast.ana.does(portal.listPortalNotes, { params: there(), query: {} })
    expect(after.items.find(({ id }) => id === note.id)).toMatchObject({ body: null, removed: true })
  })
})

describe('One takes back what one said', () => {
  test('that it was said stays, the words are nowhere: not on either side, in the inbox, in search or before', async () => {
    const said = await say('The secretword must go.', 'partner')
    await edit(said.id, 'The secretword must go now.')
    expect((await remove(said.id)).body).toMatchObject({ body: null, removed: true, mine: false })
    expect(await line(said.id)).toMatchObject({ body: null, removed: true, author: { name: 'Ira Novak' } })
    expect(await theirs(said.id)).toMatchObject({ body: null, removed: true, author_name: 'Ira Novak' })
    expect((await versions(said.id)).body.items).toEqual([])
    expect(JSON.stringify(await cast.dana.does(find, { query: { q: 'secretword' } }))).not.toContain('secretword must')
    for (const table of ['entries', 'entry_versions', 'notifications', 'outbox', 'deals'])
      expect(
        (await cast.world.admin.query(`select count(*)::int as n from ${table} t where t::text like '%secretword%'`))
          .rows[0].n,
      ).toBe(0)
    expect((await remove(said.id)).status).toBe(409)
    expect((await edit(said.id, 'Back again')).status).toBe(409)
    const { items } = await cast.dana.does(listChanges, { query: {} })
    expect(items[0]?.sentence).toBe('Ira Novak removed a comment on the deal Hafen Terminal AG')
    expect(
      await as(cast.ira, sql`update entries set removed_at = null, body = 'Back' where id = ${said.id}::uuid`),
    ).toBe(0)
  })

  test('what a contact took back is no longer quoted in our inbox', async () => {
    const said = await anaSays('We wanted to say otherword.')
    const quoted = async () => JSON.stringify(await cast.dana.does(listInbox, { query: { tab: 'all' } }))
    expect(await quoted()).toContain('otherword')
    expect((await anaRemoves(said.id)).body).toMatchObject({ body: null, removed: true })
    expect(await quoted()).not.toContain('otherword')
    expect(await line(said.id)).toMatchObject({
      body: null,
      removed: true,
      author: { name: 'Ana Lindner', outside: true },
    })
  })
})

describe('A contact', () => {
  test('does the same with their own comments and with nobody else’s', async () => {
    const said = await anaSays('We call on Tuseday.')
    expect(said).toMatchObject({ mine: true, edited_at: null, removed: false })
    expect((await anaEdits(said.id, 'We call on Tuesday.')).body).toMatchObject({
      body: 'We call on Tuesday.',
      mine: true,
    })
    expect(await line(said.id)).toMatchObject({ body: 'We call on Tuesday.', mine: false })
    expect((await versions(said.id)).body.items.map(({ body }) => body)).toEqual(['We call on Tuseday.'])
    const ours = await say('For you.', 'partner')
    const secret = await say('Not for you.', 'team')
    const tries = [
      await anaEdits(said.id, 'x', cast.ben),
      await anaEdits(ours.id, 'x'),
      await anaEdits(secret.id, 'x'),
      await anaEdits(said.id, 'x', cast.henrik),
      await anaEdits(said.id, 'x', cast.dora),
      await anaEdits(said.id, 'x', cast.dana, { 'x-view-as': cast.ana.contact_id }),
      await anaRemoves(said.id, cast.ben),
    ]
    expect(tries.map(({ status }) => status)).toEqual([403, 403, 404, 404, 404, 403, 403])
    for (const id of [ours.id, secret.id])
      expect(await as(cast.ana, sql`update portal.entries set body = 'Forced' where id = ${id}::uuid`)).toBe(0)
    await expect(
      as(cast.ana, sql`update portal.entries set created_at = now() where id = ${said.id}::uuid`),
    ).rejects.toMatchObject({ code: '42501' })
    const { rows } = await cast.world.admin.query(
      'select kind, record_ids from read_records where contact_id = $1 order by id desc limit 1',
      [cast.ana.contact_id],
    )
    expect(rows[0]).toEqual({ kind: 'entries', record_ids: [deal.id, said.id] })
  })

  test('only while they may comment and the deal is shared', async () => {
    const said = await anaSays('Still here.')
    await permit({ ...presets.shared.rows, updates_deals: false })
    expect((await anaEdits(said.id, 'x')).status).toBe(403)
    expect((await anaRemoves(said.id)).status).toBe(403)
    expect(await as(cast.ana, sql`update portal.entries set body = 'Forced' where id = ${said.id}::uuid`)).toBe(0)
    await permit(presets.shared.rows)
    expect((await anaEdits(said.id, 'Still here, edited.')).status).toBe(200)
    await cast.dana.does(stopSharingDeal, { params: { deal: deal.id } })
    expect((await anaEdits(said.id, 'x')).status).toBe(404)
    expect((await line(said.id))?.body).toBe('Still here, edited.')
  })
})
