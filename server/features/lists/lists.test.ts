import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addContact, editContact, listContacts } from '#shared/contacts.ts'
import { addListItem, countListUses, editListItem, getLists, type ListItem, orderList } from '#shared/lists.ts'
import { listChanges } from '#shared/log.ts'
import { addPartner, editPartner, getPartner } from '#shared/partners.ts'
import { type Cast, createCast } from '#test/cast.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

const lists = (who = cast.dana) => who.does(getLists, {})
const named = async (name: string): Promise<ListItem> => {
  const { types, roles } = await lists()
  return [...types, ...roles].find((it) => it.name === name)!
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
        expect([reply.status, reply.problem.detail]).toEqual([403, 'Admins edit types and roles. Ask an admin.'])
    }
    const foreign = await cast.uma.call(editListItem, { params: where, body: { version: 1, name: 'Mine' } })
    expect(foreign.status).toBe(404)
    expect((await cast.ana.call(getLists, {})).status).toBeGreaterThan(400)
  })
})
