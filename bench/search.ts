// npm run bench:search -- [--rounds=40] [--bar=1.5] [--data=FOLDER]: how fast the partner list answers a search among 20,000 partners beside 600.
import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startEmbedded } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'
import { fillDatabase } from './database.ts'
import { startSide } from './sides.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '40' },
    bar: { type: 'string', default: '1.5' },
    data: { type: 'string' },
  },
})
// A folder of one's own is kept, and not filled again.
const data = values.data ?? join(tmpdir(), `partnered-bench-${randomUUID()}`)
process.once('exit', () => values.data ?? rmSync(data, { recursive: true, force: true }))

// Both companies of one database: what is measured is the number of partners, not the rest of the machine.
const around = { logins: 900, members: 60, reads: 0 }
const companies = [
  { ...around, partners: 20_000, contacts: 120_000, deals: 60_000, open: 8_000, entries: 60_000 },
  { ...around, partners: 600, contacts: 3_000, deals: 12_000, open: 2_000, entries: 60_000 },
]
const words = [
  ['a name', ['nordlicht', 'brightwater', 'Łódź', '桜井']],
  ['the first letters', ['n', 'no', 'nor', 'nord', 'kest']],
  ['a name with its number', ['kestrel 12', 'lumen 40', 'sable 7']],
  ['an ending', ['gmbh', 'ltd', '株式会社']],
  ['a domain', ['partner12.example', 'partner5']],
  ['people', ['lindner', 'ana', 'noor de wit 1', 'okafor']],
  ['a tag', ['tag 3']],
  ['a typo', ['nordlcht', 'brightwatr', 'kestrl', 'lindnr', 'zzqqyyxx']],
] as const

async function openFilled() {
  const server = await startEmbedded({ data })
  await migrate({ admin_url: server.admin_url, app_login: 'partnered_app' })
  return server
}
const filled = values.data !== undefined && existsSync(data)
if (!filled) console.log('Filling a database of its own: one company with 20,000 partners, one with 600.')
const server = filled ? await openFilled() : (await fillDatabase(data, { name: 'search', companies })).server
const client = new pg.Client({ connectionString: server.admin_url })
await client.connect()
const { rows: sessions } = await client.query<{ token: string }>(
  `select token from auth.session where "userId" in ('member 1 2', 'member 2 2') order by "userId"`,
)
const side = await startSide('product.ts', server.app_url, 4)

const part = (times: number[], share: number) =>
  times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)] ?? Number.NaN
const ms = (n: number) => n.toFixed(1).padStart(6)

async function time(path: string, token: string): Promise<number> {
  const from = performance.now()
  const answer = await fetch(side.url + path, { headers: { cookie: `partnered=${token}` } })
  const body = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body}`)
  return performance.now() - from
}

/** The same requests in turn to both companies. Out: times of each. */
async function compare(paths: readonly string[], rounds: number): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []]
  for (let round = -3; round < rounds; round++)
    for (const path of paths)
      for (const which of [0, 1] as const) {
        const took = await time(path, sessions[which]?.token ?? '')
        if (round >= 0) times[which].push(took)
      }
  return times
}

const all: [number[], number[]] = [[], []]
console.log('                            20,000 partners       600 partners')
console.log('                            p50      p95          p50      p95')
const row = (name: string, [large, small]: [number[], number[]]) =>
  console.log(
    `${name.padEnd(24)} ${ms(part(large, 0.5))}   ${ms(part(large, 0.95))}       ${ms(part(small, 0.5))}   ${ms(part(small, 0.95))}`,
  )
for (const [name, asked] of words) {
  const times = await compare(
    asked.map((q) => `/api/v1/partners?q=${encodeURIComponent(q)}`),
    Number(values.rounds),
  )
  row(name, times)
  for (const which of [0, 1] as const) all[which].push(...times[which])
}
row('Search, all of these', all)
const ratio = part(all[0], 0.95) / part(all[1], 0.95)
for (const [name, path] of [
  ['First page', '/api/v1/partners'],
  ['Needs attention', '/api/v1/partners?view=attention'],
  ['Counts of the views', '/api/v1/partner_counts'],
  ['How many match', '/api/v1/partner_counts/matching?status=active&q=nord'],
] as const)
  row(name, await compare([path], Number(values.rounds)))
console.log(`\nSearch, p95 at 20,000 partners by p95 at 600: ${ratio.toFixed(2)}, bar ${values.bar}.`)
await client.end()
await side.stop()
await server.stop()
process.exitCode = ratio > Number(values.bar) ? 1 : 0
process.exit()
