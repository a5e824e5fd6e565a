// npm run bench:import [--rows=50000]: a large CSV is brought, read, imported and undone by a server of its own, while a member works.
import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { cpuOf, familyOf } from './cpu.ts'
import { fillDatabase } from './database.ts'
import { sizeOf } from './sizes.ts'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '50000' } } })
const many = Number(values.rows)
const data = join(tmpdir(), `partnered-import-${randomUUID()}`)
process.once('exit', () => rmSync(data, { recursive: true, force: true }))
const main = fileURLToPath(new URL('../server/main.ts', import.meta.url))

function sheetOf(rows: number): Buffer {
  const lines = ['Company,Type,Status,Contact,Email,Phone,Website,Signed,Region,Notes']
  for (let n = 1; n <= rows; n++) {
    const word = n.toString(36)
    lines.push(
      `Firm ${word} ${n % 2 ? 'GmbH' : 'Ltd'},${n % 3 ? 'reseller' : 'agency'},${n % 4 ? 'active' : 'onboarding'},Pat ${word},pat@firm-${word}.example,+49 30 ${100000 + n},https://firm-${word}.example,2024-0${(n % 9) + 1}-1${n % 9},EMEA,${n % 2 ? 'Met at the fair.' : ''}`,
    )
  }
  return Buffer.from(lines.join('\r\n'))
}

const freePort = () =>
  new Promise<number>((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })

const p95 = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN
/** Brings the sheet from a thread of its own, so that sending it does not hold up the clock of those who work. In: the sheet. Out: brings it when told, and says the import's id. */
function bringer(sheet: Buffer): (url: string, token: string) => Promise<string> {
  const thread = new Worker(
    `const { workerData: body, parentPort } = require('node:worker_threads')
    parentPort.on('message', async ({ url, token }) => {
      const headers = { cookie: 'partnered=' + token, 'content-type': 'application/octet-stream' }
      const answer = await fetch(url + '/api/v1/imports?file_name=large.csv', { method: 'POST', headers, body })
      parentPort.postMessage((await answer.json()).id)
    })`,
    { eval: true, workerData: sheet },
  )
  return (url, token) =>
    new Promise((done, failed) => {
      thread.once('message', done)
      thread.once('error', failed)
      thread.postMessage({ url, token })
    })
}

