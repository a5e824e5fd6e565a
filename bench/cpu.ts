import { readdirSync, readFileSync } from 'node:fs'

const tick_ms = 10

function statOf(pid: number): { parent: number; cpu: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(parent), cpu: (Number(rest[9]) + Number(rest[10])) * tick_ms }
  } catch {
    return null
  }
}

/** The processes below one, at any depth, and itself. Linux only; elsewhere itself alone. */
export function familyOf(root: number): number[] {
  const family = [root]
  try {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    const parents = all.map((name) => [Number(name), statOf(Number(name))?.parent] as const)
    for (const pid of family) for (const [child, parent] of parents) if (parent === pid) family.push(child)
  } catch {}
  return family
}

/** Milliseconds of processor time these processes have used, or null where the system does not say. */
export function cpuOf(pids: number[]): number | null {
  const used = pids.map(statOf).filter((it) => it !== null)
  return used.length ? used.reduce((sum, { cpu }) => sum + cpu, 0) : null
}

/** Memory of these processes, each shared byte counted once, or null where the system does not say. */
export function memoryOf(pids: number[]): number | null {
  try {
    return pids.reduce((sum, pid) => {
      const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
      return sum + Number(pss?.[1] ?? 0) * 1024
    }, 0)
  } catch {
    return null
  }
}
