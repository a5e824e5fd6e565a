import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addContact,
  editContact,
  giveAccessBack,
  inviteContact,
  listContacts,
  listOutsiders,
  removeAccess,
  withdrawInvitation,
} from '#shared/contacts.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, type Person, seconds } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

const people = async (person: Person, partner: string) =>
  (await person.does(listContacts, { params: { partner } })).items
const named = async (name: string, partner = cast.nordlicht.id) =>
  (await people(cast.dana, partner)).find((contact) => contact.name === name)!
const message = 'We would like to share our open leads with you here.'

test('the people at a partner, the main contact first', async () => {
  const items = await people(cast.mei, cast.nordlicht.id)
  expect(items.map((it) => [it.name, it.is_main, it.can_sign_in, it.invitation.state])).toEqual([
    ['Ana Lindner', true, true, 'accepted'],
    ['Ben Okafor', false, true, 'accepted'],
  ])
})

test('the people at a partner someone does not see, or that is not there, are the same nothing', async () => {
  const bodies = await Promise.all(
    [cast.fjordkraft.id, cast.delta.id, randomUUID()].map(async (partner) => {
      const list = await cast.lee.call(listContacts, { params: { partner } })
      const add = await cast.lee.call(addContact, { params: { partner }, body: { name: 'X' } })
      return [list.status, list.problem.detail, add.status, add.problem.detail].join()
    }),
  )
  expect(new Set(bodies).size).toBe(1)
  expect(bodies[0]).toMatch(/^404/)
})

test('a contact is added; making one the main contact unmakes the other', async () => {
  const cleo = await cast.ira.does(addContact, {
    params: { partner: cast.nordlicht.id },
    body: { name: 'Cleo Marsh', email: 'cleo@nordlicht.example', is_main: true },
  })
  expect(cleo).toMatchObject({ is_main: true, can_sign_in: false, invitation: { state: 'not_invited', id: null } })
  expect((await people(cast.dana, cast.nordlicht.id)).filter((it) => it.is_main).map((it) => it.name)).toEqual([
    'Cleo Marsh',
  ])
  const ana = await named('Ana Lindner')
  await cast.ira.does(editContact, { params: { contact: ana.id }, body: { version: ana.version, is_main: true } })
  expect((await people(cast.dana, cast.nordlicht.id)).filter((it) => it.is_main).map((it) => it.name)).toEqual([
    'Ana Lindner',
  ])
})

test('an address is there once at a partner', async () => {
  const reply = await cast.dana.call(addContact, {
    params: { partner: cast.nordlicht.id },
    body: { name: 'Second Cleo', email: 'CLEO@nordlicht.example' },
  })
  expect([reply.status, reply.problem.errors?.[0]?.field]).toEqual([409, 'email'])
})

test('a contact is changed and confirmed, by the version that was seen', async () => {
  const cleo = await named('Cleo Marsh')
  const body = { version: cleo.version, title: 'Head of Sales', confirmed: true as const }
  const edited = await cast.ira.does(editContact, { params: { contact: cleo.id }, body })
  expect(edited.title).toBe('Head of Sales')
  expect(edited.confirmed_at).not.toBeNull()
  const late = await cast.dana.call(editContact, { params: { contact: cleo.id }, body: { ...body, title: 'Late' } })
  expect(late.status).toBe(409)
  expect(late.problem.current).toMatchObject({ title: 'Head of Sales' })
})

test('read-only members look, other companies find nothing', async () => {
  const cleo = await named('Cleo Marsh')
  const params = { contact: cleo.id }
  const body = { version: cleo.version, name: 'Changed' }
  expect((await cast.mei.call(editContact, { params, body })).status).toBe(403)
  expect((await cast.uma.call(editContact, { params, body })).status).toBe(404)
  expect((await cast.mei.call(removeAccess, { params })).status).toBe(403)
  expect((await cast.uma.call(removeAccess, { params })).status).toBe(404)
  const henrik = { contact: cast.henrik.contact_id }
  expect((await cast.lee.call(removeAccess, { params: henrik })).status).toBe(404)
  const reply = await cast.mei.call(addContact, { params: { partner: cast.nordlicht.id }, body: { name: 'X' } })
  expect(reply.status).toBe(403)
  expect((await named('Cleo Marsh')).version).toBe(cleo.version)
})

test('the address someone signs in with stays', async () => {
  const ana = await named('Ana Lindner')
  const reply = await cast.dana.call(editContact, {
    params: { contact: ana.id },
    body: { version: ana.version, email: 'someone.else@nordlicht.example' },
  })
  expect([reply.status, reply.problem.errors?.[0]?.field]).toEqual([422, 'email'])
})

test('an invitation goes through its states', async () => {
  const { id } = await named('Cleo Marsh')
  const state = async () => (await named('Cleo Marsh')).invitation.state
  const invited = await cast.dana.does(inviteContact, { params: { contact: id }, body: { message } })
  expect(invited.invitation).toMatchObject({ state: 'sending', sent_at: null })
  await cast.world.pass(seconds(11))
  expect(await state()).toBe('sent')
  await cast.dana.does(withdrawInvitation, { params: { invitation: invited.invitation.id ?? '' } })
  expect(await state()).toBe('withdrawn')
  await cast.dana.does(inviteContact, { params: { contact: id }, body: { message } })
  await cast.world.pass(seconds(11))
  expect(await state()).toBe('sent')
  await cast.world.pass(days(14))
  expect(await state()).toBe('expired')
  await cast.dana.does(removeAccess, { params: { contact: id } })
  expect(await state()).toBe('access_removed')
})

test('whoever can get in stands on the list of outsiders with what they see', async () => {
  const { partners } = await cast.dana.does(listOutsiders, {})
  expect(partners.map((it) => [it.legal_name, it.sees, it.people.map((person) => person.name)])).toEqual([
    [
      'Fjordkraft Data AS',
      'Shared deals with value and with customer contacts, and shared notes. Can update deals and send you deals.',
      ['Henrik Aasen'],
    ],
    [
      'Nordlicht GmbH',
      'Shared deals without value, and shared notes. Can update deals.',
      ['Ana Lindner', 'Ben Okafor'],
    ],
  ])
  expect(partners[0]?.people[0]).toMatchObject({ invited_by: 'Dana Reyes' })
  expect((await cast.lee.does(listOutsiders, {})).partners.map((it) => it.legal_name)).toEqual(['Nordlicht GmbH'])
  expect((await cast.uma.does(listOutsiders, {})).partners.map((it) => it.legal_name)).toEqual(['Delta Works Ltd'])
})

test('access removed is gone at once and can be given back', async () => {
  const params = { contact: cast.ben.contact_id }
  const enters = async () => {
    const { rows } = await cast.world.admin.query('select 1 from app.enter_contact($1, $2)', [
      cast.ben.session,
      cast.nordlicht.workspace,
    ])
    return rows.length
  }
  expect(await enters()).toBe(1)
  const removed = await cast.ira.does(removeAccess, { params })
  expect(removed).toMatchObject({ can_sign_in: false, invitation: { state: 'access_removed' } })
  await expect(enters()).rejects.toThrow('Not found.')
  const outside = await cast.dana.does(listOutsiders, {})
  expect(outside.partners.flatMap((it) => it.people.map((person) => person.name))).not.toContain('Ben Okafor')
  expect((await cast.ira.does(removeAccess, { params })).version).toBe(removed.version)
  expect(await cast.ira.does(giveAccessBack, { params })).toMatchObject({
    can_sign_in: true,
    invitation: { state: 'accepted' },
  })
  expect(await enters()).toBe(1)
})
