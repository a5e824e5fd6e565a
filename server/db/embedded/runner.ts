import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { StartProblem } from './problem.ts'

/** As whom PostgreSQL runs: it refuses to run as root. */
export type Runner = {
  /** What to hand to spawn. */
  wrap(program: string, args: string[]): { program: string; args: string[]; uid?: number; gid?: number }
  /** Who must own its files, as this process sees owners. */
  uid: number | null
  gid: number | null
  /** Whether this process may copy things to where the runner can read them. */
  root: boolean
}

type Account = { name: string; uid: number; gid: number }

function accounts(): Account[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter((parts) => parts.length >= 4)
      .map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid) }))
  } catch {
    return []
  }
}

const plain = (uid: number | null, gid: number | null): Runner => ({
  wrap: (program, args) => ({ program, args }),
  uid,
  gid,
  root: false,
})

function mapped(account: Account, uid: number, gid: number): Runner | null {
  const flags = ['--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`]
  if (spawnSync('unshare', [...flags, 'true'], { stdio: 'ignore' }).status !== 0) return null
  return {
    wrap: (program, args) => ({ program: 'unshare', args: [...flags, program, ...args] }),
    uid,
    gid,
    root: uid === 0,
  }
}

function dropped(account: Account): Runner | null {
  const { uid, gid } = account
  if (spawnSync('true', { stdio: 'ignore', uid, gid }).status !== 0) return null
  return { wrap: (program, args) => ({ program, args, uid, gid }), uid, gid, root: true }
}

/**
 * Chooses as whom PostgreSQL runs: this user; as root the user that the data folder belongs to, root mapped to an ordinary user, or an unprivileged user.
 * In: the data folder, and whether mapping may be tried. Errors: StartProblem when this machine allows none of them.
 */
export function findRunner(data: string, mapping = true): Runner {
  const uid = process.getuid?.() ?? null
  const gid = process.getgid?.() ?? null
  if (uid === null || gid === null) return plain(null, null)
  const known = accounts()
  const others = known.filter((account) => account.uid !== 0 && account.gid !== 0)
  const named = (...names: string[]) => names.flatMap((name) => others.filter((account) => account.name === name))
  // initdb looks its user up: it must have a name on this machine.
  if (uid !== 0 && (known.some((account) => account.uid === uid) || process.platform !== 'linux'))
    return plain(uid, gid)
  const owner = uid === 0 ? statSync(data).uid : uid
  const theirs = owner === uid ? undefined : others.find((account) => account.uid === owner)
  const as = theirs && dropped(theirs)
  if (as) return as
  const someone = others.find((account) => account.uid === 1000) ?? named('postgres', 'daemon')[0] ?? others[0]
  const runner = mapping && process.platform === 'linux' && someone ? mapped(someone, uid, gid) : null
  if (runner) return runner
  if (uid !== 0) return plain(uid, gid)
  for (const account of [...named('postgres', 'nobody'), ...others]) {
    const found = dropped(account)
    if (found) return found
  }
  throw new StartProblem(
    'PostgreSQL does not run as root, and this machine offers no other user to run it as. Start Partnered as an ordinary user, or set DATABASE_URL and DATABASE_ADMIN_URL.',
  )
}

/** Whether the runner can do this with a path: 'r' read, 'w' write and enter a folder, 'x' run. */
export function can(runner: Runner, what: 'r' | 'w' | 'x', path: string): boolean {
  const { program, args, uid, gid } = runner.wrap('/bin/sh', [
    '-c',
    `test -${what} "$0" && { ! test -d "$0" || cd "$0"; }`,
    path,
  ])
  return spawnSync(program, args, { stdio: 'ignore', uid, gid, cwd: '/' }).status === 0
}
