import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { undoAct } from '#shared/acts.ts'
import { addContact } from '#shared/contacts.ts'
import { addDeal, getDeal } from '#shared/deals.ts'
import { addNote } from '#shared/entries.ts'
import { listChanges, listViews } from '#shared/log.ts'
import { getTwin, listLookalikes, markDifferent, mergePartners, previewMerge, unmarkDifferent } from '#shared/merges.ts'
import { addPartner, getPartner, type Partner } from '#shared/partners.ts'
import { presets } from '#shared/permissions.ts'
import { listPortalDeals } from '#shared/portal.ts'
import { bringIn, type Cast, createCast } from '#test/cast.ts'
import { businessOf } from '#test/equipment/rows.ts'
import type { Person } from '#test/world.ts'

let cast: Cast
let twin: Partner
let eva: Person & { contact_id: string }
beforeAll(async () => {
  cast = await createCast()
  const { world, dana, nordlicht } = cast
  twin = await dana.does(addPartner, {
    body: {
      legal_name: 'Nordlicht Systemhaus AG',
      email: 'eva.brandt@nordlicht.example',
      contact_name: 'Eva Brandt',
      phone: '+49 30 555 0100',
      access: { team_access: 'everyone', members: [], permissions: presets.together.rows },
    },
  })
  eva = await bringIn(world, dana, {
    id: twin.main_contact?.id ?? '',
    name: 'Eva Brandt',
    email: 'eva.brandt@nordlicht.example',
  })
  await dana.does(addContact, {
    params: { partner: twin.id },
    body: { name: 'Ana L.', email: 'ANA.lindner@nordlicht.example', phone: '+49 30 555 0199' },
  })
  const deal = { kind: 'lead', ask: 'Call them', share: true, value_minor: 100_00, currency: 'EUR' } as const
  await dana.does(addDeal, { params: { partner: twin.id }, body: { ...deal, customer_company: 'Elbe Kliniken' } })
  await dana.does(addDeal, { params: { partner: nordlicht.id }, body: { ...deal, customer_company: 'Hafen Terminal' } })
  await dana.does(addNote, { params: { partner: twin.id }, body: { body: 'Met Eva in Kiel.', audience: 'team' } })
  await world.pass(60_000)
  await world.settle()
})
afterAll(() => cast.world.close())

const today = (slug: string, who = cast.dana) => who.does(getPartner, { params: { slug } })
const merge = async (who: Person, take: ('phone' | 'legal_name')[] = []) => {
  const [keep, other] = [await today(cast.nordlicht.slug), await today(twin.slug)]
  return who.call(mergePartners, {
    params: { partner: keep.id },
    body: { other: other.id, take, version: keep.version, other_version: other.version },
  })
}
const look = (who: Person) =>
  who.call(previewMerge, { params: { partner: cast.nordlicht.id }, body: { other: twin.id, take: ['phone'] } })
const customers = async (who: Person, workspace: string) =>
  (await who.does(listPortalDeals, { params: { workspace } })).items.map((it) => it.customer_company).sort()

describe('Partners that look the same', () => {
  const names = async () =>
    (await cast.dana.does(listLookalikes, { params: { partner: cast.nordlicht.id } })).items.map((it) => it.legal_name)
  test('are pointed out, until somebody says that they are different', async () => {
    expect(await names()).toEqual(['Nordlicht Systemhaus AG'])
    const pair = { params: { partner: twin.id, other: cast.nordlicht.id } }
    await cast.ira.does(markDifferent, pair)
    await cast.ira.does(markDifferent, pair)
    expect(await names()).toEqual([])
    await cast.dana.does(unmarkDifferent, pair)
    expect(await names()).toEqual(['Nordlicht Systemhaus AG'])
  })
  test('only to those who see both, and nobody marks what they do not see', async () => {
    const pair = { params: { partner: cast.nordlicht.id, other: cast.fjordkraft.id } }
    expect((await cast.lee.call(markDifferent, pair)).status).toBe(404)
    expect(
      (await cast.mei.call(markDifferent, { params: { partner: cast.nordlicht.id, other: twin.id } })).status,
    ).toBe(403)
    expect((await cast.uma.call(listLookalikes, { params: { partner: cast.nordlicht.id } })).status).toBe(404)
  })
})

