import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addContact,
  copyInvitationLink,
  inviteContact,
  listContacts,
  previewInvitation,
  withdrawInvitation,
} from '#shared/contacts.ts'
import { listInbox } from '#shared/inbox.ts'
import { getOutboxMail, listOutbox } from '#shared/outbox.ts'
import { getPartner } from '#shared/partners.ts'
import { acceptInvitation, getWorkspace, preferEmail, readInvitation } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, seconds, type World } from '#test/world.ts'

let cast: Cast
let world: World
beforeAll(async () => {
  cast = await createCast()
  world = cast.world
})
afterAll(() => world.close())

const message = 'Nia, you get our leads for the north from now on.'
let n = 0
async function newcomer() {
  n++
  return cast.dana.does(addContact, {
    params: { partner: cast.nordlicht.id },
    body: { name: `Nia ${n}`, email: `nia${n}@nordlicht.example` },
  })
}
const invite = async () => {
  const contact = await newcomer()
  const invited = await cast.dana.does(inviteContact, { params: { contact: contact.id }, body: { message } })
  return { contact, invitation: invited.invitation.id ?? '', state: invited.invitation.state }
}
const token = async (invitation: string) =>
  (await cast.dana.does(copyInvitationLink, { params: { invitation } })).link.split('/i/')[1] ?? ''
const stateOf = async (contact: string) =>
  (await cast.dana.does(listContacts, { params: { partner: cast.nordlicht.id } })).items.find(
    ({ id }) => id === contact,
  )?.invitation.state

