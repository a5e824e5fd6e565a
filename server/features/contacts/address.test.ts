import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as api from '#shared/contacts.ts'
import { addDeal, getDeal } from '#shared/deals.ts'
import { acceptInvitation, getWorkspace, readInvitation } from '#shared/portal.ts'
import { bringIn, type Cast, createCast } from '#test/cast.ts'
import { seconds } from '#test/world.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})
afterAll(() => cast.world.close())

const workspace = () => ({ workspace: cast.nordlicht.workspace })
const readContact = async (id: string) =>
  (await cast.dana.does(api.listContacts, { params: { partner: cast.nordlicht.id } })).items.find((it) => it.id === id)!
const edit = async (id: string, body: object) =>
  cast.dana.call(api.editContact, {
    params: { contact: id },
    body: { version: (await readContact(id)).version, ...body },
  })
const message = 'Please come in and have a look around.'

describe('Another address of someone who signs in', () => {
  test('is refused until one says that the sign-in ends', async () => {
    const reply = await edit(cast.ana.contact_id, { email: 'ana@lindner.example' })
    expect([reply.status, reply.problem.errors?.[0]?.field]).toEqual([422, 'email'])
    expect((await edit(cast.ana.contact_id, { email: 'ANA.Lindner@nordlicht.example' })).status).toBe(200)
    expect((await cast.ana.call(getWorkspace, { params: workspace() })).status).toBe(200)
  })

  test('takes the access from the one before, keeps deals and history, and can be invited', async () => {
    const deal = await cast.dana.does(addDeal, {
      params: { partner: cast.nordlicht.id },
      body: { kind: 'lead', customer_company: 'Hafen', ask: 'Call.', share: true, their_owner_id: cast.ana.contact_id },
    })
    await cast.world.pass(seconds(11))
    const changed = await edit(cast.ana.contact_id, { email: 'ana@lindner.example', ends_sign_in: true })
    expect(changed.body).toMatchObject({
      email: 'ana@lindner.example',
      can_sign_in: false,
      is_main: true,
      invitation: { state: 'not_invited' },
    })
    expect((await cast.ana.call(getWorkspace, { params: workspace() })).status).toBe(404)
    expect((await cast.dana.does(getDeal, { params: { ref: deal.ref } })).their_owner?.name).toBe('Ana Lindner')
    const again = await bringIn(cast.world, cast.dana, {
      id: cast.ana.contact_id,
      name: 'Ana Lindner',
      email: 'ana@lindner.example',
    })
    expect((await again.does(getWorkspace, { params: workspace() })).contact_name).toBe('Ana Lindner')
    expect((await cast.ana.call(getWorkspace, { params: workspace() })).status).toBe(404)
  })

  test('ends the invitation that went to the one before: its holder comes in no more', async () => {
    const contact = await cast.dana.does(api.addContact, {
      params: { partner: cast.nordlicht.id },
      body: { name: 'Oda', email: 'oda@gmial.example' },
    })
    const invited = await cast.dana.does(api.inviteContact, { params: { contact: contact.id }, body: { message } })
    await cast.world.pass(seconds(11))
    const { link } = await cast.dana.does(api.copyInvitationLink, {
      params: { invitation: invited.invitation.id ?? '' },
    })
    const token = link.split('/i/')[1] ?? ''
    expect((await edit(contact.id, { email: 'oda@gmail.example' })).body.invitation.state).toBe('withdrawn')
    expect(await cast.world.stranger.does(readInvitation, { body: { token } })).toMatchObject({
      state: 'withdrawn',
      email: '',
      message: '',
    })
    for (const address of ['oda@gmial.example', 'oda@gmail.example']) {
      const holder = await cast.world.signIn('Oda', address)
      expect((await holder.call(acceptInvitation, { body: { token } })).status).toBe(410)
    }
  })

  test('holds whichever way it is written: the database itself ends the access', async () => {
    await cast.world.admin.query("update contacts set email = 'ben@elsewhere.example' where id = $1", [
      cast.ben.contact_id,
    ])
    expect((await cast.ben.call(getWorkspace, { params: workspace() })).status).toBe(404)
  })
})

describe('A contact', () => {
  const add = (body: object) =>
    cast.dana.call(api.addContact, { params: { partner: cast.nordlicht.id }, body: { name: 'Someone', ...body } })

  test('has an address that nobody else at the partner has, and one is told who has it', async () => {
    await add({ name: 'Pia Roth', email: 'pia@nordlicht.example' })
    const twice = await add({ email: 'PIA@nordlicht.example' })
    expect([twice.status, twice.problem.errors]).toEqual([
      409,
      [{ field: 'email', detail: 'Pia Roth at this partner has this address already.' }],
    ])
    const other = (await add({ name: 'Quin' })).body
    expect((await edit(other.id, { email: 'pia@nordlicht.example' })).status).toBe(409)
    expect((await readContact(other.id)).email).toBeNull()
  })

  test('has one of the company’s roles, or none', async () => {
    const { status, problem } = await add({ role: 'wizard' })
    expect([status, problem.errors?.[0]?.field]).toEqual([422, 'role'])
    expect((await add({ role: 'exec_sponsor' })).body.role).toBe('exec_sponsor')
  })

  test('stays the main one until somebody else is', async () => {
    const main = (await cast.dana.does(api.listContacts, { params: { partner: cast.nordlicht.id } })).items[0]!
    const { status, problem } = await edit(main.id, { is_main: false })
    expect([status, problem.errors?.[0]?.field]).toEqual([422, 'is_main'])
    expect((await readContact(main.id)).is_main).toBe(true)
  })
})
