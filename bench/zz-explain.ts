import pg from 'pg'
import { startEmbedded } from '#server/db/embedded.ts'
const server = await startEmbedded({ data: '/tmp/pl-bench-data' })
const c = new pg.Client({ connectionString: server.admin_url })
await c.connect()
const { rows: [m] } = await c.query("select m.org_id, m.id from members m where person_id = 'member 1 2'")
await c.query('begin')
await c.query("select set_config('app.org', $1, true), set_config('app.member', $2, true), set_config('app.team_role', 'member', true), set_config('plan_cache_mode','force_generic_plan',true)", [m.org_id, m.id])
await c.query("set local role partnered_team")
const time = async (what: string, text: string, values: unknown[]) => {
  const all = []
  for (let i = 0; i < 4; i++) {
    const t = performance.now()
    await c.query({ name: what, text, values })
    all.push((performance.now() - t).toFixed(1))
  }
  console.log(what, all.join(' '))
}
for (const q of ['nordlicht', 'gmbh', 'nordlcht', 'lindner', 'kestrel 12'])
  await time(`search ${q}`, 'select count(*) from app.search_partners($1, 100)', [q])
await time('all', 'select count(*) from app.search_partners($1, null)', ['nordlicht'])
await time('hidden', 'select count(*) from app.hidden_partners()', [])
await time('join', 'select p.id from app.search_partners($1, 100) f join partners p on p.id = f.id where p.archived_at is null', ['nordlicht'])
const ex = await c.query("explain (analyze, buffers) select p.id from app.search_partners('nordlicht', 100) f join partners p on p.id = f.id where p.archived_at is null")
console.log(ex.rows.map((r) => r['QUERY PLAN']).join('\n'))
await c.query('rollback')
await c.end()
await server.stop()
process.exit()
