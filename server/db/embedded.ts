import { writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { resolve } from 'node:path'
import { findBinaries } from './embedded/binaries.ts'
import { makeCluster } from './embedded/cluster.ts'
import { makeDataFolder, openHome, readKeys } from './embedded/home.ts'
import { lockFolder } from './embedded/lock.ts'
import { asAdmin, createAppLogin, createDatabase } from './embedded/logins.ts'
import { type Running, startServer, stopOrphan, stopServer, watchOver } from './embedded/postmaster.ts'
import { findRunner } from './embedded/runner.ts'

export type Embedded = {
  /** For the app: the login partnered_app. */
  app_url: string
  /** For migrate only: the superuser. */
  admin_url: string
  /** Ends the server in order and returns when it is gone. */
  stop(): Promise<void>
  /** One of the server's processes works only when no other wants to. In: its number, as PostgreSQL tells it. */
  goLast(pid: number): void
  /** Settles when the server has ended, asked to or not. */
  ended: Promise<void>
}

function goLast(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW)
    // Each process of PostgreSQL is a session: where Linux shares the processors out between sessions, its own priority counts within that alone.
    writeFileSync(`/proc/${pid}/autogroup`, String(constants.priority.PRIORITY_LOW), { flag: 'r+' })
  } catch {
    // Where it may not be told, or there is no such thing, it works as the others do.
  }
}

/**
 * Brings up the built-in PostgreSQL on a data folder, made at the first start; the database is `partnered`.
 * In: the folder, where to say what is going on, and `test` for a throwaway folder (no waiting for the disk; server and folder go when this process does).
 * Out: the URLs of the app's login and of the administrator, and `stop`. Errors: StartProblem, whose message says what to do.
 */
export async function startEmbedded({
  data,
  log = () => {},
  test = false,
  mapping = true,
}: {
  data: string
  log?: (line: string) => void
  test?: boolean
  /** false: as root, run PostgreSQL as another user even where mapping root to one works. */
  mapping?: boolean
}): Promise<Embedded> {
  const folder = resolve(data)
  makeDataFolder(folder)
  const lock = await lockFolder(folder)
  let running: Running | undefined
  let clear = () => {}
  const last = () => {
    running?.child.kill('SIGINT')
    lock.release()
  }
  process.once('exit', last)
  const stop = async () => {
    if (running) await stopServer(running)
    process.off('exit', last)
    lock.release()
    clear()
  }
  try {
    const keys = readKeys(folder)
    const runner = findRunner(folder, mapping)
    const binaries = findBinaries(runner)
    const home = openHome(folder, keys, runner, log)
    const fresh = makeCluster(runner, binaries, home, keys.admin_password, test)
    await stopOrphan(fresh, log)
    running = await startServer(runner, binaries.postgres, fresh, `${folder}/postgres.log`, test)
    if (test && running.child.pid) clear = watchOver(running.child.pid, folder)
    const url = (login: string, password: string, database: string) =>
      `postgres://${login}:${password}@127.0.0.1:${running?.port}/${database}`
    const admin_url = url('postgres', keys.admin_password, 'partnered')
    await prepare(url('postgres', keys.admin_password, 'postgres'), keys.app_password)
    running.child.unref()
    return {
      app_url: url('partnered_app', keys.app_password, 'partnered'),
      admin_url,
      stop,
      goLast,
      ended: running.ended,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function prepare(admin_url: string, password: string) {
  const known = await asAdmin(admin_url, async (client) => {
    const { rows } = await client.query(
      "select exists (select from pg_database where datname = 'partnered') and exists (select from pg_roles where rolname = 'partnered_app') as done",
    )
    return rows[0].done as boolean
  })
  if (known) return
  await createAppLogin({ admin_url, password })
  await createDatabase(admin_url, 'partnered')
}
