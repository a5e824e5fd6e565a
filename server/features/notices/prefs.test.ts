import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeAccess } from '#shared/contacts.ts'
import { addDeal } from '#shared/deals.ts'
import { addDealEntry } from '#shared/entries.ts'
import { addPortalEntry, readInvitation } from '#shared/portal.ts'
import { type Cast, createCast } from '#test/cast.ts'
import { days, minutes, seconds } from '#test/world.ts'

let cast: Cast
let sink: SMTPServer
const mails: ParsedMail[] = []
const link: Record<string, string> = {}

const hashes = async () =>
  (
    await cast.world.admin.query(`select
      (select coalesce(json_agg(s order by s), '[]')::text from notice_settings s) as settings, (select coalesce(json_agg(s order by s), '[]')::text from mutes s) as mutes,
      (select coalesce(json_agg(s order by s), '[]')::text from contact_choices s) as choices, (select count(*)::int from audit_rows) as logged,
      (select count(*)::int from read_records) as seen, (select coalesce(json_agg(s order by s), '[]')::text from mail_links s) as links`)
  ).rows[0]
const get = (path: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' | 'OPTIONS' = 'GET') =>
  cast.world.app.inject({ method, url: path, headers })
const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  cast.world.app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  })
const linkIn = (mail: ParsedMail | undefined) =>
  /http:\/\/localhost:3000(\/prefs\/\S+)/.exec(mail?.text ?? '')?.[1] ?? 'none'
const oneClick = (mail: ParsedMail) =>
  mail.headerLines.flatMap(({ key, line }) => (key === 'list-unsubscribe-post' ? [line] : []))
const to = (address: string) => mails.filter((mail) => JSON.stringify(mail.to).includes(address))
const move = async (text: string) => {
  const { rows } = await cast.world.admin.query(text, [cast.world.now()])
  await cast.world.pass(rows[0].at.getTime() - cast.world.now().getTime())
  await cast.world.settle()
}
const monday = (at: string) =>
  move(
    `select (date_trunc('week', $1::timestamptz at time zone 'Europe/Berlin') + interval '7 days ${at}') at time zone 'Europe/Berlin' as at`,
  )

beforeAll(async () => {
  sink = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) =>
      void simpleParser(stream).then((mail) => {
        mails.push(mail)
        done()
      }, done),
  })
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  cast = await createCast({ smtp_url: `smtp://127.0.0.1:${(sink.server.address() as { port: number }).port}` })
  await cast.world.admin.query(`update auth.session set "expiresAt" = now() + interval '2 years'`)
  await monday('10 hours')
  mails.length = 0
  const deal = await cast.dana.does(addDeal, {
    params: { partner: cast.nordlicht.id },
    body: {
      kind: 'lead',
      customer_company: 'Hafen Terminal',
      ask: 'Call them',
      share: true,
      their_owner_id: cast.ana.contact_id,
    },
  })
  await cast.world.pass(seconds(11))
  await cast.world.settle()
  link.share = linkIn(to('ana.lindner@nordlicht.example')[0])
  await cast.ana.does(addPortalEntry, {
    params: { workspace: cast.nordlicht.workspace, ref: deal.ref },
    body: { body: 'Hello.' },
  })
  await cast.dana.does(addDealEntry, { params: { deal: deal.id }, body: { body: 'A word.', audience: 'partner' } })
  await cast.world.admin.query(
    "insert into notifications (org_id, id, member_id, kind, partner_id, deal_id, key, created_at) select org_id, gen_random_uuid(), our_owner_id, 'quiet', partner_id, id, 'quiet', $2 from deals where id = $1",
    [deal.id, cast.world.now()],
  )
  await cast.world.admin.query(
    "insert into notifications (org_id, id, member_id, kind, partner_id, key, created_at) select org_id, gen_random_uuid(), owner_id, 'quiet', id, 'quiet too', $2 from partners where id = $1",
    [cast.nordlicht.id, cast.world.now()],
  )
  await cast.world.pass(minutes(11))
  await cast.world.settle()
  link.member = linkIn(to('dana@halden.example').at(-1))
  await cast.world.pass(days(1))
  await cast.world.settle()
  link.digest = linkIn(to('dana@halden.example').find(({ subject }) => subject?.startsWith('Your digest')))
  await monday('10 hours')
  link.week = linkIn(to('ana.lindner@nordlicht.example').find(({ subject }) => subject?.startsWith('Your week')))
})
afterAll(async () => {
  await cast.world.close()
  await new Promise<void>((resolve) => sink.close(() => resolve()))
})

