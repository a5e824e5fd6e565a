import { writeFileSync } from 'node:fs'
import { countRows, fillDatabase } from './database.ts'
import { sizeOf } from './sizes.ts'
const t = performance.now()
const { server, scene } = await fillDatabase('/tmp/benchdev/data', sizeOf('mid'))
writeFileSync('/tmp/benchdev/info.json', JSON.stringify({ app_url: server.app_url, admin_url: server.admin_url, scene }))
console.log(await countRows(server.admin_url), (performance.now() - t) / 1000)
setInterval(() => {}, 1000)
process.on('SIGTERM', async () => { await server.stop(); process.exit(0) })
