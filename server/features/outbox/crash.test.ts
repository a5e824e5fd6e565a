import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type ParsedMail, simpleParser } from 'mailparser'
import pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '#test/fresh-database.ts'

const main = fileURLToPath(new URL('../../main.ts', import.meta.url))
const mails: ParsedMail[] = []
const children: ChildProcess[] = []
let fresh: FreshDatabase
let admin: pg.Client
let sink: SMTPServer
let env: Record<string, string>
/** What happens once the mail server has a mail and before the sender hears of it. */
let taken = async () => {}

const portOf = (server: { address(): unknown }) => (server.address() as { port: number }).port
const freePort = () =>
  new Promise<number>((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const port = portOf(probe)
      probe.close(() => found(port))
    })
  })
function startServer(): Promise<{ child: ChildProcess; token: string }> {
  const child = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'inherit'], env })
  children.push(child)
  let said = ''
  return new Promise((started, failed) => {
    child.stdout?.on('data', (line) => {
      said += String(line)
      if (/is ready at/.test(said)) started({ child, token: /token=([\w-]+)/.exec(said)?.[1] ?? '' })
    })
    child.once('exit', () => failed(new Error(`It ended before it was ready: ${said}`)))
  })
}
const killed = (child: ChildProcess) =>
  new Promise<void>((done) => {
    child.once('exit', () => done())
    child.kill('SIGKILL')
  })

beforeAll(async () => {
  fresh = await freshDatabase()
  admin = new pg.Client({ connectionString: fresh.admin_url })
  await admin.connect()
  sink = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) =>
      void simpleParser(stream).then(async (mail) => {
        mails.push(mail)
        await taken()
        done()
      }, done),
  })
  sink.on('error', () => {})
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  const port = await freePort()
  env = {
    PATH: process.env.PATH ?? '',
    PORT: String(port),
    PARTNERED_URL: `http://localhost:${port}`,
    PARTNERED_SECRET: 'a secret of the crash test, long enough to be one',
    DATABASE_URL: fresh.app_url,
    DATABASE_ADMIN_URL: fresh.admin_url,
    SMTP_URL: `smtp://127.0.0.1:${portOf(sink.server)}`,
  }
}, 120_000)
afterAll(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) await killed(child)
  await new Promise<void>((resolve) => sink.close(() => resolve()))
  await admin.end()
  await fresh.drop()
})

const stateOf = async () => (await admin.query('select state, tries from outbox')).rows[0]

test('a mail whose sender is killed once the mail server has it leaves again under the same Message-ID, and then no more', {
  timeout: 240_000,
}, async () => {
  const { child } = await startServer()
  await admin.query(`
    insert into organizations (org_id, name, created_at, updated_at) values (gen_random_uuid(), 'Halden Software', now(), now());
    insert into members (org_id, id, person_id, name, email, role, created_at, updated_at) select org_id, gen_random_uuid(), 'dana', 'Dana Reyes', 'dana@halden.example', 'admin', now(), now() from organizations`)
  const dead = new Promise<void>((resolve) => {
    taken = async () => {
      await killed(child)
      taken = async () => {}
      resolve()
    }
  })
  await admin.query(`
    insert into outbox (org_id, id, kind, member_id, message_id, due_at, created_at, updated_at)
    select org_id, gen_random_uuid(), 'role_changed', id, 'one-mail@partnered', now(), now(), now() from members`)
  await dead
  expect(await stateOf()).toEqual({ state: 'due', tries: 0 })

  // As if it had been dead for a while: its worker is taken for one that works until then.
  await admin.query(
    "update graphile_worker._private_jobs set locked_at = now() - interval '4 minutes' where key like 'mail:%'",
  )
  await startServer()
  await expect.poll(stateOf, { timeout: 60_000 }).toEqual({ state: 'sent', tries: 1 })
  await new Promise((resolve) => setTimeout(resolve, 3000))
  expect(mails.map(({ messageId }) => messageId)).toEqual(['<one-mail@partnered>', '<one-mail@partnered>'])
  expect(mails.map(({ subject }) => subject)).toEqual(Array(2).fill('You are now an admin at Halden Software'))
})
