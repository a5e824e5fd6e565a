import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { undoAct } from '#shared/acts.ts'
import * as api from '#shared/contacts.ts'
import { addDeal, type Deal, editDeal, getDeal } from '#shared/deals.ts'
import { listDealEntries } from '#shared/entries.ts'
import { archivePartner, restorePartner } from '#shared/partners.ts'
import { addPortalEntry, getWorkspace, listPortalDeals, listPortalPeople } from '#shared/portal.ts'
import { bringIn, type Cast, createCast } from '#test/cast.ts'
import { businessOf } from '#test/equipment/rows.ts'
import { minutes, type Person, seconds } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

let n = 0
type Inside = Person & { contact_id: string }
/** Someone new who is in, with two open deals and one that was won. */
async function someone(): Promise<{ who: Inside; open: Deal[]; won: Deal }> {
  n++
  const added = await cast.dana.does(api.addContact, {
    params: { partner: cast.nordlicht.id },
    body: { name: `Kim ${n}`, email: `kim${n}@nordlicht.example` },
  })
  const who = await bringIn(cast.world, cast.dana, { id: added.id, name: added.name, email: added.email ?? '' })
  const deal = (customer_company: string) =>
    cast.dana.does(addDeal, {
      params: { partner: cast.nordlicht.id },
      body: { kind: 'lead', customer_company, ask: 'Call.', share: true, their_owner_id: added.id },
    })
  const [a, b, won] = [await deal(`Hafen ${n}`), await deal(`Elbe ${n}`), await deal(`Weser ${n}`)]
  await cast.dana.does(editDeal, { params: { deal: won.id }, body: { version: won.version, outcome: 'won' } })
  await cast.world.pass(minutes(1))
  await cast.world.settle()
  return { who, open: [a, b], won }
}
const readContact = async (id: string) =>
  (await cast.dana.does(api.listContacts, { params: { partner: cast.nordlicht.id } })).items.find((it) => it.id === id)!
const leave = async (id: string, handover: object = {}, by: Person = cast.ira) =>
  by.call(api.contactLeft, {
    params: { contact: id },
    body: { version: (await readContact(id)).version, ...handover },
  })
const workspace = () => ({ workspace: cast.nordlicht.workspace })
const ownerOf = async (deal: Deal) =>
  (await cast.dana.does(getDeal, { params: { ref: deal.ref } })).their_owner?.name ?? null

