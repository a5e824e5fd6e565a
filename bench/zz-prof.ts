import { readFileSync } from 'node:fs'
import { withActor, type Actor, type Tx } from '#server/db/actor.ts'
import { openDatabase } from '#server/db/pool.ts'
import { listPartners } from '#server/features/partners/list.ts'
import { getDeal } from '#server/features/deals/deals.ts'
import { listDealEntries } from '#server/features/entries/timeline.ts'
import { listPortalDeals } from '#server/features/portal/portal.ts'
import pg from 'pg'
import { statements } from './limit-statements.ts'
const info = JSON.parse(readFileSync('/tmp/benchdev/info.json', 'utf8'))
const { scene } = info
const db = openDatabase(info.app_url, 1)
const team: Actor = { as: 'team', token: scene.member_token }
const contact: Actor = { as: 'contact', token: scene.contact_token, workspace: scene.workspace }
const acts: [string, Actor, (tx: Tx) => Promise<unknown>][] = [
  ['nothing', team, async () => {}],
  ['partners', team, (tx) => listPartners(tx, {})],
  ['deal', team, (tx) => getDeal(tx, scene.refs[0])],
  ['entries', team, (tx) => listDealEntries(tx, scene.long_deal, {})],
  ['nothing c', contact, async () => {}],
  ['portal', contact, (tx) => listPortalDeals(tx, {})],
]
const med = (a: number[]) => a.sort((x, y) => x - y)[a.length >> 1]!
const only = process.argv[2]
for (const [name, actor, act] of acts) {
  if (only && !name.startsWith(only)) continue
  const ts: number[] = []
  for (let i = 0; i < 150; i++) { const t = performance.now(); await withActor(db, actor, act); ts.push(performance.now() - t) }
  console.log(name, 'first', ts[0]!.toFixed(1), 'median', med(ts.slice(20)).toFixed(2), 'ms; min', Math.min(...ts).toFixed(2))
}
const c = new pg.Client({ connectionString: info.admin_url, options: '-c timezone=UTC -c plan_cache_mode=force_generic_plan' }); await c.connect()
const run = async (n: keyof typeof statements, v: unknown[]) => { const ts: number[] = []; let r: any; for (let i = 0; i < 150; i++) { const t = performance.now(); r = await c.query({ name: n, text: statements[n], values: v, rowMode: 'array' }); ts.push(performance.now() - t) } console.log('limit', n, med(ts).toFixed(2), 'min', Math.min(...ts).toFixed(2)); return r.rows[0] }
const me = await run('member', [scene.member_token]); await run('partners', me); await run('deal', [...me, scene.refs[0]]); await run('entries', [...me, scene.long_deal])
const them = await run('contact', [scene.contact_token, scene.workspace]); await run('portal_deals', them)
await c.end(); await db.close()
