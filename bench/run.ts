// npm run bench [small|mid] [--rounds=7] [--seconds=3] [--only=NAME] [--write]: how fast the product is beside the least a server could be.
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { countRows, fillDatabase } from './database.ts'
import { measuredEndpoints } from './endpoints.ts'
import { type Compared, checkSame, compare } from './load.ts'
import { mb, page, table } from './report.ts'
import { startSide } from './sides.ts'
import { sizeOf } from './sizes.ts'
import { timeStart } from './start-time.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '3' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const connections = 16
const pace = { clients: 16, rounds: Number(values.rounds), seconds: Number(values.seconds) }
const size = sizeOf(positionals[0] === 'small' ? 'small' : 'mid')
const data = join(tmpdir(), `partnered-bench-${randomUUID()}`)
process.once('exit', () => rmSync(data, { recursive: true, force: true }))

const load = loadavg()[0] ?? 0
const filling = performance.now()
console.log(`Filling a database of its own, size ${size.name}.`)
const { server, scene } = await fillDatabase(data, size)
const rows = await countRows(server.admin_url)
console.log(
  `${Object.entries(rows)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ')} in ${((performance.now() - filling) / 1000).toFixed(0)} s`,
)

const ours = await startSide('product.ts', server.app_url, connections)
const limit = await startSide('limit.ts', server.admin_url, connections)
const results: Compared[] = []
for (const endpoint of measuredEndpoints(scene)) {
  if (values.only && !endpoint.name.includes(values.only)) continue
  await checkSame(ours, limit, endpoint)
  const result = await compare({ ours, limit }, endpoint, pace)
  console.log(`${result.name}: ${result.ratio.toFixed(2)} (${result.rounds.map((it) => it.toFixed(2)).join(' ')})`)
  results.push(result)
}
const memory = await ours.memory()
await Promise.all([ours.stop(), limit.stop()])
await server.stop()
const start = await timeStart(data)
const report = { size, rows, pace, results, memory, start, load }
console.log(`\n${table(results)}\n`)
console.log(
  `Second start: ${start.seconds.toFixed(1)} s. Memory of the server: ${mb(start.node)} after the start, ${mb(memory)} after the load; with PostgreSQL ${mb(start.all)}.`,
)
if (values.write) await writeFile(new URL('../docs/performance.md', import.meta.url), await page(report))
const missed = results.filter(({ bar, ratio }) => bar !== null && ratio < bar)
for (const { name, bar, ratio } of missed) console.log(`${name} is below its bar: ${ratio.toFixed(2)} of ${bar}.`)
process.exitCode = missed.length ? 1 : 0
process.exit()
