import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { undoAct } from '#shared/acts.ts'
import { changeManyPartners, previewBulk } from '#shared/bulk.ts'
import { editMember } from '#shared/company.ts'
import { addPartner, editPartner, getPartner, type Partner } from '#shared/partners.ts'
import { addTag } from '#shared/tags.ts'
import { type Cast, createCast } from '#test/cast.ts'

let cast: Cast
let three: Partner[]
let gold: string
beforeAll(async () => {
  cast = await createCast()
  gold = (await cast.dana.does(addTag, { body: { name: 'Gold' } })).id
  three = []
  for (const name of ['Kestrel', 'Lumen', 'Sable'])
    three.push(
      await cast.ira.does(addPartner, {
        body: { legal_name: name, email: `a@${name.toLowerCase()}.example`, type: 'agency' },
      }),
    )
})
afterAll(() => cast.world.close())

const ids = () => three.map(({ id }) => id)
const today = async (slug: string) => cast.dana.does(getPartner, { params: { slug } })
const logged = async () =>
  (await cast.world.admin.query('select count(*)::int as n from audit_rows where act_id is not null')).rows[0].n

describe('A change of many partners', () => {
  test('is said in one sentence before, done as one act, and undone as one', async () => {
    const body = { ids: [...ids(), cast.nordlicht.id], change: { status: 'dormant' as const } }
    await cast.dana.does(changeManyPartners, { body: { ids: [three[0]?.id ?? ''], change: { status: 'dormant' } } })
    const said = await cast.dana.does(previewBulk, { body })
    expect(said).toMatchObject({
      total: 4,
      changes: 3,
      already: 1,
      refused: [],
      says: '3 partners: status Onboarding to Dormant',
    })
    expect((await today('lumen')).status).toBe('onboarding')
    const lines = await logged()
    const done = await cast.dana.does(changeManyPartners, { body })
    expect(done).toMatchObject({
      changed: 3,
      already: 1,
      refused_count: 0,
      act: { kind: 'bulk', says: said.says, can: { undo: true } },
    })
    expect((await logged()) - lines).toBe(3)
    expect((await today('lumen')).status).toBe('dormant')
    await cast.dana.does(undoAct, { params: { act: done.act?.id ?? '' } })
    expect([(await today('kestrel')).status, (await today('lumen')).status]).toEqual(['dormant', 'onboarding'])
  })

  test('works on what matches, save some, and on nothing that the member does not see', async () => {
    const matching = { type: 'agency' }
    const said = await cast.ira.does(previewBulk, {
      body: { matching, except: [three[0]?.id ?? ''], change: { type: 'referral' } },
    })
    expect(said).toMatchObject({ total: 2, changes: 2, says: '2 partners: type Agency to Referral' })
    const all = { matching: {}, change: { add_tag_ids: [gold] } }
    expect((await cast.lee.does(previewBulk, { body: all })).total).toBe(4)
    expect(await cast.dana.does(previewBulk, { body: all })).toMatchObject({ total: 5, says: '5 partners: add Gold' })
    const done = await cast.lee.does(changeManyPartners, { body: all })
    expect(done.changed).toBe(4)
    expect((await today('fjordkraft-data-as')).tags).toEqual([])
    // Filtered by the very tag it takes off, and puts another on.
    const silver = (await cast.dana.does(addTag, { body: { name: 'Silver' } })).id
    const swap = { matching: { tag: 'Gold' }, change: { add_tag_ids: [silver], remove_tag_ids: [gold] } }
    expect((await cast.dana.does(changeManyPartners, { body: swap })).act?.says).toBe(
      '4 partners: add Silver, remove Gold',
    )
    expect((await today('lumen')).tags.map(({ name }) => name)).toEqual(['Silver'])
  })

  test('leaves alone those one may not change, and names them with the reason', async () => {
    await cast.world.admin.query("update partner_members set level = 'view' where partner_id = $1", [
      cast.fjordkraft.id,
    ])
    const body = { ids: [...ids(), cast.nordlicht.id, cast.fjordkraft.id], change: { owner_id: cast.ids.lee } }
    const done = await cast.ira.does(changeManyPartners, { body })
    expect(done).toMatchObject({
      changed: 3,
      refused_count: 2,
      act: { says: '3 partners: owner Ira Novak to Lee Park' },
    })
    expect(done.refused.map(({ legal_name, why }) => `${legal_name}: ${why}`)).toEqual([
      'Fjordkraft Data AS: You may look at this partner, not change it.',
      'Nordlicht GmbH: Only its owner or an admin decides this.',
    ])
    expect((await today('nordlicht-gmbh')).owner?.name).toBe('Dana Reyes')
    const archiving = { ids: body.ids, change: { archived: true as const } }
    expect(await cast.ira.does(previewBulk, { body: archiving })).toMatchObject({
      changes: 0,
      refused_count: 5,
      says: 'Archive 0 partners',
    })
    expect(await cast.ira.does(changeManyPartners, { body: archiving })).toMatchObject({ act: null, changed: 0 })
    await cast.ira.does(undoAct, { params: { act: done.act?.id ?? '' } })
    expect((await today('kestrel')).owner?.name).toBe('Ira Novak')
  })

  test('archives, after which nothing but a restore is for them', async () => {
    const done = await cast.ira.does(changeManyPartners, { body: { ids: ids(), change: { archived: true } } })
    expect(done.act?.says).toBe('Archive 3 partners')
    const { refused } = await cast.dana.does(previewBulk, { body: { ids: ids(), change: { status: 'active' } } })
    expect(refused.map(({ why }) => why)).toEqual(Array(3).fill('It is archived. Restore it first.'))
    await cast.dana.does(undoAct, { params: { act: done.act?.id ?? '' } })
    expect((await today('kestrel')).archived_at).toBeNull()
  })

  test('what somebody changed since stays when it is undone, and is listed', async () => {
    const done = await cast.dana.does(changeManyPartners, { body: { ids: ids(), change: { type: 'distributor' } } })
    const { version, id } = await today('sable')
    await cast.ira.does(editPartner, { params: { partner: id }, body: { version, type: 'technology' } })
    const { kept } = await cast.dana.does(undoAct, { params: { act: done.act?.id ?? '' } })
    expect(kept).toMatchObject([{ partner: { legal_name: 'Sable' }, field: 'type' }])
    expect([(await today('sable')).type, (await today('lumen')).type]).toEqual(['technology', 'agency'])
  })

  test('who hands over a picked partner stays one of its people', async () => {
    await cast.dana.does(changeManyPartners, {
      body: { ids: [cast.fjordkraft.id], change: { owner_id: cast.ids.ira } },
    })
    const { rows } = await cast.world.admin.query(
      'select level from partner_members where partner_id = $1 and member_id = $2',
      [cast.fjordkraft.id, cast.ids.dana],
    )
    expect(rows).toEqual([{ level: 'work' }])
  })
})

