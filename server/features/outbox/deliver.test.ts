import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addContact, inviteContact, removeAccess } from '#shared/contacts.ts'
import { addDeal, stopSharingDeal } from '#shared/deals.ts'
import { getOutboxMail, listOutbox, sendTestMail } from '#shared/outbox.ts'
import { readInvitation } from '#shared/portal.ts'
import { sendCode } from '#shared/session.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { seconds } from '#test/world.ts'

let cast: Cast
let sink: SMTPServer
let refuse = 0
const mails: ParsedMail[] = []

beforeAll(async () => {
  sink = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      simpleParser(stream).then((mail) => {
        if (refuse > 0) {
          refuse--
          return done(new Error('Try later.'))
        }
        mails.push(mail)
        done()
      }, done)
    },
  })
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  const { port } = sink.server.address() as { port: number }
  cast = await createCast({ smtp_url: `smtp://127.0.0.1:${port}` })
  await cast.world.pass(seconds(11))
  await cast.world.settle()
  mails.length = 0
})
afterAll(async () => {
  await cast.world.close()
  await new Promise<void>((resolve) => sink.close(() => resolve()))
})

const to = (address: string) => mails.filter((mail) => JSON.stringify(mail.to).includes(address))
const invite = async (name: string, email: string) => {
  const contact = await cast.dana.does(addContact, { params: { partner: cast.nordlicht.id }, body: { name, email } })
  await cast.dana.does(inviteContact, {
    params: { contact: contact.id },
    body: { message: 'Please come in and have a look around.' },
  })
  return contact
}
const deal = (share = true) =>
  cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: {
      kind: 'lead',
      customer_company: 'Hafen Terminal',
      ask: 'Call them',
      value_minor: 4_800_000,
      currency: 'EUR',
      their_owner_id: cast.ana.contact_id,
      share,
    },
  })

describe('Mail', () => {
  test('carries an invitation, with a link to the configured address that only the message holds', async () => {
    await invite('Nia New', 'nia@nordlicht.example')
    await cast.world.pass(seconds(11))
    await cast.world.settle()
    const [mail] = to('nia@nordlicht.example')
    const link = /http:\/\/localhost:3000\/i\/(\S+)/.exec(mail?.text ?? '')
    expect((await cast.world.stranger.does(readInvitation, { body: { token: link?.[1] ?? '' } })).state).toBe('open')
    const row = (await cast.dana.does(listOutbox, {})).items.find(
      ({ to_email }) => to_email === 'nia@nordlicht.example',
    )
    expect(row?.state).toBe('sent')
    expect((await cast.dana.does(getOutboxMail, { params: { mail: row?.id ?? '' } })).body).not.toContain(link?.[1])
  })
  test('tells Ana of a shared deal, without the value, which she may not know', async () => {
    await deal()
    await cast.world.pass(seconds(11))
    await cast.world.settle()
    const [mail] = to('ana.lindner@nordlicht.example')
    expect(mail?.subject).toBe('Dana Reyes shared a lead: Hafen Terminal')
    expect(mail?.text).toContain('Call them')
    expect(mail?.text).not.toMatch(/48[,.]?000/)
    const { rows } = await cast.world.admin.query(
      "select channel, contact_id from read_records where kind = 'mail' and contact_id = $1",
      [cast.ana.contact_id],
    )
    expect(rows.length).toBeGreaterThan(0)
  })
  test('is not sent for a deal whose sharing was undone', async () => {
    mails.length = 0
    const { id } = await deal()
    await cast.dana.does(stopSharingDeal, { params: { deal: id } })
    await cast.world.pass(seconds(11))
    await cast.world.settle()
    expect(mails).toEqual([])
  })
  test('is written with the rights of the moment it leaves: who lost access gets nothing', async () => {
    mails.length = 0
    const contact = await invite('Lara Late', 'lara@nordlicht.example')
    await cast.dana.does(removeAccess, { params: { contact: contact.id } })
    await cast.world.pass(seconds(11))
    await cast.world.settle()
    expect(mails).toEqual([])
  })
  test('that the server refuses is tried again and arrives once', { timeout: 60_000 }, async () => {
    mails.length = 0
    refuse = 1
    await invite('Rita Retry', 'rita@nordlicht.example')
    await cast.world.pass(seconds(11))
    await cast.world.settle()
    expect(mails).toEqual([])
    await cast.world.admin.query('update graphile_worker._private_jobs set run_at = now()')
    const { settleJobs } = await import('#server/jobs/jobs.ts')
    await settleJobs(cast.world.product, { again: true })
    expect(to('rita@nordlicht.example')).toHaveLength(1)
  })
  test('brings sign-in codes, which never enter the Outbox', async () => {
    mails.length = 0
    await cast.world.stranger.does(sendCode, { body: { email: 'ana.lindner@nordlicht.example' } })
    await expect.poll(() => mails.length).toBe(1)
    const code = /\d{6}/.exec(mails[0]?.text ?? '')?.[0] ?? ''
    const { rows } = await cast.world.admin.query(
      'select count(*)::int as n from outbox where body like $1 or subject like $1',
      [`%${code}%`],
    )
    expect(rows[0].n).toBe(0)
    expect(cast.world.said.join()).not.toContain(code)
  })
  test('can be tried out by an admin', async () => {
    expect(await cast.dana.does(sendTestMail, {})).toEqual({ sent: true, problem: null })
    expect((await cast.ira.call(sendTestMail, {})).status).toBe(403)
  })
})
