import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { asAdmin } from './embedded/logins.ts'
import { type Embedded, startEmbedded } from './embedded.ts'

const folder = join(tmpdir(), `partnered-embedded-${randomUUID()}`)
const module = new URL('./embedded.ts', import.meta.url).href
const running: Embedded[] = []
const children: ChildProcess[] = []

const start = async (data: string, log?: (line: string) => void) => {
  const server = await startEmbedded({ data, log })
  running.push(server)
  return server
}

/** Another process that starts the same folder, prints the administrator's URL and stays. */
function startElsewhere(data: string): Promise<{ child: ChildProcess; admin_url: string }> {
  const script = `const { startEmbedded } = await import(process.argv[1]); const s = await startEmbedded({ data: process.argv[2] }); console.log(s.admin_url); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, module, data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return new Promise((started, failed) => {
    child.stdout?.once('data', (line) => started({ child, admin_url: String(line).trim() }))
    child.once('exit', (code) => failed(new Error(`It ended with ${code} before it was up.`)))
  })
}

const killed = (child: ChildProcess) =>
  new Promise<void>((done) => {
    child.removeAllListeners('exit')
    child.once('exit', () => done())
    child.kill('SIGKILL')
  })

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) await killed(child)
  for (const server of running.splice(0)) await server.stop()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the built-in PostgreSQL', () => {
  test('starts on an empty folder, keeps its secrets to this user, and is there again after a stop', async () => {
    const data = join(folder, 'kept')
    const first = await start(data)
    expect(statSync(join(data, 'postgres.json')).mode & 0o777).toBe(0o600)
    const app = await asAdmin(first.app_url, (client) =>
      client.query(
        'select rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolbypassrls from pg_roles where rolname = current_user',
      ),
    )
    expect(app.rows).toEqual([
      { rolsuper: false, rolinherit: false, rolcreaterole: false, rolcreatedb: false, rolbypassrls: false },
    ])
    const set = await asAdmin(first.admin_url, async (client) => {
      await client.query('create table kept (word text)')
      await client.query("insert into kept values ('still here')")
      const names = ['fsync', 'listen_addresses', 'unix_socket_directories', 'password_encryption', 'server_encoding']
      const { rows } = await client.query('select name, setting from pg_settings where name = any($1)', [names])
      return Object.fromEntries(rows.map((row) => [row.name, row.setting]))
    })
    expect(set).toEqual({
      fsync: 'on',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      password_encryption: 'scram-sha-256',
      server_encoding: 'UTF8',
    })
    await first.stop()
    await expect(asAdmin(first.admin_url, async () => {})).rejects.toThrow(/ECONNREFUSED/)

    const second = await start(data)
    const { rows } = await asAdmin(second.admin_url, (client) => client.query('select word from kept'))
    expect(rows).toEqual([{ word: 'still here' }])
  })

  test('lets nobody in without the password', async () => {
    const server = await start(join(folder, 'kept'))
    for (const login of ['postgres', 'partnered_app']) {
      const url = new URL(server.admin_url)
      url.username = login
      url.password = 'guess'
      await expect(asAdmin(url.href, async () => {})).rejects.toMatchObject({ code: '28P01' })
    }
  })

  test('a second start while one runs is refused in words and does no harm', async () => {
    const data = join(folder, 'twice')
    const { child, admin_url } = await startElsewhere(data)
    await expect(startEmbedded({ data })).rejects.toThrow(
      `Partnered is already running with the data folder ${data} (process ${child.pid}). Stop it first, or set PARTNERED_DATA to another folder.`,
    )
    const { rows } = await asAdmin(admin_url, (client) => client.query('select 1 as alive'))
    expect(rows).toEqual([{ alive: 1 }])
    await killed(child)
    await start(data)
  })

  test('after kill -9 the next start stops what was left and has every committed row', async () => {
    const data = join(folder, 'killed')
    const { child, admin_url } = await startElsewhere(data)
    await asAdmin(admin_url, async (client) => {
      await client.query('create table kept (word text)')
      await client.query("insert into kept values ('committed')")
    })
    await killed(child)
    // The server outlives the app that was killed.
    await asAdmin(admin_url, async (client) => client.query('select from kept'))

    const lines: string[] = []
    const again = await start(data, (line) => lines.push(line))
    expect(lines.join()).toContain('The last run did not end in order.')
    const { rows } = await asAdmin(again.admin_url, (client) => client.query('select word from kept'))
    expect(rows).toEqual([{ word: 'committed' }])
    await expect(asAdmin(admin_url, async () => {})).rejects.toThrow(/ECONNREFUSED/)
  })

  test('works in a folder that other users cannot enter', async () => {
    const closed = join(folder, 'closed')
    mkdirSync(closed, { recursive: true, mode: 0o700 })
    chmodSync(closed, 0o700)
    const server = await start(join(closed, 'data'))
    const { rows } = await asAdmin(server.app_url, (client) => client.query('select current_database() as name'))
    expect(rows).toEqual([{ name: 'partnered' }])
  })

  test('says what to do when the data folder cannot be made', async () => {
    mkdirSync(folder, { recursive: true })
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    await expect(startEmbedded({ data: join(file, 'data') })).rejects.toThrow(
      `Partnered cannot write to its data folder ${join(file, 'data')} (ENOTDIR). Give the user that starts it write access, or set PARTNERED_DATA to another folder.`,
    )
  })

  test('a throwaway server leaves nothing behind, even when its process is killed', async () => {
    const data = join(folder, 'thrown')
    const server = await startEmbedded({ data, test: true })
    await server.stop()
    expect(existsSync(data)).toBe(false)

    const script = `const { startEmbedded } = await import(process.argv[1]); await startEmbedded({ data: process.argv[2], test: true }); process.kill(process.pid, 'SIGKILL')`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, module, data], { stdio: 'inherit' })
    await new Promise((done) => child.once('exit', done))
    await expect.poll(() => existsSync(data), { timeout: 10_000 }).toBe(false)
  })
})
