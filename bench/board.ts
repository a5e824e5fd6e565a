// npm run bench:board -- [--rounds=60]: a deal with 5,000 lines beside one with 50, and the board of 2,000 open deals.
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { fillDatabase } from './database.ts'
import { startSide } from './sides.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '60' } } })
const rounds = Number(values.rounds)
const bar = 1.3
const data = join(tmpdir(), `partnered-bench-${randomUUID()}`)
process.once('exit', () => rmSync(data, { recursive: true, force: true }))

console.log('Filling a database of its own: a company with 2,000 open deals.')
const companies = [
  { partners: 200, contacts: 1000, deals: 6000, open: 2000, entries: 20_000, logins: 100, members: 20, reads: 20_000 },
]
const { server } = await fillDatabase(data, { name: 'board', companies })
const client = new pg.Client({ connectionString: server.admin_url })
await client.connect()
const { rows: sessions } = await client.query<{ token: string }>(
  `select token from auth.session where "userId" = 'member 1 1'`,
)
const token = sessions[0]?.token ?? ''

/** A deal whose timeline has so many lines. */
async function lengthen(at: number, lines: number): Promise<{ id: string; ref: string }> {
  const { rows } = await client.query<{ id: string; ref: string }>(
    'select id, ref from deals where outcome is null and shared_from is not null order by id offset $1 limit 1',
    [at],
  )
  const deal = rows[0]
  if (!deal) throw new Error('There is no deal to lengthen.')
  await client.query('delete from entries where deal_id = $1', [deal.id])
  await client.query(
    `insert into entries (org_id, id, partner_id, deal_id, kind, audience, body, member_id, created_at, updated_at)
     select d.org_id, gen_random_uuid(), d.partner_id, d.id, 'comment', case n % 2 when 0 then 'team' else 'partner' end, 'Line ' || n || ' of what was said.',
       d.our_owner_id, now() - n * interval '1 minute', now()
     from deals d, generate_series(1, $2::int) n where d.id = $1`,
    [deal.id, lines],
  )
  return deal
}
const [short, long] = [await lengthen(3, 50), await lengthen(4, 5000)]
await client.query('vacuum analyze')
const side = await startSide('product.ts', server.app_url, 4)

async function ask(path: string): Promise<string> {
  const answer = await fetch(side.url + path, { headers: { cookie: `partnered=${token}` } })
  const body = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body}`)
  return body
}
/** As the page opens: the deal and the first page of its timeline, at once. */
const openDeal = (deal: { id: string; ref: string }) =>
  Promise.all([ask(`/api/v1/deals/${deal.ref}`), ask(`/api/v1/deals/${deal.id}/entries?limit=30`)])
async function time(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await act()
  return performance.now() - from
}
const middle = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
const ms = (n: number) => `${n.toFixed(1)} ms`

// In turn, so that whatever else the machine does falls on both alike.
const times: Record<'short' | 'long' | 'board', number[]> = { short: [], long: [], board: [] }
for (let round = -5; round < rounds; round++) {
  const took = {
    short: await time(() => openDeal(short)),
    long: await time(() => openDeal(long)),
    board: await time(() => ask('/api/v1/board')),
  }
  if (round >= 0) for (const name of ['short', 'long', 'board'] as const) times[name].push(took[name])
}
const ratio = middle(times.long) / middle(times.short)
console.log(
  `A deal with 50 lines opens in ${ms(middle(times.short))}, one with 5,000 in ${ms(middle(times.long))}: ${ratio.toFixed(2)} times (bar ${bar}).`,
)
console.log(`The board of 2,000 open deals answers in ${ms(middle(times.board))}.`)
await side.stop()
await client.end()
await server.stop()
process.exitCode = ratio > bar ? 1 : 0
process.exit()