const { server, scene } = await fillDatabase(data, sizeOf('mid'))
await server.stop()
const port = await freePort()
const child = spawn(process.execPath, [main], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {
    PATH: process.env.PATH,
    PORT: String(port),
    PARTNERED_SECRET: randomBytes(24).toString('hex'),
    PARTNERED_DATA: data,
    NODE_ENV: 'production',
  },
})
await new Promise<void>((ready) => child.stdout?.on('data', (line) => String(line).includes('is ready') && ready()))
const url = `http://127.0.0.1:${port}`
async function ask(
  method: string,
  path: string,
  body?: unknown,
  token = scene.member_token,
): Promise<Record<string, unknown>> {
  const answer = await fetch(url + path, {
    method,
    headers: {
      cookie: `partnered=${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return JSON.parse(text)
}

// What members do while somebody imports, one of the same company and one of another: the same requests in the same turn, quiet and during.
// The other's are what an import may not slow down. Those of the company itself also grow with its partners: they stand beside what they cost once all are there.
const companies = ['other', 'own'] as const
const requests = [
  '/api/v1/partners?limit=50',
  '/api/v1/partners?q=nord',
  '/api/v1/partners/partner-1',
  '/api/v1/deals?limit=50',
  '/api/v1/partner_counts',
  '/api/v1/tags',
]
/** One request after the other, as one member works; each as long as it takes. Out: the times, by request. */
async function work(times: Map<string, number[]>, goesOn: () => boolean): Promise<void> {
  for (let turn = 0; goesOn(); turn++) {
    const path = requests[turn % requests.length] ?? ''
    for (const whose of companies) {
      const from = performance.now()
      await ask('GET', path, undefined, whose === 'own' ? scene.member_token : scene.stranger_token)
      const key = `${whose} ${path}`
      times.set(key, [...(times.get(key) ?? []), performance.now() - from])
      await wait(20)
    }
  }
}
const for_seconds = async (seconds: number, times: Map<string, number[]>) => {
  const end = performance.now() + seconds * 1000
  await work(times, () => performance.now() < end)
}
async function until(
  id: string,
  wanted: string,
  from = performance.now(),
): Promise<{ seconds: number; it: Record<string, unknown> }> {
  for (;;) {
    const it = await ask('GET', `/api/v1/imports/${id}`)
    if (it.state === wanted) return { seconds: (performance.now() - from) / 1000, it }
    if (it.state === 'failed') throw new Error(JSON.stringify(it.result))
    await wait(300)
  }
}

let holds = Number.NaN
const watch = new Worker(new URL('watch.ts', import.meta.url), { workerData: child.pid })
watch.on('message', (megabytes: number) => {
  holds = megabytes
})
const sheet = sheetOf(many)
const bring = bringer(sheet)

try {
  await for_seconds(6, new Map())
  // Beside each phase, so that what else the machine does weighs on both.
  const quiet: Map<string, number[]>[] = []
  const rest = async () => {
    const times = new Map<string, number[]>()
    quiet.push(times)
    await for_seconds(10, times)
  }
  await rest()
  const idle = holds
  const processors = () => cpuOf(familyOf(process.pid).slice(1)) ?? Number.NaN
  const used = { reading: 0, importing: 0, undoing: 0 }
  const peak = { reading: 0, importing: 0, undoing: 0 }
  let now: keyof typeof peak | null = null
  watch.on('message', (megabytes: number) => {
    if (now) peak[now] = Math.max(peak[now], megabytes)
  })
  const busy = { reading: new Map(), importing: new Map(), undoing: new Map() }
  const during = async <T>(what: keyof typeof peak, act: () => Promise<T>): Promise<T> => {
    now = what
    const before = processors()
    let done = false
    const working = work(busy[what], () => !done)
    try {
      return await act()
    } finally {
      done = true
      used[what] = (processors() - before) / 1000
      await working
      now = null
      await rest()
    }
  }
  const read = await during('reading', async () => {
    const from = performance.now()
    return until(await bring(url, scene.member_token), 'checked', from)
  })
  const { id, version, counts } = read.it as { id: string; version: number; counts: unknown }
  const imported = await during('importing', async () => {
    await ask('POST', `/api/v1/imports/${id}/run`, { version })
    return until(id, 'done')
  })
  const act = (imported.it.act as { id: string }).id
  const undone = await during('undoing', async () => {
    const from = performance.now()
    const { kept } = (await ask('POST', `/api/v1/acts/${act}/undo`)) as { kept: unknown[] }
    return { seconds: (performance.now() - from) / 1000, kept: kept.length }
  })
  const left = ((await ask('GET', `/api/v1/partners?limit=1&q=firm`)) as { items: unknown[] }).items.length
  console.log(
    JSON.stringify({ rows: many, megabytes: +(sheet.length / 1e6).toFixed(1), counts, result: imported.it.result }),
  )
  type Times = Map<string, number[]>
  const those = (times: Times[], of: string) =>
    times.flatMap((one) => [...one].filter(([key]) => key.startsWith(of)).flatMap(([, its]) => its))
  console.log(`Memory of the server at rest: ${idle.toFixed(0)} MB.`)
  const ms = (time = Number.NaN) => `${time.toFixed(1).padStart(6)} ms`
  function print(meanwhile: Times[], before: Times[], after: Times[]): void {
    const by = (of: string) => {
      const [now = 0, then = 0, later = 0] = [meanwhile, before, after].map((times) => p95(those(times, of)))
      return `p95 ${ms(now)}, quiet before ${ms(then)}: ${(now / then).toFixed(2)} x, quiet after ${ms(later)}: ${(now / later).toFixed(2)} x`
    }
    for (const whose of companies) {
      console.log(`  ${whose === 'own' ? 'of the company itself' : 'of another company'}: ${by(`${whose} `)}`)
      for (const path of requests) console.log(`    ${path.padEnd(30)} ${by(`${whose} ${path}`)}`)
    }
    console.log(`  all of them: ${by('')}`)
  }
  const [at_first, read_then, added_then, undone_then] = quiet as [Times, Times, Times, Times]
  for (const [what, seconds, before, after] of [
    ['reading', read.seconds, at_first, read_then],
    ['importing', imported.seconds, read_then, added_then],
    ['undoing', undone.seconds, added_then, undone_then],
  ] as const) {
    console.log(
      `${what}: ${seconds.toFixed(1)} s (${used[what].toFixed(1)} s of processors), ${(peak[what] - idle).toFixed(0)} MB above rest; ${those([busy[what]], '').length} requests meanwhile`,
    )
    print([busy[what]], [before], [after])
  }
  console.log(`The whole import, from the file until all are there: ${(read.seconds + imported.seconds).toFixed(1)} s`)
  print([busy.reading, busy.importing], [at_first, read_then], [added_then])
  console.log(`After the undo ${left} of its partners are left, ${undone.kept} listed as kept.`)
} finally {
  child.kill('SIGTERM')
  await new Promise((done) => child.once('exit', done))
}
process.exit()
