import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type FreshDatabase, freshDatabase } from '#test/fresh-database.ts'

const main = fileURLToPath(new URL('../../main.ts', import.meta.url))
const rows = 6000
let fresh: FreshDatabase
let admin: pg.Client
let url: string
let env: Record<string, string>
const children: ChildProcess[] = []

const freePort = () =>
  new Promise<number>((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => found(port))
    })
  })
/** The whole server as a process of its own. In: what it says once it is there. Out: the process, and the setup link it prints. */
function startServer(says: RegExp): Promise<{ child: ChildProcess; token: string }> {
  const child = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'inherit'], env })
  children.push(child)
  let said = ''
  return new Promise((started, failed) => {
    child.stdout?.on('data', (line) => {
      said += String(line)
      if (says.test(said)) started({ child, token: /token=([\w-]+)/.exec(said)?.[1] ?? '' })
    })
    child.once('exit', () => failed(new Error(`It ended before it was ready: ${said}`)))
  })
}
const killed = (child: ChildProcess) =>
  new Promise<void>((done) => {
    child.once('exit', () => done())
    child.kill('SIGKILL')
  })
const count = async (table: string) => (await admin.query(`select count(*)::int as n from ${table}`)).rows[0].n

beforeAll(async () => {
  fresh = await freshDatabase()
  admin = new pg.Client({ connectionString: fresh.admin_url })
  await admin.connect()
  const port = await freePort()
  url = `http://localhost:${port}`
  env = {
    PATH: process.env.PATH ?? '',
    PORT: String(port),
    PARTNERED_URL: url,
    PARTNERED_SECRET: 'a secret of the crash test, long enough to be one',
    DATABASE_URL: fresh.app_url,
    DATABASE_ADMIN_URL: fresh.admin_url,
  }
}, 120_000)
afterAll(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) await killed(child)
  await admin.end()
  await fresh.drop()
})

test('an import whose server is killed in the middle leaves nothing, and is whole once the server is there again', {
  timeout: 240_000,
}, async () => {
  const { child, token } = await startServer(/token=[\w-]+\s/)
  let cookie = ''
  const ask = async (method: string, path: string, body?: unknown) => {
    const bytes = typeof body === 'string'
    const answer = await fetch(url + path, {
      method,
      headers: {
        cookie,
        origin: url,
        ...(body === undefined ? {} : { 'content-type': bytes ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: bytes ? body : JSON.stringify(body) }),
    })
    const [session] = answer.headers.getSetCookie()
    if (session) cookie = session.split(';')[0] ?? ''
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text ? JSON.parse(text) : undefined
  }
  await ask('POST', '/api/v1/setup', {
    token,
    name: 'Dana Reyes',
    email: 'dana@us.example',
    password: 'a password long enough',
    company: 'Us',
    time_zone: 'Europe/Berlin',
    currency: 'EUR',
  })
  const lines = Array.from(
    { length: rows },
    (_, n) => `Firm ${n.toString(36)} Ltd,pat@firm-${n.toString(36)}.example,Met ${n}`,
  )
  const { id } = await ask('POST', '/api/v1/imports?file_name=many.csv', `Company,Email,Notes\n${lines.join('\n')}\n`)
  const state = async () => (await admin.query('select state, done, version from imports where id = $1', [id])).rows[0]
  await vi.waitUntil(async () => (await state()).state === 'checked', { timeout: 90_000, interval: 100 })
  await ask('POST', `/api/v1/imports/${id}/run`, { version: (await state()).version })
  await vi.waitUntil(async () => (await state()).done >= 500, { timeout: 60_000, interval: 10 })
  await killed(child)
  await vi.waitUntil(
    async () =>
      (
        await admin.query(
          "select count(*)::int as n from pg_stat_activity where application_name = 'partnered' and state <> 'idle'",
        )
      ).rows[0].n === 0,
    { timeout: 30_000, interval: 100 },
  )
  expect({
    ...(await state()),
    partners: await count('partners'),
    contacts: await count('contacts'),
    entries: await count('entries'),
    acts: await count('acts'),
  }).toMatchObject({
    state: 'running',
    partners: 0,
    contacts: 0,
    entries: 0,
    acts: 0,
  })
  await startServer(/is ready at/)
  await vi.waitUntil(async () => (await state()).state === 'done', { timeout: 90_000, interval: 200 })
  // Some of these names are legal forms, and so duplicates: what was asked for is what is there, once.
  const wanted = (await admin.query('select total from imports where id = $1', [id])).rows[0].total
  expect(wanted).toBeGreaterThan(rows * 0.9)
  expect({
    partners: await count('partners'),
    contacts: await count('contacts'),
    acts: await count('acts'),
  }).toEqual({ partners: wanted, contacts: wanted, acts: 1 })
})