describe('The page of a partner', () => {
  const shown = async (who = cast.dana, partner = cast.nordlicht.id) => {
    const reply = await who.call(getTwin, { params: { partner } })
    return reply.status === 200 ? [reply.body.twin?.legal_name ?? null, reply.body.can.merge] : reply.status
  }
  const said = async (partner: string) => (await cast.dana.does(getTwin, { params: { partner } })).twin?.why

  test('points out the partner that looks like it, and why, to those who work with it', async () => {
    expect(await shown()).toEqual(['Nordlicht Systemhaus AG', true])
    expect(await shown(cast.dana, twin.id)).toEqual(['Nordlicht GmbH', true])
    expect(await shown(cast.lee)).toEqual(['Nordlicht Systemhaus AG', false])
    expect(await shown(cast.mei)).toEqual([null, false])
    expect(await said(cast.nordlicht.id)).toBe('same website, same email')
    const second = await cast.dana.does(addPartner, {
      body: { legal_name: 'Fjordkraft Data ASA', email: 'x@fjordkraft-data.example' },
    })
    expect(await said(second.id)).toBe('same name')
    // Fjordkraft is hidden from Lee.
    expect(await shown(cast.lee, second.id)).toEqual([null, false])
    expect(await shown(cast.lee, cast.fjordkraft.id)).toBe(404)
    expect(await shown(cast.uma)).toBe(404)
    expect(await shown(cast.dana, cast.delta.id)).toBe(404)
    await cast.world.admin.query('delete from partners where id = $1', [second.id])
  })

  test('not one that is archived, none that was told apart, and none of another company', async () => {
    await cast.uma.does(addPartner, { body: { legal_name: 'Nordlicht GmbH', email: 'uma@nordlicht.example' } })
    await cast.world.admin.query('update partners set archived_at = now() where id = $1', [twin.id])
    expect(await shown()).toEqual([null, false])
    await cast.world.admin.query('update partners set archived_at = null where id = $1', [twin.id])
    const pair = { params: { partner: twin.id, other: cast.nordlicht.id } }
    await cast.ira.does(markDifferent, pair)
    expect([await shown(), await shown(cast.dana, twin.id)]).toEqual([
      [null, false],
      [null, false],
    ])
    await cast.ira.does(unmarkDifferent, pair)
    expect(await shown()).toEqual(['Nordlicht Systemhaus AG', true])
  })
})

describe('The preview of a merge', () => {
  test('says what moves, who becomes one, and who sees more', async () => {
    const { body } = await look(cast.dana)
    expect(body.moves).toEqual({ contacts: 2, deals: 1, notes: 1, files: 0, tags: 0 })
    expect(body.people).toEqual([{ email: 'ANA.lindner@nordlicht.example', keep: 'Ana Lindner', other: 'Ana L.' }])
    expect(body.fields.find((it) => it.field === 'phone')).toEqual({
      field: 'phone',
      keep: null,
      other: '+49 30 555 0100',
      differs: true,
      taken: 'other',
    })
    expect(body.exposure.sentences).toContain('Nordlicht GmbH will now see 2 deals.')
    expect(body.exposure.sentences).toContain('Nordlicht GmbH will no longer see the value of 1 deal.')
  })
  test('changes nothing', async () => {
    const before = await businessOf(cast.world.admin)
    await look(cast.dana)
    expect(await businessOf(cast.world.admin)).toEqual(before)
  })
  test('is for an admin or the owner of both', async () => {
    for (const person of [cast.ira, cast.lee, cast.mei]) expect((await look(person)).status).toBe(403)
    expect((await look(cast.uma)).status).toBe(404)
    expect((await merge(cast.ira)).status).toBe(403)
    const same = await cast.dana.call(previewMerge, {
      params: { partner: twin.id },
      body: { other: twin.id, take: [] },
    })
    expect(same.problem.errors?.[0]?.field).toBe('other')
  })
})

