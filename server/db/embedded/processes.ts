import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

function ask(pid: number, field: string): string | null {
  const answer = spawnSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' })
  return answer.stdout?.trim() || null
}

function fromProc(pid: number, file: string): string | null | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return null
  }
}

/** When a process was born, in the system's own words; null when there is none. A pid alone may have been given to another one since. */
export function birthOf(pid: number): string | null {
  const stat = fromProc(pid, 'stat')
  if (stat === undefined) return ask(pid, 'lstart')
  if (stat === null) return null
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? null : (fields[19] ?? null)
}

/** The command line of a process; null when there is none. */
export function commandOf(pid: number): string | null {
  const line = fromProc(pid, 'cmdline')
  if (line === undefined) return ask(pid, 'command')
  return line === null ? null : line.replaceAll('\0', ' ').trim()
}

/** Waits until a process is gone. Out: whether it went within the time given. */
export async function gone(pid: number, milliseconds: number): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; ) {
    if (birthOf(pid) === null) return true
    await new Promise((done) => setTimeout(done, 25))
  }
  return false
}