describe('It is refused whole', () => {
  const refusal = async (person: Cast['dana'], body: object) => {
    for (const endpoint of [previewBulk, changeManyPartners]) {
      const { status, problem } = await person.call(endpoint, { body: body as never })
      if (endpoint === changeManyPartners) return [status, problem.errors?.[0]?.field ?? problem.code]
      expect(status).toBeGreaterThanOrEqual(400)
    }
  }
  test('for read-only members, and with a partner, tag or person that is not theirs to see', async () => {
    const change = { status: 'active' }
    expect(await refusal(cast.mei, { ids: ids(), change })).toEqual([403, 'forbidden'])
    expect(await refusal(cast.lee, { ids: [...ids(), cast.fjordkraft.id], change })).toEqual([404, 'not_found'])
    expect(await refusal(cast.dana, { ids: [cast.delta.id], change })).toEqual([404, 'not_found'])
    expect(await refusal(cast.dana, { ids: ids(), change: { owner_id: cast.delta.id } })).toEqual([404, 'not_found'])
    expect(await refusal(cast.dana, { ids: ids(), change: { add_tag_ids: [cast.delta.id] } })).toEqual([
      404,
      'not_found',
    ])
    const foreign = (await cast.uma.does(addTag, { body: { name: 'Theirs' } })).id
    expect(await refusal(cast.dana, { ids: ids(), change: { add_tag_ids: [foreign] } })).toEqual([404, 'not_found'])
  })

  test('with a change or a choice that makes no sense', async () => {
    const change = { status: 'active' }
    expect(await refusal(cast.dana, { change })).toEqual([422, 'ids'])
    expect(await refusal(cast.dana, { ids: ids(), matching: {}, change })).toEqual([422, 'ids'])
    expect(await refusal(cast.dana, { ids: [], change })).toEqual([422, 'ids'])
    expect(await refusal(cast.dana, { ids: ids(), change: { type: 'no such type' } })).toEqual([422, 'change.type'])
    expect(await refusal(cast.dana, { ids: ids(), change: {} })).toEqual([422, 'change'])
    expect(await refusal(cast.dana, { ids: ids(), change: { add_tag_ids: [gold], remove_tag_ids: [gold] } })).toEqual([
      422,
      'change',
    ])
    expect(await refusal(cast.dana, { ids: ids(), change: { status: 'archived' } })).toEqual([422, 'change.status'])
    expect(await refusal(cast.dana, { ids: ids(), change: { archived: false } })).toEqual([422, 'change.archived'])
    expect(await refusal(cast.dana, { ids: ids(), change: { status: 'active', type: null } })).toEqual([422, 'change'])
  })

  test('when the new owner is no longer on the team: nothing is half done', async () => {
    const { rows } = await cast.world.admin.query('select version from members where id = $1', [cast.ids.lee])
    await cast.dana.does(editMember, {
      params: { member: cast.ids.lee },
      body: { version: rows[0].version, deactivated: true },
    })
    expect(await refusal(cast.dana, { ids: ids(), change: { owner_id: cast.ids.lee } })).toEqual([
      422,
      'change.owner_id',
    ])
    expect((await today('sable')).owner?.name).toBe('Ira Novak')
  })
})
