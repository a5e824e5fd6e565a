import { randomBytes, randomUUID } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { commonGround } from './binaries.ts'
import { StartProblem } from './problem.ts'
import { can, type Runner } from './runner.ts'

/** What is kept beside the data: passwords, and where the data is when it cannot be in the data folder itself. */
export type Keys = { admin_password: string; app_password: string; folder: string | null }

/** Makes the data folder when it is missing. Errors: StartProblem when it cannot be written. */
export function makeDataFolder(data: string) {
  try {
    // As root, PostgreSQL may run as another user who has to pass through; what is secret in here is 0600 itself.
    mkdirSync(data, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    accessSync(data, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new StartProblem(
      `Partnered cannot write to its data folder ${data} (${(error as NodeJS.ErrnoException).code}). Give the user that starts it write access, or set PARTNERED_DATA to another folder.`,
    )
  }
}

const keysPath = (data: string) => join(data, 'postgres.json')

/** Reads the passwords of the built-in server, made up at the first start and readable by this user only. */
export function readKeys(data: string): Keys {
  const path = keysPath(data)
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Keys
  if (existsSync(join(data, 'postgres')))
    throw new StartProblem(
      `${path} is missing: it holds the passwords of the database beside it. Put it back from a backup.`,
    )
  const password = () => randomBytes(24).toString('base64url')
  const keys: Keys = { admin_password: password(), app_password: password(), folder: null }
  keepKeys(data, keys)
  return keys
}

function keepKeys(data: string, keys: Keys) {
  writeFileSync(keysPath(data), `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
  shareOwner(data, keysPath(data))
}

/** As root in a folder of another user: what is made there is theirs, so that their own start can read it. */
export function shareOwner(folder: string, path: string) {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(folder)
  chownSync(path, uid, gid)
}

/**
 * The folder that PostgreSQL owns: `postgres` in the data folder, or as root, where the runner cannot enter that, one of its own elsewhere.
 * Errors: StartProblem when neither can be had.
 */
export function openHome(data: string, keys: Keys, runner: Runner, log: (line: string) => void): string {
  const beside = join(data, 'postgres')
  if (!keys.folder) {
    mkdirSync(beside, { recursive: true, mode: 0o700 })
    if (can(runner, 'x', data)) giveTo(beside, runner)
    if (can(runner, 'w', beside)) return beside
    if (!runner.root || readdirSync(beside).length > 0)
      throw new StartProblem(
        `PostgreSQL cannot use ${beside}: it belongs to another user, or a folder above it lets nobody in. Start Partnered as the user it belongs to, or move the data to a folder that others can enter.`,
      )
    rmdirSync(beside)
  }
  if (keys.folder && !existsSync(keys.folder))
    throw new StartProblem(`The database of ${data} was in ${keys.folder}, which is gone. Put it back from a backup.`)
  const folder = keys.folder ?? join(commonGround, randomUUID())
  try {
    mkdirSync(commonGround, { recursive: true, mode: 0o755 })
    chmodSync(commonGround, 0o755)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    giveTo(folder, runner)
  } catch (error) {
    throw new StartProblem(
      `PostgreSQL does not run as root, and no folder could be made for it in ${commonGround} (${(error as Error).message}). Start Partnered as an ordinary user.`,
    )
  }
  if (!keys.folder) {
    keepKeys(data, { ...keys, folder })
    log(`The database is kept in ${folder}: the user that PostgreSQL runs as cannot enter ${data}.`)
  }
  return folder
}

/** Hands a tree to the runner: an earlier start may have run it as someone else. */
export function giveTo(path: string, runner: Runner) {
  if (!runner.root || runner.uid === null || runner.gid === null) return
  if (statSync(path).uid === runner.uid) return
  chownTree(path, runner.uid, runner.gid)
}

function chownTree(path: string, uid: number, gid: number) {
  const what = lstatSync(path)
  if (what.isSymbolicLink()) return
  if (what.isDirectory()) for (const name of readdirSync(path)) chownTree(join(path, name), uid, gid)
  // Last, so that a tree that was handed over by half is handed over again.
  chownSync(path, uid, gid)
}
