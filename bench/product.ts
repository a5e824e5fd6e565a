// The product as it runs, in a process of its own: the app, its pool, no background work.
import { createApp } from '#server/app.ts'
import { createAuth } from '#server/auth/auth.ts'
import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/db/pool.ts'
import { openCourier } from '#server/mail/courier.ts'

const [app_url = '', connections = ''] = process.argv.slice(2)
const config = readConfig({
  PARTNERED_SECRET: 'only for measuring, on this machine alone',
  DATABASE_URL: app_url,
  DATABASE_ADMIN_URL: app_url,
})
const database = openDatabase(app_url, Number(connections))
const say = (line: string) => console.error(line)
const auth = createAuth({ pool: database.auth, secret: config.secret, url: config.url, deliverCode: async () => {} })
const app = await createApp(
  { config, database, auth, courier: openCourier(null, config.mail_from), say },
  { log: true },
)
await app.listen({ port: 0, host: '127.0.0.1' })
process.on('message', () => process.send?.({ memory: process.memoryUsage().rss }))
process.on('disconnect', () => process.exit(0))
const [address] = app.addresses()
process.send?.({ port: typeof address === 'object' ? address.port : 0 })