describe('The last line of a mail', () => {
  test('is in every mail, and another one in each', () => {
    expect(Object.values(link)).not.toContain('none')
    expect(new Set(Object.values(link)).size).toBe(4)
    // 256 bits, of which only the hash is kept.
    for (const path of Object.values(link)) expect(path.split('/')[2]).toMatch(/^[\w-]{43}$/)
  })
  test('and digests say how a mail program unsubscribes by itself', () => {
    const digests = mails.filter(({ subject }) => /^Your (digest|week)/.test(subject ?? ''))
    expect(digests.length).toBeGreaterThan(1)
    for (const mail of digests) {
      const path = linkIn(mail)
      expect(mail.headers.get('list')).toMatchObject({ unsubscribe: { url: `http://localhost:3000${path}` } })
      expect(oneClick(mail)).toEqual(['List-Unsubscribe-Post: List-Unsubscribe=One-Click'])
    }
    expect(mails.filter((mail) => !digests.includes(mail)).flatMap(oneClick)).toEqual([])
  })
  test('stays as it is however often it is looked at, by whatever', async () => {
    const before = await hashes()
    for (let n = 0; n < 250; n++)
      for (const path of Object.values(link)) {
        const method = (['GET', 'HEAD', 'GET', 'OPTIONS'] as const)[n % 4] ?? 'GET'
        await get(path, n % 3 ? {} : { range: 'bytes=0-10', purpose: 'prefetch' }, method)
      }
    expect(await hashes()).toEqual(before)
  })
  test('opens a page that runs nothing, sets no cookie and names no deal', async () => {
    const page = await get(link.member ?? '')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src 'self'; form-action 'self'/,
    )
    expect(page.headers['cache-control']).toBe('no-store')
    expect(page.headers['set-cookie']).toBeUndefined()
    expect(page.body).not.toMatch(/<script|Hafen Terminal/)
    expect(page.body).toContain('Dana, choose how Halden Software tells you.')
  })
  test('opens nothing else, and nothing else opens it', async () => {
    const token = link.member?.split('/')[2] ?? ''
    expect((await cast.world.stranger.call(readInvitation, { body: { token } })).status).toBe(404)
    expect((await get('/prefs/no-such-token')).statusCode).toBe(404)
    expect((await post('/prefs/no-such-token', { way: 'off' })).statusCode).toBe(404)
    const invitation = mails.map((mail) => /\/i\/(\S+)/.exec(mail.text ?? '')?.[1]).find(Boolean) ?? 'x'.repeat(43)
    expect((await get(`/prefs/${invitation}`)).statusCode).toBe(404)
  })
})

describe('Its form', () => {
  test('changes one kind of mail for a member, and mutes what the mail was about', async () => {
    const page = await post(
      link.member ?? '',
      { way: 'digest', muting: 'yes', mute: 'yes' },
      { origin: 'http://localhost:3000' },
    )
    expect(page.body).toContain('Saved.')
    const { rows } = await cast.world.admin.query(
      'select s.replied, s.moved, m.name from notice_settings s join members m on m.org_id = s.org_id and m.id = s.member_id',
    )
    expect(rows).toEqual([{ replied: 'digest', moved: 'digest', name: 'Dana Reyes' }])
    expect((await cast.world.admin.query('select from mutes')).rowCount).toBe(1)
    await post(link.member ?? '', { way: 'now', muting: 'yes' })
    expect((await cast.world.admin.query('select from mutes')).rowCount).toBe(0)
    const { rows: logged } = await cast.world.admin.query(
      "select distinct channel, table_name from audit_rows where table_name in ('notice_settings', 'mutes') order by table_name",
    )
    expect(logged).toEqual([
      { channel: 'link', table_name: 'mutes' },
      { channel: 'link', table_name: 'notice_settings' },
    ])
  })
  test('is refused from another site, and with what it does not offer', async () => {
    const before = await hashes()
    expect((await post(link.member ?? '', { way: 'off' }, { origin: 'https://evil.example' })).statusCode).toBe(403)
    expect((await post(link.member ?? '', { way: 'always' })).statusCode).toBe(400)
    expect((await post(link.member ?? '', { choice: 'none' })).statusCode).toBe(400)
    expect((await post(link.week ?? '', { way: 'off' })).statusCode).toBe(400)
    expect(await hashes()).toEqual(before)
  })
  test('lets a contact choose, none at all too', async () => {
    const choice = async () => (await cast.world.admin.query('select choice from contact_choices')).rows
    expect((await post(link.share ?? '', { choice: 'none' })).statusCode).toBe(200)
    expect(await choice()).toEqual([{ choice: 'none' }])
    await post(link.share ?? '', { choice: 'asked' })
    expect(await choice()).toEqual([{ choice: 'asked' }])
  })
})

describe('One click in a mail program', () => {
  const click = { 'List-Unsubscribe': 'One-Click' }
  test('ends the digest of a member, and only the digest', async () => {
    expect((await post(link.digest ?? '', click)).statusCode).toBe(200)
    const { rows } = await cast.world.admin.query(
      'select assigned, replied, moved, quiet, sent, access from notice_settings',
    )
    expect(rows).toEqual([{ assigned: 'now', replied: 'now', moved: 'off', quiet: 'off', sent: 'off', access: 'now' }])
  })
  test('ends the weekly digest of a contact, sent as a form of parts too', async () => {
    const reply = await cast.world.app.inject({
      method: 'POST',
      url: link.week ?? '',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload: '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    })
    expect(reply.statusCode).toBe(200)
    expect((await cast.world.admin.query('select choice from contact_choices')).rows).toEqual([
      { choice: 'only_asked' },
    ])
  })
  test('ends nothing that is no digest', async () => {
    const before = await hashes()
    expect((await post(link.member ?? '', click)).statusCode).toBe(400)
    expect((await post(link.share ?? '', click)).statusCode).toBe(400)
    expect(await hashes()).toEqual(before)
  })
})

describe('A link dies', () => {
  test('with the access of its reader, and after half a year', async () => {
    expect((await get(link.share ?? '')).statusCode).toBe(200)
    await cast.dana.does(removeAccess, { params: { contact: cast.ana.contact_id } })
    expect((await get(link.share ?? '')).statusCode).toBe(404)
    expect((await post(link.share ?? '', { choice: 'none' })).statusCode).toBe(404)
    expect((await get(link.member ?? '')).statusCode).toBe(200)
    await cast.world.pass(days(181))
    expect((await get(link.member ?? '')).statusCode).toBe(404)
  })
})
