import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { settings } from './cluster.ts'
import { shareOwner } from './home.ts'
import { StartProblem } from './problem.ts'
import { birthOf, commandOf, gone } from './processes.ts'
import type { Runner } from './runner.ts'

export type Running = { child: ChildProcess; port: number; ended: Promise<void> }

const pidFile = (folder: string) => join(folder, 'postmaster.pid')

function pidLines(folder: string): string[] {
  try {
    return readFileSync(pidFile(folder), 'utf8').split('\n')
  } catch {
    return []
  }
}

/** Stops the server that a killed start left behind. Errors: StartProblem when it does not go. */
export async function stopOrphan(folder: string, log: (line: string) => void): Promise<void> {
  const [first, itsFolder = folder] = pidLines(folder)
  const pid = Number(first)
  if (!pid) return
  const command = birthOf(pid) === null ? '' : (commandOf(pid) ?? '')
  if (command.includes('postgres') && command.includes(itsFolder)) {
    log('The last run did not end in order. Its database is being stopped first.')
    if (!(await end(pid)))
      throw new StartProblem(
        `The database of the last run (process ${pid}) does not stop. End it, then start Partnered again.`,
      )
  }
  const lines = pidLines(folder)
  // The number may be another program's by now. PostgreSQL looks past its own parent's, and still checks its shared memory.
  if (lines.length > 0) writeFileSync(pidFile(folder), [process.pid, ...lines.slice(1)].join('\n'))
}

async function end(pid: number): Promise<boolean> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return birthOf(pid) === null
    }
    if (await gone(pid, 20_000)) return true
  }
  return false
}

/** A port of this machine that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer()
    server.on('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function openLog(path: string): number {
  if (existsSync(path) && statSync(path).size > 10_000_000) renameSync(path, `${path}.1`)
  const file = openSync(path, 'a', 0o600)
  shareOwner(dirname(path), path)
  return file
}

/** Starts the server and waits until it answers. Errors: StartProblem with what it said last. */
export async function startServer(
  runner: Runner,
  postgres: string,
  folder: string,
  logPath: string,
  test: boolean,
): Promise<Running> {
  for (let tries = 1; ; tries++) {
    const port = await freePort()
    const out = openLog(logPath)
    const from = statSync(logPath).size
    const { program, args, uid, gid } = runner.wrap(postgres, ['-D', folder, ...settings(port, test)])
    // In a session of its own: Ctrl-C reaches the app alone, which ends its work first and then the database.
    const child = spawn(program, args, {
      uid,
      gid,
      cwd: '/',
      detached: true,
      stdio: ['ignore', out, out],
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    })
    closeSync(out)
    const ended = new Promise<void>((done) => {
      child.once('exit', () => done())
      child.once('error', () => done())
    })
    if (await ready(child, folder, ended)) return { child, port, ended }
    const said = readFileSync(logPath).subarray(from).toString('utf8').trim()
    if (tries < 3 && said.includes('could not bind')) continue
    throw new StartProblem(`The database did not start. It said: ${said.slice(-1500) || 'nothing'}`)
  }
}

async function ready(child: ChildProcess, folder: string, ended: Promise<void>): Promise<boolean> {
  let over = false
  ended.then(() => {
    over = true
  })
  // Replaying a long log after a crash takes its time; a server that is at work is waited for.
  while (!over) {
    const lines = pidLines(folder)
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true
    await new Promise((done) => setTimeout(done, 15))
  }
  return false
}

/** Ends the server: what is running is rolled back, what is committed is on disk. Returns when it is gone. */
export async function stopServer({ child, ended }: Running): Promise<void> {
  const within = (milliseconds: number) =>
    Promise.race([
      ended.then(() => true),
      new Promise<boolean>((late) => setTimeout(late, milliseconds, false).unref()),
    ])
  child.ref()
  child.kill('SIGINT')
  if (await within(30_000)) return
  child.kill('SIGQUIT')
  await within(10_000)
}

/**
 * Ends a throwaway server and removes its folder even when this process is killed: it waits for the end of a pipe.
 * Out: does so now, once the server has ended.
 */
export function watchOver(pid: number, folder: string): () => void {
  const script =
    'cat >/dev/null; kill -INT "$0" 2>/dev/null; n=0; while kill -0 "$0" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done; rm -rf "$1"'
  const guard = spawn('/bin/sh', ['-c', script, String(pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  })
  guard.unref()
  const pipe = guard.stdin as Socket
  pipe.unref()
  return () => {
    rmSync(folder, { recursive: true, force: true })
    pipe.end()
  }
}
