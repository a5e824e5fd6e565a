// npm run bench:many -- [--data=FOLDER]: what is done to many records at once, in a company with 20,000 partners, beside the same for one.
import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { withActor } from '#server/db/actor.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/pool.ts'
import { removeCompany } from '#server/features/exports/deleting.ts'
import { fillDatabase } from './database.ts'
import { startSide } from './sides.ts'

const { values } = parseArgs({ options: { data: { type: 'string' } } })
// A folder of one's own is kept, and not filled again.
const data = values.data ?? join(tmpdir(), `partnered-many-${randomUUID()}`)
process.once('exit', () => values.data ?? rmSync(data, { recursive: true, force: true }))

const around = { logins: 900, members: 60, reads: 0 }
const companies = [
  { ...around, partners: 20_000, contacts: 120_000, deals: 60_000, open: 8_000, entries: 60_000 },
  { ...around, partners: 600, contacts: 3_000, deals: 12_000, open: 2_000, entries: 60_000 },
]
const filled = values.data !== undefined && existsSync(data)
if (!filled) console.log('Filling a database of its own: one company with 20,000 partners.')
const server = filled ? await startEmbedded({ data }) : (await fillDatabase(data, { name: 'many', companies })).server
await migrate({ admin_url: server.admin_url, app_login: 'partnered_app' })
const client = new pg.Client({ connectionString: server.admin_url })
await client.connect()
const token = async (person: string): Promise<string> =>
  (await client.query('select token from auth.session where "userId" = $1', [person])).rows[0].token
const admin = await token('member 1 1')
const member = await token('member 1 2')
const { rows: tags } = await client.query(
  "select t.id from tags t join organizations o using (org_id) where o.name = 'Company 1' order by t.name",
)
const { rows: members } = await client.query(
  "select m.id from members m join organizations o using (org_id) where o.name = 'Company 1' and m.role = 'member' order by m.person_id",
)
const side = await startSide('product.ts', server.app_url, 4)

async function ask(method: string, path: string, body?: unknown, as = admin): Promise<Response> {
  const answer = await fetch(side.url + path, {
    method,
    headers: {
      cookie: `partnered=${as}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer
}
const say = (what: string, seconds: number, more = '') =>
  console.log(`${what.padEnd(46)} ${seconds.toFixed(2).padStart(7)} s   ${more}`)
async function timed<It>(act: () => Promise<It>): Promise<[It, number]> {
  const from = performance.now()
  const it = await act()
  return [it, (performance.now() - from) / 1000]
}
/** Does something that is an act, and undoes it. */
async function both(what: string, path: string, body: unknown, as = admin): Promise<void> {
  const [done, seconds] = await timed(async () => (await ask('POST', path, body, as)).json())
  say(what, seconds, `${done.changed ?? done.partners ?? done.confirmed ?? ''} records`)
  const act = typeof done.act === 'string' ? done.act : done.act?.id
  if (!act) return
  const [back, taken] = await timed(async () => (await ask('POST', `/api/v1/acts/${act}/undo`)).json())
  say('  undone', taken, `${back.kept.length} kept`)
}
async function download(format: 'csv' | 'xlsx'): Promise<void> {
  const before = await side.memory()
  let peak = before
  const looking = setInterval(async () => {
    peak = Math.max(peak, await side.memory())
  }, 200)
  const from = performance.now()
  const answer = await ask('POST', '/api/v1/partners/export', { format })
  let bytes = 0
  let first = 0
  for await (const piece of answer.body ?? []) {
    first ||= performance.now() - from
    bytes += (piece as Uint8Array).length
  }
  const seconds = (performance.now() - from) / 1000
  clearInterval(looking)
  say(
    `Export as ${format.toUpperCase()}`,
    seconds,
    `${(bytes / 1e6).toFixed(1)} MB, first byte after ${first.toFixed(0)} ms, memory ${((peak - before) / 1e6).toFixed(0)} MB more`,
  )
}

try {
  await ask('GET', '/api/v1/partners')
  const bulk = '/api/v1/partners/bulk'
  const all = { matching: {} }
  const [seen, counted] = await timed(async () =>
    (await ask('POST', `${bulk}/preview`, { ...all, change: { status: 'dormant' } })).json(),
  )
  say('Preview of a change of all', counted, `${seen.changes} would change`)
  await both('Status of all', bulk, { ...all, change: { status: 'dormant' } })
  await both('Owner of all', bulk, { ...all, change: { owner_id: members[1].id } })
  await both('A tag on all', bulk, { ...all, change: { add_tag_ids: [tags[2].id] } })
  await both('Two tags on, one off', bulk, { ...all, change: { add_tag_ids: [tags[3].id, tags[4].id] } })
  await both('Tag taken off', bulk, { ...all, change: { remove_tag_ids: [tags[0].id] } })
  await both('All archived', bulk, { ...all, change: { archived: true } })
  await both('A member changes the status of all', bulk, { ...all, change: { status: 'active' } }, member)
  await both('Main contacts confirmed', '/api/v1/ground_rules/main_contact/confirm', {}, member)
  await both('A tag becomes part of another', `/api/v1/tags/${tags[5].id}/merge`, { into: tags[6].id })
  await download('csv')
  await download('xlsx')
  const counts: number[] = []
  for (let n = 0; n < 60; n++)
    counts.push((await timed(async () => (await ask('GET', '/api/v1/partner_counts')).text()))[1])
  counts.sort((a, b) => a - b)
  say('Counts of the views, p50', counts[30] ?? 0, `p95 ${((counts[56] ?? 0) * 1000).toFixed(1)} ms`)
  const database = openDatabase(server.app_url, 2)
  const [, gone] = await timed(() =>
    withActor(database, { as: 'team', token: admin }, async (tx) => {
      await removeCompany(tx, 'Company 1')
      throw new Error('Kept, so that it can be measured again.')
    }).catch((error: Error) => {
      if (!error.message.startsWith('Kept')) throw error
    }),
  )
  say('The company deleted (and kept)', gone)
  await database.close()
} finally {
  await client.end()
  await side.stop()
  await server.stop()
}
process.exit()
