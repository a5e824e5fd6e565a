import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../server/main.ts', import.meta.url))

const freePort = () =>
  new Promise<number>((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })

// What a process and all below it keep for themselves or share, each byte once. Linux only.
function memoryOf(root: number): number | null {
  try {
    const parents = new Map<number, number>()
    for (const name of readdirSync('/proc'))
      if (/^\d+$/.test(name)) {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
      }
    const family = [root]
    for (const pid of family) for (const [child, parent] of parents) if (parent === pid) family.push(child)
    return family.reduce((sum, pid) => {
      const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
      return sum + Number(pss?.[1] ?? 0) * 1024
    }, 0)
  } catch {
    return null
  }
}

/** Starts the whole server on a data folder that is there already and ends it in order. Out: seconds until it was ready; memory with and without PostgreSQL. */
export async function timeStart(data: string): Promise<{ seconds: number; node: number | null; all: number | null }> {
  const port = await freePort()
  const from = performance.now()
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, PARTNERED_DATA: data, PORT: String(port), NODE_ENV: 'production' },
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  await new Promise<void>((ready, failed) => {
    child.stdout.on('data', (line) => String(line).includes('is ready') && ready())
    ended.then(() => failed(new Error('The server ended before it was ready.')))
  })
  const seconds = (performance.now() - from) / 1000
  const all = child.pid ? memoryOf(child.pid) : null
  const own = child.pid ? /^VmRSS:\s+(\d+) kB/m.exec(safely(`/proc/${child.pid}/status`))?.[1] : null
  child.kill('SIGTERM')
  await ended
  return { seconds, node: own ? Number(own) * 1024 : null, all }
}

function safely(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
