import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { giveTo } from './home.ts'
import { StartProblem } from './problem.ts'
import type { Runner } from './runner.ts'

const charset = process.platform === 'linux' ? 'C.UTF-8' : process.platform === 'darwin' ? 'en_US.UTF-8' : 'C'

/**
 * Makes the database files in `home` unless they are there.
 * Out: their folder. Errors: StartProblem when they are of another PostgreSQL, or cannot be made (with what initdb said).
 */
export function makeCluster(
  runner: Runner,
  binaries: { initdb: string; major: string },
  home: string,
  password: string,
  test: boolean,
): string {
  const folder = join(home, 'pg')
  if (existsSync(folder)) {
    const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
    if (found !== binaries.major)
      throw new StartProblem(
        `The database in ${folder} was made by PostgreSQL ${found}; this version of Partnered brings ${binaries.major}. Start the earlier Partnered, or restore a backup into a new data folder.`,
      )
    return folder
  }
  // Made under another name first: a start that was cut off leaves nothing that looks whole.
  const half = join(home, 'pg.new')
  const secret = join(home, 'password')
  rmSync(half, { recursive: true, force: true })
  writeFileSync(secret, password, { mode: 0o600 })
  giveTo(secret, runner)
  try {
    const settings = [
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${secret}`,
      '-E',
      'UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ]
    const locale = ['--locale=C', `--lc-ctype=${charset}`]
    const { program, args, uid, gid } = runner.wrap(binaries.initdb, [
      '-D',
      half,
      ...settings,
      ...locale,
      ...(test ? ['--no-sync'] : []),
    ])
    const made = spawnSync(program, args, {
      uid,
      gid,
      cwd: '/',
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    })
    if (made.status !== 0)
      throw new StartProblem(
        `The database could not be made in ${home}: ${(made.stderr || made.error?.message || '').trim() || 'no reason was given'}`,
      )
    const rules = join(half, 'pg_hba.conf')
    writeFileSync(rules, '# Passwords only, from this machine only.\nhost all all 127.0.0.1/32 scram-sha-256\n')
    chmodSync(rules, 0o600)
    renameSync(half, folder)
  } finally {
    rmSync(secret, { force: true })
  }
  return folder
}

/** How the server is run: for a small machine, with a quarter of its memory up to 512 MB; for tests without waiting for the disk. */
export function settings(port: number, test: boolean): string[] {
  const all: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: test ? '128MB' : `${Math.floor(Math.min(512, totalmem() / 4 / 2 ** 20))}MB`,
    effective_cache_size: '1GB',
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_min_messages: 'warning',
    // What failed is said without the values: they may be a person's data.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    ...(test
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '2GB' }
      : { fsync: 'on' }),
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