describe('Someone who left the company', () => {
  test('hands open deals to whom one names, is out at once, and keeps what they did under their name', async () => {
    const { who, open, won } = await someone()
    await who.does(addPortalEntry, {
      params: { ...workspace(), ref: open[0]!.ref },
      body: { body: 'I called them.' },
    })
    const reply = await leave(who.contact_id, { successor_id: cast.ben.contact_id })
    expect(reply.body.contact).toMatchObject({ can_sign_in: false, left_at: expect.any(String) })
    expect(await Promise.all([...open, won].map(ownerOf))).toEqual(['Ben Okafor', 'Ben Okafor', who.name])
    expect((await who.call(getWorkspace, { params: workspace() })).status).toBe(404)
    expect((await who.call(listPortalDeals, { params: workspace(), query: {} })).status).toBe(404)
    const people = (await cast.ana.does(listPortalPeople, { params: workspace() })).items.map(({ name }) => name)
    expect(people).not.toContain(who.name)
    const outside = (await cast.dana.does(api.listOutsiders, {})).partners.flatMap((it) => it.people)
    expect(outside.map(({ name }) => name)).not.toContain(who.name)
    const timeline = await cast.dana.does(listDealEntries, { params: { deal: open[0]!.id }, query: {} })
    expect(timeline.items.find(({ body }) => body === 'I called them.')?.author.name).toBe(who.name)
    expect(timeline.items.find(({ kind }) => kind === 'owner')).toMatchObject({
      from_value: who.name,
      to_value: 'Ben Okafor',
    })
  })

  test('leaves deals without an owner when nobody takes them, so that no open deal is theirs', async () => {
    const { who, open, won } = await someone()
    await leave(who.contact_id)
    expect(await Promise.all([...open, won].map(ownerOf))).toEqual([null, null, who.name])
    const seen = (await cast.ben.does(listPortalDeals, { params: workspace(), query: {} })).items
    expect(seen.map(({ ref }) => ref)).toEqual(expect.arrayContaining(open.map(({ ref }) => ref)))
    const closed = await cast.dana.does(getDeal, { params: { ref: won.ref } })
    await cast.dana.does(editDeal, { params: { deal: won.id }, body: { version: closed.version, outcome: null } })
    expect(await ownerOf(won)).toBeNull()
    const { rows } = await cast.world.admin.query(
      'select from deals d join contacts c on c.id = d.their_owner_id where c.left_at is not null and d.outcome is null',
    )
    expect(rows).toEqual([])
  })

  test('gets no mail that was on its way, and the link of an open invitation ends', async () => {
    const contact = await cast.dana.does(api.addContact, {
      params: { partner: cast.nordlicht.id },
      body: { name: 'Lou', email: 'lou@nordlicht.example' },
    })
    await cast.dana.does(api.inviteContact, {
      params: { contact: contact.id },
      body: { message: 'Lou, please come in and have a look.' },
    })
    await leave(contact.id)
    const { rows } = await cast.world.admin.query('select state from outbox where contact_id = $1', [contact.id])
    expect(rows).toEqual([{ state: 'dropped' }])
    expect((await readContact(contact.id)).invitation.state).toBe('withdrawn')
    await cast.world.pass(seconds(11))
    await cast.world.settle()
    const after = await cast.world.admin.query("select from outbox where contact_id = $1 and state <> 'dropped'", [
      contact.id,
    ])
    expect(after.rowCount).toBe(0)
  })

  test('is previewed with the very deals and the very people, and the preview changes nothing', async () => {
    const { who, open } = await someone()
    const ben = await readContact(cast.ben.contact_id)
    await cast.dana.does(api.editContact, { params: { contact: ben.id }, body: { version: ben.version, sees: 'own' } })
    const before = await businessOf(cast.world.admin)
    const preview = await cast.ira.does(api.previewContactLeft, {
      params: { contact: who.contact_id },
      body: { successor_id: ben.id },
    })
    expect(preview.deals.map(({ ref }) => ref).sort()).toEqual(open.map(({ ref }) => ref).sort())
    expect(preview.sentences).toEqual([
      '2 open deals move to Ben Okafor.',
      'Ben Okafor will now see 2 deals.',
      `${who.name} is signed out now and won't be told.`,
      `What ${who.name} wrote and did stays, under that name.`,
    ])
    expect(await businessOf(cast.world.admin)).toEqual(before)
    const sees = async () => (await cast.ben.does(listPortalDeals, { params: workspace(), query: {} })).items.length
    const had = await sees()
    await leave(who.contact_id, { successor_id: ben.id })
    expect((await sees()) - had).toBe(2)
    const now = await readContact(ben.id)
    await cast.dana.does(api.editContact, { params: { contact: ben.id }, body: { version: now.version, sees: 'all' } })
  })

  test('was the main contact: another one is named, or nobody is and that is said', async () => {
    const main = await readContact(cast.ana.contact_id)
    const said = async (body: object) =>
      (await cast.dana.does(api.previewContactLeft, { params: { contact: main.id }, body })).sentences
    expect(await said({})).toContain('Nobody is the main contact then.')
    expect(await said({ main_id: cast.ben.contact_id })).toContain('Ben Okafor becomes the main contact.')
    const before = await businessOf(cast.world.admin)
    const { body } = await leave(main.id, { main_id: cast.ben.contact_id }, cast.dana)
    expect([(await readContact(main.id)).is_main, (await readContact(cast.ben.contact_id)).is_main]).toEqual([
      false,
      true,
    ])
    await cast.dana.does(undoAct, { params: { act: body.act } })
    expect(await businessOf(cast.world.admin)).toEqual(before)
  })

  test('comes back by Undo exactly as it was: deals, access and main contact', async () => {
    const { who, open } = await someone()
    const before = await businessOf(cast.world.admin)
    const { body } = await leave(who.contact_id, { successor_id: cast.ben.contact_id })
    const undone = await cast.ira.does(undoAct, { params: { act: body.act } })
    expect(undone.kept).toEqual([])
    expect(await businessOf(cast.world.admin)).toEqual(before)
    expect(await ownerOf(open[0]!)).toBe(who.name)
    expect((await who.call(getWorkspace, { params: workspace() })).status).toBe(200)
  })

  test('comes back later with the access they had; deals stay with whom they went to', async () => {
    const { who, open } = await someone()
    await leave(who.contact_id, { successor_id: cast.ben.contact_id })
    const back = await cast.ira.does(api.contactCameBack, { params: { contact: who.contact_id } })
    expect(back).toMatchObject({ left_at: null, can_sign_in: true })
    expect(await ownerOf(open[0]!)).toBe('Ben Okafor')
    expect((await who.call(getWorkspace, { params: workspace() })).status).toBe(200)
  })

  test('can be written about by nobody who may not, and nobody from elsewhere takes over', async () => {
    const { who } = await someone()
    const params = { contact: who.contact_id }
    const { version } = await readContact(who.contact_id)
    for (const [person, status] of [
      [cast.mei, 403],
      [cast.uma, 404],
    ] as const) {
      expect((await person.call(api.previewContactLeft, { params, body: {} })).status).toBe(status)
      expect((await person.call(api.contactLeft, { params, body: { version } })).status).toBe(status)
      expect((await person.call(api.contactCameBack, { params })).status).toBe(status)
    }
    const elsewhere = { contact: cast.henrik.contact_id }
    expect((await cast.lee.call(api.contactLeft, { params: elsewhere, body: { version: 1 } })).status).toBe(404)
    const refusals = await Promise.all(
      [cast.henrik.contact_id, cast.dora.contact_id, randomUUID(), who.contact_id].map(async (successor_id) => {
        const reply = await cast.dana.call(api.contactLeft, { params, body: { version, successor_id } })
        return [reply.status, reply.problem.errors?.[0]?.field, reply.problem.detail].join(' ')
      }),
    )
    expect(new Set(refusals)).toEqual(new Set(['422 successor_id Choose someone who is at this partner.']))
    const main = await cast.dana.call(api.contactLeft, { params, body: { version, main_id: cast.ben.contact_id } })
    expect([main.status, main.problem.errors?.[0]?.field]).toEqual([422, 'main_id'])
    const stale = await cast.dana.call(api.contactLeft, { params, body: { version: version + 1 } })
    expect(stale.status).toBe(409)
    expect((await readContact(who.contact_id)).left_at).toBeNull()
  })

  test('is changed and invited by nobody until they are back, and leaves once', async () => {
    const { who } = await someone()
    await leave(who.contact_id)
    const { version } = await readContact(who.contact_id)
    const params = { contact: who.contact_id }
    expect((await cast.dana.call(api.contactLeft, { params, body: { version } })).status).toBe(409)
    const edited = await cast.dana.call(api.editContact, { params, body: { version, is_main: true } })
    expect([edited.status, edited.problem.detail]).toEqual([
      409,
      `${who.name} has left. Say first that they came back.`,
    ])
    const body = { message: 'Please come in and have a look around.' }
    expect((await cast.dana.call(api.inviteContact, { params, body })).status).toBe(422)
  })

  test('stands still while the partner is archived', async () => {
    const { who } = await someone()
    const at = { params: { partner: cast.nordlicht.id } }
    await cast.dana.does(archivePartner, at)
    expect((await leave(who.contact_id)).status).toBe(409)
    expect((await cast.dana.call(api.addContact, { ...at, body: { name: 'X' } })).status).toBe(409)
    await cast.dana.does(restorePartner, at)
    expect((await leave(who.contact_id)).status).toBe(200)
  })
})
