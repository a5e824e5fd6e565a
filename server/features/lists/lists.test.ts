import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addContact, editContact, listContacts } from '#shared/contacts.ts'
import { addDeal, editDeal, getDeal } from '#shared/deals.ts'
import { listDealEntries } from '#shared/entries.ts'
import {
  addListItem,
  countListUses,
  type DealStage,
  editListItem,
  getLists,
  type ListItem,
  orderList,
} from '#shared/lists.ts'
import { listChanges } from '#shared/log.ts'
import { addPartner, editPartner, getPartner } from '#shared/partners.ts'
import { answerDeal, getWorkspace, moveDeal } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { seconds } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

const lists = (who = cast.dana) => who.does(getLists, {})
const named = async (name: string): Promise<ListItem> => {
  const { types, roles, stages } = await lists()
  return [...types, ...roles, ...stages].find((it) => it.name === name)!
}
const said = async () => (await cast.dana.does(listChanges, { query: {} })).items[0]

describe('Types and roles', () => {
  test('are there from the start, for everyone on the team to read', async () => {
    const { types, roles, can } = await lists(cast.mei)
    expect(types.map((it) => it.name)).toEqual(['Reseller', 'Distributor', 'Agency', 'Technology', 'Referral'])
    expect(roles.map((it) => it.key)).toEqual(['sales', 'tech', 'exec_sponsor', 'marketing', 'finance', 'other'])
    expect(can.edit).toBe(false)
    const { items } = await cast.dana.does(listChanges, { query: {} })
    expect(items.some(({ sentence }) => sentence.includes('the type Reseller'))).toBe(false)
  })

  test('a new one gets its key from its name, once, and stands at the end', async () => {
    const added = await cast.dana.does(addListItem, {
      params: { list: 'types' },
      body: { name: 'Système Intégrateur' },
    })
    expect(added).toMatchObject({ key: 'systeme_integrateur', name: 'Système Intégrateur', archived: false })
    expect((await lists()).types.at(-1)?.id).toBe(added.id)
    const renamed = await cast.dana.does(editListItem, {
      params: { list: 'types', item: added.id },
      body: { version: added.version, name: 'Integrator' },
    })
    expect(renamed).toMatchObject({ key: 'systeme_integrateur', name: 'Integrator' })
    expect((await said())?.sentence).toBe('Dana Reyes renamed the type Système Intégrateur to Integrator')
    const again = await cast.dana.does(addListItem, {
      params: { list: 'types' },
      body: { name: 'Systeme intégrateur' },
    })
    expect(again.key).toBe('systeme_integrateur_2')
  })

  test('a partner takes a type of the list and no other, and the log reads names', async () => {
    const { version } = await cast.dana.does(getPartner, { params: { slug: 'nordlicht-gmbh' } })
    const change = (type: string) =>
      cast.ira.call(editPartner, { params: { partner: cast.nordlicht.id }, body: { version, type } })
    const refused = await change('franchise')
    expect([refused.status, refused.problem.errors?.[0]]).toEqual([
      422,
      { field: 'type', detail: 'Choose one of your types.' },
    ])
    expect((await change('systeme_integrateur')).status).toBe(200)
    expect((await said())?.changes).toEqual([{ field: 'Type', before: 'Reseller', after: 'Integrator' }])
    const add = await cast.ira.call(addPartner, {
      body: { legal_name: 'Quay Ltd', email: 'q@quay.example', type: 'franchise' },
    })
    expect([add.status, add.problem.errors?.[0]?.field]).toEqual([422, 'type'])
  })

  test('a contact takes a role of the list, and the log reads its name', async () => {
    const where = { params: { partner: cast.nordlicht.id } }
    const refused = await cast.ira.call(addContact, { ...where, body: { name: 'Kim', role: 'Exec sponsor' } })
    expect([refused.status, refused.problem.errors?.[0]?.field]).toEqual([422, 'role'])
    const kim = await cast.ira.does(addContact, { ...where, body: { name: 'Kim', role: 'sales' } })
    await cast.ira.does(editContact, {
      params: { contact: kim.id },
      body: { version: kim.version, role: 'exec_sponsor' },
    })
    expect((await said())?.changes).toEqual([{ field: 'Role', before: 'Sales', after: 'Exec sponsor' }])
  })

  test('archived ones stay on the records that have them, and come back', async () => {
    const agency = await named('Integrator')
    const where = { params: { list: 'types' as const, item: agency.id } }
    const gone = await cast.dana.does(editListItem, { ...where, body: { version: agency.version, archived: true } })
    expect(gone.archived).toBe(true)
    expect((await said())?.sentence).toBe('Dana Reyes archived the type Integrator')
    expect(await cast.ira.does(getPartner, { params: { slug: 'nordlicht-gmbh' } })).toMatchObject({
      type: 'systeme_integrateur',
    })
    const back = await cast.dana.does(editListItem, { ...where, body: { version: gone.version, archived: false } })
    expect(back.archived).toBe(false)
    const stale = await cast.dana.call(editListItem, { ...where, body: { version: gone.version, name: 'Other' } })
    expect([stale.status, stale.problem.current]).toMatchObject([409, { name: 'Integrator' }])
  })

  test('archived ones are given to no record that has another, by its field', async () => {
    const { types, roles } = await lists()
    const finance = roles.find((it) => it.key === 'finance')!
    const integrator = types.find((it) => it.name === 'Integrator')!
    const archive = (list: 'types' | 'roles', it: ListItem, archived: boolean) =>
      cast.dana.does(editListItem, { params: { list, item: it.id }, body: { version: it.version, archived } })
    const gone = [await archive('types', integrator, true), await archive('roles', finance, true)] as const
    const partner = { params: { partner: cast.nordlicht.id } }
    const fjordkraft = await cast.ira.does(getPartner, { params: { slug: cast.fjordkraft.slug } })
    const { items } = await cast.ira.does(listContacts, partner)
    const ben = items.find((it) => it.id === cast.ben.contact_id)
    const replies = [
      await cast.ira.call(addPartner, {
        body: { legal_name: 'Quay Ltd', email: 'q@quay.example', type: 'systeme_integrateur' },
      }),
      await cast.ira.call(editPartner, {
        params: { partner: fjordkraft.id },
        body: { version: fjordkraft.version, type: 'systeme_integrateur' },
      }),
      await cast.ira.call(addContact, { ...partner, body: { name: 'Fin', role: 'finance' } }),
      await cast.ira.call(editContact, {
        params: { contact: cast.ben.contact_id },
        body: { version: ben?.version ?? 0, role: 'finance' },
      }),
    ]
    expect(replies.map((reply) => [reply.status, reply.problem.errors?.[0]])).toEqual([
      [422, { field: 'type', detail: 'This type is archived. Choose another one, or restore it in Settings.' }],
      [422, { field: 'type', detail: 'This type is archived. Choose another one, or restore it in Settings.' }],
      [422, { field: 'role', detail: 'This role is archived. Choose another one, or restore it in Settings.' }],
      [422, { field: 'role', detail: 'This role is archived. Choose another one, or restore it in Settings.' }],
    ])
    // Nordlicht has it already and keeps it, also when it is said again.
    const { version } = await cast.ira.does(getPartner, { params: { slug: cast.nordlicht.slug } })
    const kept = await cast.ira.does(editPartner, { ...partner, body: { version, type: 'systeme_integrateur' } })
    expect(kept.type).toBe('systeme_integrateur')
    await archive('types', gone[0], false)
    await archive('roles', gone[1], false)
  })

  test('a name is there once, whatever its case', async () => {
    for (const list of ['types', 'roles'] as const) {
      const name = list === 'types' ? 'AGENCY' : 'Finance'
      const reply = await cast.dana.call(addListItem, { params: { list }, body: { name } })
      expect([reply.status, reply.problem.errors?.[0]?.field]).toEqual([409, 'name'])
    }
  })

  test('another order is told in one line; a list that changed meanwhile is not put in order', async () => {
    const { roles } = await lists()
    const ids = roles.map((it) => it.id).reverse()
    const after = await cast.dana.does(orderList, { params: { list: 'roles' }, body: { ids } })
    expect(after.roles.map((it) => it.id)).toEqual(ids)
    expect(after.roles.map((it) => it.version)).toEqual(roles.map((it) => it.version).reverse())
    expect((await said())?.sentence).toBe('Dana Reyes put the roles into another order')
    for (const wrong of [ids.slice(1), [...ids.slice(1), ids[1]!], [...ids, (await lists()).types[0]!.id]])
      expect((await cast.dana.call(orderList, { params: { list: 'roles' }, body: { ids: wrong } })).status).toBe(409)
    expect((await lists()).roles.map((it) => it.id)).toEqual(ids)
  })

  test('uses are counted among what one sees', async () => {
    expect((await cast.dana.does(countListUses, {})).types).toEqual({ systeme_integrateur: 1, distributor: 1 })
    expect((await cast.lee.does(countListUses, {})).types).toEqual({ systeme_integrateur: 1 })
    expect((await cast.dana.does(countListUses, {})).roles).toEqual({ exec_sponsor: 1, tech: 1 })
  })

  test('only admins edit them, and only those of their own company', async () => {
    const type = await named('Agency')
    const where = { list: 'types' as const, item: type.id }
    for (const person of [cast.ira, cast.mei]) {
      const replies = [
        await person.call(addListItem, { params: { list: 'types' }, body: { name: 'Mine' } }),
        await person.call(editListItem, { params: where, body: { version: type.version, name: 'Mine' } }),
        await person.call(orderList, { params: { list: 'types' }, body: { ids: [type.id] } }),
      ]
      for (const reply of replies)
        expect([reply.status, reply.problem.detail]).toEqual([
          403,
          'Admins edit types, roles and stages. Ask an admin.',
        ])
    }
    const foreign = await cast.uma.call(editListItem, { params: where, body: { version: 1, name: 'Mine' } })
    expect(foreign.status).toBe(404)
    expect((await cast.ana.call(getLists, {})).status).toBeGreaterThan(400)
  })
})

