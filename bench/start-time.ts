import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { familyOf, memoryOf } from './cpu.ts'

const main = fileURLToPath(new URL('../server/main.ts', import.meta.url))

const freePort = () =>
  new Promise<number>((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })

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
  const pid = child.pid ?? 0
  const [node, all] = [memoryOf([pid]), memoryOf(familyOf(pid))]
  child.kill('SIGTERM')
  await ended
  return { seconds, node, all }
}
