import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartProblem } from './problem.ts'
import { birthOf } from './processes.ts'

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function holder(text: string): number | null {
  const [pid, birth] = text.split('\n')
  if (!pid || !birth || Number(pid) === process.pid) return null
  return birthOf(Number(pid)) === birth ? Number(pid) : null
}

const code = (error: unknown) => (error as NodeJS.ErrnoException).code

/**
 * Takes the data folder for this process.
 * In: the folder. Out: `release`. Errors: StartProblem when a living process holds it; one that was killed does not.
 */
export async function lockFolder(data: string): Promise<{ release(): void }> {
  const path = join(data, 'running')
  const mine = `${process.pid}\n${birthOf(process.pid)}\n`
  for (let tries = 0; tries < 20; tries++) {
    try {
      writeFileSync(path, mine, { flag: 'wx' })
      return {
        release() {
          if (read(path) === mine) rmSync(path, { force: true })
        },
      }
    } catch (error) {
      if (code(error) !== 'EEXIST') throw error
    }
    let found = read(path)
    if (found === '') {
      // Another start has just made it and is about to write.
      await new Promise((done) => setTimeout(done, 200))
      found = read(path)
    }
    if (found === null) continue
    const pid = holder(found)
    if (pid !== null)
      throw new StartProblem(
        `Partnered is already running with the data folder ${data} (process ${pid}). Stop it first, or set PARTNERED_DATA to another folder.`,
      )
    setAside(path, found)
  }
  throw new StartProblem(`Partnered could not take the data folder ${data}. Remove ${path} if nothing is running.`)
}

function setAside(path: string, stale: string) {
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
    // Two starts at once: what was moved may be the other's fresh lock.
    if (read(aside) === stale) rmSync(aside)
    else renameSync(aside, path)
  } catch (error) {
    if (code(error) !== 'ENOENT') throw error
  }
}