describe('Stages', () => {
  const stage = async (name: string): Promise<DealStage> => (await lists()).stages.find((it) => it.name === name)!
  const edit = (it: ListItem, body: object, who = cast.dana) =>
    who.call(editListItem, { params: { list: 'stages', item: it.id }, body: { version: it.version, ...body } })
  const field = (reply: { status: number; problem: { errors?: { field: string; detail: string }[] } }) => [
    reply.status,
    reply.problem.errors?.[0]?.field,
  ]
  const add = (stage: string, who = cast.dana) =>
    who.call(addDeal, {
      params: { partner: cast.nordlicht.id },
      body: { kind: 'lead', customer_company: `In ${stage}`, ask: 'Call them', stage, share: true },
    })

  test('begin as New, Working and Proposal; an own one stands behind them and deals take it', async () => {
    expect((await lists(cast.mei)).stages.map((it) => [it.key, it.name, it.quiet_days])).toEqual([
      ['New', 'New', null],
      ['Working', 'Working', null],
      ['Proposal', 'Proposal', null],
    ])
    await cast.dana.does(addListItem, { params: { list: 'stages' }, body: { name: 'Legal review' } })
    expect((await said())?.sentence).toBe('Dana Reyes added the stage Legal review')
    const deal = (await add('legal_review')).body
    expect(deal.stage).toBe('legal_review')
    expect((await cast.dana.does(countListUses, {})).stages).toEqual({ legal_review: 1 })
    expect((await cast.lee.does(countListUses, {})).stages).toEqual({ legal_review: 1 })
  })

  test('a deal takes a stage of the list and no other; the history keeps the name as it was', async () => {
    expect(field(await add('Dreaming'))).toEqual([422, 'stage'])
    const deal = (await add('New')).body
    const moved = await cast.dana.does(editDeal, {
      params: { deal: deal.id },
      body: { version: deal.version, stage: 'legal_review' },
    })
    const legal = await stage('Legal review')
    expect((await edit(legal, { name: 'Contract' })).body).toMatchObject({ key: 'legal_review', name: 'Contract' })
    const { items } = await cast.dana.does(listDealEntries, { params: { deal: deal.id } })
    expect(items.find((it) => it.kind === 'stage')).toMatchObject({ from_value: 'New', to_value: 'Legal review' })
    const wrong = await cast.dana.call(editDeal, {
      params: { deal: deal.id },
      body: { version: moved.version, stage: 'Legal review' },
    })
    expect([...field(wrong), wrong.problem.errors?.[0]?.detail]).toEqual([422, 'stage', 'Choose one of the stages.'])
  })

  test('an archived one stays on its deals and is given to no other, by nobody', async () => {
    const proposal = await stage('Proposal')
    const deal = (await add('Proposal')).body
    await cast.world.pass(seconds(11))
    const gone = (await edit(proposal, { archived: true })).body
    expect(field(await add('Proposal'))).toEqual([422, 'stage'])
    expect(await cast.dana.does(getDeal, { params: { ref: deal.ref } })).toMatchObject({ stage: 'Proposal' })
    const there = { workspace: cast.nordlicht.workspace }
    const names = async () => (await cast.ana.does(getWorkspace, { params: there })).stages
    expect(await names()).toEqual([
      { key: 'New', name: 'New', archived: false },
      { key: 'Working', name: 'Working', archived: false },
      { key: 'Proposal', name: 'Proposal', archived: true },
      { key: 'legal_review', name: 'Contract', archived: false },
    ])
    await cast.ana.does(answerDeal, { params: { ...there, ref: deal.ref }, body: { answer: 'accepted' } })
    const move = (stage: string) => cast.ana.call(moveDeal, { params: { ...there, ref: deal.ref }, body: { stage } })
    expect((await move('legal_review')).status).toBe(200)
    const refused = await move('Proposal')
    expect(refused.problem.errors).toEqual([{ field: 'stage', detail: 'This stage is archived. Choose another one.' }])
    expect(field(await move('Dreaming'))).toEqual([422, 'stage'])
    expect((await names()).map((it) => it.key)).not.toContain('Proposal')
    expect((await edit(gone, { archived: false })).status).toBe(200)
  })

  test('the first one stays, under any name; eight are the most, also when one comes back', async () => {
    const first = await stage('New')
    const kept = await edit(first, { archived: true })
    expect([...field(kept), kept.problem.errors?.[0]?.detail]).toEqual([
      422,
      'archived',
      'Deals begin in this stage, so it stays. You can rename it.',
    ])
    expect((await edit(first, { name: 'Fresh' })).status).toBe(200)
    expect((await add('New')).body.stage).toBe('New')
    const more = (name: string) => cast.dana.call(addListItem, { params: { list: 'stages' }, body: { name } })
    const statuses = []
    for (const name of ['Five', 'Six', 'Seven', 'Eight']) statuses.push((await more(name)).status)
    expect(statuses).toEqual([200, 200, 200, 200])
    expect(field(await more('Nine'))).toEqual([422, 'name'])
    const gone = (await edit(await stage('Eight'), { archived: true })).body
    expect((await more('Nine')).status).toBe(200)
    expect(field(await edit(gone, { archived: false }))).toEqual([422, 'archived'])
    await edit(await stage('Nine'), { archived: true })
    const both = await Promise.all([more('Ten'), more('Eleven')])
    expect(both.map((it) => it.status).sort()).toEqual([200, 422])
  })

  test('each says after how many days it is quiet; types and roles do not', async () => {
    const working = await stage('Working')
    expect((await edit(working, { quiet_days: 21 })).body).toMatchObject({ quiet_days: 21 })
    expect((await said())?.sentence).toBe('Dana Reyes made the stage Working quiet after 21 days')
    expect((await stage('Working')).quiet_days).toBe(21)
    const later = await stage('Working')
    expect((await edit(later, { quiet_days: null })).body).toMatchObject({ quiet_days: null })
    for (const quiet_days of [0, 366, 1.5, '7'])
      expect(field(await edit(await stage('Working'), { quiet_days }))).toEqual([422, 'quiet_days'])
    const type = await named('Agency')
    const odd = await cast.dana.call(editListItem, {
      params: { list: 'types', item: type.id },
      body: { version: type.version, quiet_days: 3 },
    })
    expect(field(odd)).toEqual([422, 'quiet_days'])
    for (const person of [cast.ira, cast.mei])
      expect((await edit(await stage('Working'), { quiet_days: 3 }, person)).status).toBe(403)
  })

  test('another order is that of the board', async () => {
    const { stages } = await lists()
    const ids = stages.map((it) => it.id).reverse()
    const after = await cast.dana.does(orderList, { params: { list: 'stages' }, body: { ids } })
    expect(after.stages.map((it) => it.id)).toEqual(ids)
    expect((await said())?.sentence).toBe('Dana Reyes put the stages into another order')
  })
})