describe('Merging two partners', () => {
  test('brings everything to one, and exactly what was previewed is seen', async () => {
    const before = await businessOf(cast.world.admin)
    const { body, problem } = await merge(cast.dana, ['phone'])
    expect(problem).toMatchObject({})
    expect(body.partner).toMatchObject({ legal_name: 'Nordlicht GmbH', phone: '+49 30 555 0100', open_deals: 2 })
    expect(body.act.says).toBe('Merged Nordlicht Systemhaus AG into Nordlicht GmbH')
    // Both addresses lead to it, by slug and by id.
    for (const known of [twin.slug, twin.id]) expect((await today(known)).id).toBe(cast.nordlicht.id)
    // Each contact of both sees both deals; the old link of a workspace still lets its people in.
    for (const [who, workspace] of [
      [cast.ana, cast.nordlicht.workspace],
      [eva, cast.nordlicht.workspace],
      [eva, twin.workspace],
    ] as const)
      expect(await customers(who, workspace)).toEqual(['Elbe Kliniken', 'Hafen Terminal'])
    const { rows } = await cast.world.admin.query(
      "select name, phone from contacts where lower(email) = 'ana.lindner@nordlicht.example'",
    )
    expect(rows).toEqual([{ name: 'Ana Lindner', phone: '+49 30 555 0199' }])
    // Its history is told with it.
    const told = (await cast.dana.does(listChanges, { query: { partner: cast.nordlicht.id, limit: '100' } })).items
    expect(told.some((line) => line.sentence.includes('Eva Brandt'))).toBe(true)
    const seen = (await cast.dana.does(listViews, { query: { partner: cast.nordlicht.id, limit: '100' } })).items
    expect(seen.map((line) => line.who)).toContain('Eva Brandt')
    expect(JSON.stringify([told, seen])).not.toContain('no longer here')

    await cast.dana.does(undoAct, { params: { act: body.act.id } })
    expect(await businessOf(cast.world.admin)).toEqual(before)
    expect(await customers(eva, twin.workspace)).toEqual(['Elbe Kliniken'])
    expect((await today(twin.slug)).id).toBe(twin.id)
  })

  test('with the narrower rights of the two for who is known at both', async () => {
    await cast.world.admin.query("update contacts set access_removed_at = now() where name = 'Ana L.'")
    const { body } = await look(cast.dana)
    expect(body.exposure.sentences.join(' ')).toContain('will no longer see')
    const merged = await merge(cast.dana)
    expect((await cast.ana.call(listPortalDeals, { params: { workspace: cast.nordlicht.workspace } })).status).toBe(404)
    await cast.dana.does(undoAct, { params: { act: merged.body.act.id } })
    expect(await customers(cast.ana, cast.nordlicht.workspace)).toEqual(['Hafen Terminal'])
    await cast.world.admin.query("update contacts set access_removed_at = null where name = 'Ana L.'")
  })

  test('keeps how people want their mail: the quieter choice of one person, and deals that somebody muted', async () => {
    const { admin } = cast.world
    const choose = (name: string, choice: string) =>
      admin.query(
        'insert into contact_choices (org_id, contact_id, choice) select org_id, id, $2 from contacts where name = $1',
        [name, choice],
      )
    const choices = async () =>
      (
        await admin.query(
          'select c.name, x.choice from contact_choices x join contacts c on c.id = x.contact_id order by 1',
        )
      ).rows
    await choose('Ana L.', 'none')
    await choose('Ana Lindner', 'weekly')
    await admin.query(
      "insert into mutes (org_id, id, member_id, partner_id, deal_id, created_at) select d.org_id, gen_random_uuid(), $1, d.partner_id, d.id, now() from deals d where customer_company = 'Elbe Kliniken'",
      [cast.ids.dana],
    )
    const muted = async () =>
      (await admin.query('select m.partner_id, d.customer_company from mutes m join deals d on d.id = m.deal_id')).rows
    const merged = await merge(cast.dana)
    expect(await choices()).toEqual([{ name: 'Ana Lindner', choice: 'none' }])
    expect(await muted()).toEqual([{ partner_id: cast.nordlicht.id, customer_company: 'Elbe Kliniken' }])
    await cast.dana.does(undoAct, { params: { act: merged.body.act.id } })
    expect(await choices()).toEqual([
      { name: 'Ana L.', choice: 'none' },
      { name: 'Ana Lindner', choice: 'weekly' },
    ])
    expect(await muted()).toEqual([{ partner_id: twin.id, customer_company: 'Elbe Kliniken' }])
    await admin.query('delete from contact_choices; delete from mutes')
  })

  test('is refused when one of them was changed since', async () => {
    const reply = await cast.dana.call(mergePartners, {
      params: { partner: cast.nordlicht.id },
      body: { other: twin.id, take: [], version: 1, other_version: 999 },
    })
    expect(reply.status).toBe(409)
  })

  test('hides from the team what it hid before: what became part of a picked partner is a picked one’s', async () => {
    await cast.world.admin.query("update partners set team_access = 'picked' where id = $1", [cast.nordlicht.id])
    const merged = await merge(cast.dana)
    for (const known of [twin.slug, twin.id, cast.nordlicht.slug])
      expect((await cast.lee.call(getPartner, { params: { slug: known } })).status).toBe(404)
    const { items } = await cast.lee.does(listChanges, {})
    expect(JSON.stringify(items)).not.toMatch(/Eva Brandt|Systemhaus/)
    await cast.dana.does(undoAct, { params: { act: merged.body.act.id } })
    await cast.world.admin.query("update partners set team_access = 'everyone' where id = $1", [cast.nordlicht.id])
  })

  test('who was another company than the one that went is another one than what it became, until it is undone', async () => {
    await cast.dana.does(markDifferent, { params: { partner: twin.id, other: cast.fjordkraft.id } })
    const told = async () =>
      (await cast.world.admin.query('select one_id, other_id from different_partners order by 1, 2')).rows.map((row) =>
        [row.one_id, row.other_id].sort().join(),
      )
    const merged = await merge(cast.dana)
    expect(await told()).toEqual([[cast.nordlicht.id, cast.fjordkraft.id].sort().join()])
    await cast.dana.does(undoAct, { params: { act: merged.body.act.id } })
    expect(await told()).toEqual([[twin.id, cast.fjordkraft.id].sort().join()])
  })

  test('and undone, leaves what happened since where it is', async () => {
    const merged = await merge(cast.dana)
    const added = await cast.dana.does(addDeal, {
      params: { partner: cast.nordlicht.id },
      body: { kind: 'lead', customer_company: 'Since Then', ask: 'Call them', share: false },
    })
    await cast.dana.does(undoAct, { params: { act: merged.body.act.id } })
    expect((await cast.dana.does(getDeal, { params: { ref: added.ref } })).partner.id).toBe(cast.nordlicht.id)
  })
})
