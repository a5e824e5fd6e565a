import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createApp } from './app.ts'
import { createAuth } from './auth/auth.ts'
import { type Config, readConfig } from './config.ts'
import { startEmbedded } from './db/embedded.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase } from './db/pool.ts'
import { proveWalls } from './db/probe.ts'
import { deliverCode } from './features/session/codes.ts'
import { openSetup } from './features/session/session.ts'
import { startJobs } from './jobs/jobs.ts'
import { openCourier } from './mail/courier.ts'
import type { Product } from './product.ts'

const say = (line: string) => console.log(line)
const demo = process.argv.includes('--demo')
const pages = new URL('../dist/web/', import.meta.url)

async function reachDatabase(config: Config): Promise<{
  app_url: string
  admin_url: string | null
  stop(): Promise<void>
  goLast?(pid: number): void
  ended?: Promise<unknown>
}> {
  if (config.database_url)
    return { app_url: config.database_url, admin_url: config.database_admin_url, stop: async () => {} }
  return startEmbedded({ data: config.data, log: say })
}

async function start(): Promise<void> {
  const config = readConfig(process.env, { demo })
  const server = await reachDatabase(config)
  try {
    await run(config, server)
  } catch (error) {
    await server.stop()
    throw (error as { code?: string }).code === 'EADDRINUSE'
      ? new Error(`Port ${config.port} is taken. Stop what uses it, or set PORT to another one.`)
      : error
  }
}

async function run(config: Config, server: Awaited<ReturnType<typeof reachDatabase>>): Promise<void> {
  if (server.admin_url)
    await migrate({
      admin_url: server.admin_url,
      app_login: decodeURIComponent(new URL(server.app_url).username),
      log: say,
    })
  const database = openDatabase(server.app_url, undefined, server.goLast)
  await proveWalls(database)
  const courier = openCourier(config.smtp_url, config.mail_from)
  const auth = createAuth({
    pool: database.auth,
    secret: config.secret,
    url: config.url,
    deliverCode: deliverCode({ courier, say }),
  })
  const product: Product = { config, database, auth, courier, say }

  if (demo) {
    const { seedDemo } = await import('./features/sample/demo.ts')
    await seedDemo(product)
  }
  const app =
    config.role === 'worker'
      ? null
      : await createApp(product, { pages: existsSync(pages) ? pages : undefined, log: true })
  await app?.listen({ port: config.port, host: config.host })
  const jobs = config.role === 'web' ? null : await startJobs(product)

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    say('Stopping.')
    await app?.close()
    await jobs?.stop()
    courier.close()
    await database.close()
    await server.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  server.ended?.then(() => {
    if (stopping) return
    console.error('The database stopped. Partnered stops too; start it again.')
    process.exit(1)
  })

  say(`Partnered is ready at ${config.url}`)
  const token = randomBytes(24).toString('base64url')
  if (app && (await openSetup(product, token))) say(`Set it up here, once: ${config.url}/setup?token=${token}`)
}

start().catch((error: Error & { exit_code?: number }) => {
  console.error(error.message)
  process.exit(error.exit_code ?? 1)
})
