import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withActor } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { addDeal, type Deal, editDeal, getDeal, stopSharingDeal } from '#shared/deals.ts'
import * as api from '#shared/entries.ts'
import { getPortalDeal, listPortalDeals, listPortalEntries, listPortalNotes } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, minutes, seconds } from '#test/world.ts'

let cast: Cast
let deal: Deal
beforeAll(async () => {
  cast = await createCast()
  deal = await share()
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
const workspace = () => ({ workspace: cast.nordlicht.workspace })
const say = (body: string, audience: 'team' | 'partner', on = deal) =>
  cast.dana.does(api.addDealEntry, { params: { deal: on.id }, body: { body, audience } })
const timeline = async (query: object = {}, who = cast.dana, on = deal) =>
  (await who.does(api.listDealEntries, { params: { deal: on.id }, query: query as never })).items
const asDana = (statement: Sql) =>
  withActor(cast.world.product.database, { as: 'team', token: cast.dana.session }, (tx) => tx.run(statement), {
    clock: cast.world.now,
  })

describe('a deal’s timeline', () => {
  test('a team-only comment never leaves; one for the partner is read on the other side', async () => {
    const secret = await say('Margin is 40 %.', 'team')
    expect(secret).toMatchObject({
      audience: 'team',
      visible: false,
      why: 'Team only',
      author: { name: 'Dana Reyes', outside: false },
    })
    const open = await say('Please call on Monday.', 'partner')
    expect(open.visible).toBe(true)
    expect(open.why).toMatch(/^Shared by Dana Reyes on \d{1,2} [A-Z]/)
    const theirs = (await cast.ana.does(listPortalEntries, { params: { ...workspace(), ref: deal.ref }, query: {} }))
      .items
    expect(theirs.map(({ body }) => body)).toContain('Please call on Monday.')
    expect(JSON.stringify(theirs)).not.toContain('Margin')
    expect((await timeline({ audience: 'team' })).map(({ body }) => body)).toContain('Margin is 40 %.')
    expect((await timeline({ audience: 'partner' })).map(({ body }) => body)).not.toContain('Margin is 40 %.')
  })

  test('nothing turns a team-only line into one for the partner', async () => {
    const secret = await say('Only for us.', 'team')
    await expect(
      asDana(sql`update entries set audience = 'partner' where id = ${secret.id}::uuid`),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(
      asDana(sql`insert into shares (org_id, id, partner_id, entry_id, shared_by, shared_at, effective_at)
        values (app.org(), ${newId()}::uuid, ${cast.nordlicht.id}::uuid, ${secret.id}::uuid, app.member(), app.now(), app.now())`),
    ).rejects.toMatchObject({ code: '42501' })
    // Even with the copy on the row forced by the administrator, the policy knows the word.
    await cast.world.admin.query("update entries set shared_from = now() - interval '1 day' where id = $1", [secret.id])
    const theirs = await cast.ana.does(listPortalEntries, { params: { ...workspace(), ref: deal.ref }, query: {} })
    expect(theirs.items.map(({ id }) => id)).not.toContain(secret.id)
  })

  test('to the partner only while the deal is shared', async () => {
    const quiet = await share({ share: false })
    const reply = await cast.dana.call(api.addDealEntry, {
      params: { deal: quiet.id },
      body: { body: 'Hello', audience: 'partner' },
    })
    expect([reply.status, reply.problem.errors?.[0]?.field]).toEqual([422, 'audience'])
    await expect(
      asDana(sql`insert into entries (org_id, id, partner_id, deal_id, kind, audience, body, member_id, created_at)
        values (app.org(), ${newId()}::uuid, ${cast.nordlicht.id}::uuid, ${quiet.id}::uuid, 'comment', 'partner', 'x', app.member(), app.now())`),
    ).rejects.toMatchObject({ code: '42501' })
    const open = await share()
    const said = await say('While shared.', 'partner', open)
    await cast.dana.does(stopSharingDeal, { params: { deal: open.id } })
    expect((await timeline({}, cast.dana, open)).find(({ id }) => id === said.id)).toMatchObject({
      visible: false,
      why: 'Not shared',
    })
    expect(
      (await cast.ana.call(listPortalEntries, { params: { ...workspace(), ref: open.ref }, query: {} })).status,
    ).toBe(404)
  })

  test('a question gives the turn to them; what is said without one does not', async () => {
    await cast.world.admin.query("update deals set turn = 'us', turn_why = 'commented' where id = $1", [deal.id])
    await say('Not for them.', 'team')
    const turn = async () =>
      (await cast.world.admin.query('select turn from deals where id = $1', [deal.id])).rows[0].turn
    expect(await turn()).toBe('us')
    await say('For them.', 'partner')
    expect(await turn()).toBe('us')
    const ask = (audience: 'team' | 'partner') =>
      cast.dana.call(api.addDealEntry, {
        params: { deal: deal.id },
        body: { body: 'When can you start?', audience, needs_answer: true },
      })
    expect((await ask('team')).problem.errors?.[0]?.field).toBe('needs_answer')
    await ask('partner')
    expect(await turn()).toBe('them')
    const { version } = await cast.dana.does(getDeal, { params: { ref: deal.ref } })
    await cast.dana.does(editDeal, { params: { deal: deal.id }, body: { version, outcome: 'won' } })
    expect((await ask('partner')).problem.errors?.[0]).toMatchObject({ field: 'needs_answer' })
    expect(await turn()).toBe('nobody')
  })

  test('their looks are one line a person and day, for admins and the owner of the partner', async () => {
    const seen = await share({ customer_company: 'Seen Ltd' })
    await cast.ana.does(listPortalDeals, { params: workspace(), query: {} })
    expect((await timeline({}, cast.dana, seen)).filter(({ kind }) => kind === 'viewed')).toEqual([])
    for (let n = 0; n < 3; n++) await cast.ana.does(getPortalDeal, { params: { ...workspace(), ref: seen.ref } })
    await cast.world.pass(days(1))
    await cast.ana.does(getPortalDeal, { params: { ...workspace(), ref: seen.ref } })
    await cast.ben.does(getPortalDeal, { params: { ...workspace(), ref: seen.ref } })
    const viewed = (await timeline({}, cast.dana, seen)).filter(({ kind }) => kind === 'viewed')
    expect(viewed.map(({ author }) => author.name).sort()).toEqual(['Ana Lindner', 'Ana Lindner', 'Ben Okafor'])
    expect(viewed.every(({ author, audience, visible }) => author.outside && audience === 'team' && !visible)).toBe(
      true,
    )
    // Ira works with the partner but does not own it.
    expect((await timeline({}, cast.ira, seen)).filter(({ kind }) => kind === 'viewed')).toEqual([])
  })

  test('pages through comments and looks without a gap', async () => {
    const long = await share({ customer_company: 'Long Ltd' })
    for (let n = 0; n < 4; n++) {
      await say(`Line ${n}`, 'team', long)
      await cast.world.pass(minutes(1))
      await cast.ana.does(getPortalDeal, { params: { ...workspace(), ref: long.ref } })
      await cast.world.pass(days(1))
    }
    const all = await timeline({ limit: '100' }, cast.dana, long)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await cast.dana.does(api.listDealEntries, {
        params: { deal: long.id },
        query: { limit: '3', ...(cursor ? { cursor } : {}) },
      })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(all.length).toBe(9)
    expect(seen).toEqual(all.map(({ id }) => id))
  })

  test('others find nothing and write nothing', async () => {
    const hidden = await cast.dana.does(addDeal, {
      params: { partner: cast.fjordkraft.id },
      body: { kind: 'lead', customer_company: 'X', ask: 'Y', share: false },
    })
    const body = { body: 'Hello', audience: 'team' } as const
    for (const person of [cast.lee, cast.uma]) {
      expect((await person.call(api.listDealEntries, { params: { deal: hidden.id }, query: {} })).status).toBe(404)
      expect((await person.call(api.addDealEntry, { params: { deal: hidden.id }, body })).status).toBe(404)
    }
    expect((await cast.mei.call(api.addDealEntry, { params: { deal: deal.id }, body })).status).toBe(403)
    expect(
      (await cast.mei.does(api.listDealEntries, { params: { deal: deal.id }, query: {} })).items.length,
    ).toBeGreaterThan(0)
    expect((await cast.world.admin.query("select from entries where body = 'Hello'")).rowCount).toBe(0)
  })
})

describe('notes', () => {
  const write = (body: string, audience: 'team' | 'partner') =>
    cast.dana.does(api.addNote, { params: { partner: cast.nordlicht.id }, body: { body, audience } })
  const theirs = async (who = cast.ana) =>
    (await who.does(listPortalNotes, { params: workspace(), query: {} })).items.map(({ body }) => body)

  test('team only by word; shared ones leave after ten seconds and can be stopped', async () => {
    await write('They are slow payers.', 'team')
    const note = await write('Our price list is new.', 'partner')
    expect(note).toMatchObject({ visible: false, why: 'Leaves in a few seconds' })
    expect(await theirs()).toEqual([])
    await cast.world.pass(seconds(11))
    expect(await theirs()).toEqual(['Our price list is new.'])
    const [shared, secret] = (
      await cast.dana.does(api.listNotes, { params: { partner: cast.nordlicht.id }, query: {} })
    ).items
    expect(shared).toMatchObject({ visible: true, why: expect.stringMatching(/^Shared by Dana Reyes on /) })
    expect(secret).toMatchObject({ visible: false, why: 'Team only' })
    const stopped = await cast.dana.does(api.stopSharingNote, { params: { note: note.id } })
    expect(stopped).toMatchObject({ visible: false, why: 'No longer shared' })
    expect(await theirs()).toEqual([])
  })

  test('undone in time a note was never shared, and stays with the team', async () => {
    const note = await write('Too early.', 'partner')
    await cast.dana.does(api.stopSharingNote, { params: { note: note.id } })
    await cast.world.pass(seconds(11))
    expect(await theirs()).not.toContain('Too early.')
    expect((await cast.world.admin.query('select from shares where entry_id = $1', [note.id])).rowCount).toBe(0)
    expect(
      (await cast.dana.does(api.listNotes, { params: { partner: cast.nordlicht.id }, query: {} })).items.map(
        ({ id }) => id,
      ),
    ).toContain(note.id)
  })

  test('are not for others to write, read or stop', async () => {
    const note = await write('For Nordlicht.', 'partner')
    await cast.world.pass(seconds(11))
    const given = { params: { partner: cast.nordlicht.id }, body: { body: 'No', audience: 'team' } } as const
    expect((await cast.mei.call(api.addNote, given)).status).toBe(403)
    expect((await cast.uma.call(api.addNote, given)).status).toBe(404)
    expect((await cast.uma.call(api.listNotes, { params: { partner: cast.nordlicht.id }, query: {} })).status).toBe(404)
    expect((await cast.mei.call(api.stopSharingNote, { params: { note: note.id } })).status).toBe(403)
    expect((await cast.uma.call(api.stopSharingNote, { params: { note: note.id } })).status).toBe(404)
    expect(
      (await cast.henrik.does(listPortalNotes, { params: { workspace: cast.fjordkraft.workspace }, query: {} })).items,
    ).toEqual([])
    expect(await theirs()).toContain('For Nordlicht.')
  })
})