describe('An invitation', () => {
  test('waits ten seconds, then leaves as it was previewed, with a link that works', async () => {
    const { contact, state } = await invite()
    expect(state).toBe('sending')
    await world.settle()
    expect(
      (await cast.dana.does(listOutbox, {})).items.find(
        ({ kind, state: one }) => kind === 'invitation' && one === 'due',
      ),
    ).toBeDefined()
    await world.pass(seconds(11))
    await world.settle()
    const row = (await cast.dana.does(listOutbox, {})).items.find(({ to_email }) => to_email === contact.email)
    expect(row).toMatchObject({ state: 'held', partner_name: 'Nordlicht GmbH' })
    const mail = await cast.dana.does(getOutboxMail, { params: { mail: row?.id ?? '' } })
    const preview = await cast.dana.does(previewInvitation, { params: { contact: contact.id }, body: { message } })
    expect(mail.subject).toBe(preview.subject)
    expect(mail.body?.startsWith(message)).toBe(true)
    expect(mail.links[0]).toMatch(/^http:\/\/localhost:3000\/i\//)
    const shown = await world.stranger.does(readInvitation, { body: { token: mail.links[0]?.split('/i/')[1] ?? '' } })
    expect(shown).toMatchObject({ state: 'open', company: 'Halden Software', sent_by: 'Dana Reyes', message })
  })
  test('that is undone in time never was: no mail, no link, no trace on the contact', async () => {
    const { contact, invitation } = await invite()
    expect((await cast.dana.does(withdrawInvitation, { params: { invitation } })).invitation.state).toBe('not_invited')
    await world.pass(seconds(11))
    await world.settle()
    expect((await cast.dana.does(listOutbox, {})).items.filter(({ to_email }) => to_email === contact.email)).toEqual(
      [],
    )
  })
  test('that is withdrawn later dies at once', async () => {
    const { contact, invitation } = await invite()
    await world.pass(seconds(11))
    const link = await token(invitation)
    await cast.dana.does(withdrawInvitation, { params: { invitation } })
    expect(await stateOf(contact.id)).toBe('withdrawn')
    const read = { body: { token: link } }
    expect(await world.stranger.does(readInvitation, read)).toMatchObject({
      state: 'withdrawn',
      company: 'Halden Software',
      sent_by: 'Dana Reyes',
      message: '',
      email: '',
      workspace: '',
    })
    expect((await world.stranger.call(preferEmail, read)).status).toBe(404)
    const person = await world.signIn(contact.name, contact.email ?? '')
    expect((await person.call(acceptInvitation, read)).status).toBe(410)
  })
  test('whose link was copied before its message left has two: neither ends the other, the next copy ends both', async () => {
    const { contact, invitation } = await invite()
    const copied = await token(invitation)
    await world.pass(seconds(11))
    await world.settle()
    const row = (await cast.dana.does(listOutbox, {})).items.find(({ to_email }) => to_email === contact.email)
    const mail = await cast.dana.does(getOutboxMail, { params: { mail: row?.id ?? '' } })
    const mailed = mail.links[0]?.split('/i/')[1] ?? ''
    const statusOf = async (link: string) =>
      (await world.stranger.call(readInvitation, { body: { token: link } })).status
    expect([await statusOf(copied), await statusOf(mailed)]).toEqual([200, 200])
    const next = await token(invitation)
    expect([await statusOf(copied), await statusOf(mailed), await statusOf(next)]).toEqual([404, 404, 200])
    const person = await world.signIn(contact.name, contact.email ?? '')
    expect((await person.call(acceptInvitation, { body: { token: mailed } })).status).toBe(410)
    expect((await person.call(acceptInvitation, { body: { token: next } })).status).toBe(200)
  })
  test('lets in with the link of its message as well as with the copied one', async () => {
    const { contact, invitation } = await invite()
    const copied = await token(invitation)
    await world.pass(seconds(11))
    await world.settle()
    const person = await world.signIn(contact.name, contact.email ?? '')
    expect((await person.call(acceptInvitation, { body: { token: copied } })).status).toBe(200)
    const { rows } = await world.admin.query(
      "select count(*)::int as n from audit_rows where table_name = 'invitations' and changes::text ~ '_hash'",
    )
    expect(rows[0].n).toBe(0)
  })
  test('has one link at a time: copying makes a new one', async () => {
    const { invitation } = await invite()
    await world.pass(seconds(11))
    const [first, second] = [await token(invitation), await token(invitation)]
    expect((await world.stranger.call(readInvitation, { body: { token: first } })).status).toBe(404)
    expect((await world.stranger.call(readInvitation, { body: { token: second } })).status).toBe(200)
  })
  test('ends after fourteen days, and says nothing any more', async () => {
    const { contact, invitation } = await invite()
    await world.pass(seconds(11))
    const link = await token(invitation)
    await world.pass(days(14))
    expect(await world.stranger.does(readInvitation, { body: { token: link } })).toMatchObject({
      state: 'expired',
      message: '',
      email: '',
    })
    const person = await world.signIn(contact.name, contact.email ?? '')
    expect((await person.call(acceptInvitation, { body: { token: link } })).status).toBe(410)
  })
  test('is accepted by the invited address alone, by fifty hands at once no more than once', {
    timeout: 60_000,
  }, async () => {
    const { contact, invitation } = await invite()
    await world.pass(seconds(11))
    const link = await token(invitation)
    expect((await cast.henrik.call(acceptInvitation, { body: { token: link } })).status).toBe(403)
    expect((await world.stranger.call(acceptInvitation, { body: { token: link } })).status).toBe(401)
    const person = await world.signIn(contact.name, contact.email ?? '')
    const tries = await Promise.all(
      Array.from({ length: 50 }, () => person.call(acceptInvitation, { body: { token: link } })),
    )
    expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([200]))
    const { rows } = await world.admin.query(
      "select count(*)::int as n from notifications where kind = 'accepted' and contact_id = $1",
      [contact.id],
    )
    expect(rows[0].n).toBe(1)
    expect((await person.does(getWorkspace, { params: { workspace: cast.nordlicht.workspace } })).contact_name).toBe(
      contact.name,
    )
    expect(JSON.stringify((await cast.dana.does(listInbox, { query: {} })).items)).toContain(contact.name)
  })
  test('whose message could not be delivered says so to the team, and can be sent again', async () => {
    const { contact, invitation } = await invite()
    await world.admin.query("update outbox set state = 'failed' where invitation_id = $1", [invitation])
    await world.pass(seconds(11))
    expect(await stateOf(contact.id)).toBe('bounced')
    const again = await cast.dana.does(inviteContact, { params: { contact: contact.id }, body: { message } })
    expect(again.invitation.state).toBe('sending')
  })
  test('can be answered with "just email me", without signing in', async () => {
    const { contact, invitation } = await invite()
    await world.pass(seconds(11))
    const link = await token(invitation)
    await world.stranger.does(preferEmail, { body: { token: link } })
    expect(await stateOf(contact.id)).toBe('prefers_email')
    expect((await cast.dana.does(getPartner, { params: { slug: cast.nordlicht.slug } })).works_via).toBe('email')
  })
  test('is not sent twice, not without words of one’s own, and not by someone who may only look', async () => {
    const { contact } = await invite()
    expect((await cast.dana.call(inviteContact, { params: { contact: contact.id }, body: { message } })).status).toBe(
      409,
    )
    const other = await newcomer()
    const short = await cast.dana.call(inviteContact, { params: { contact: other.id }, body: { message: 'Hi' } })
    expect([short.status, short.problem.errors?.[0]?.field]).toEqual([422, 'message'])
    expect((await cast.mei.call(inviteContact, { params: { contact: other.id }, body: { message } })).status).toBe(403)
    expect((await cast.uma.call(inviteContact, { params: { contact: other.id }, body: { message } })).status).toBe(404)
  })
})
