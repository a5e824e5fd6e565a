import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import pg from 'pg'
import { vi } from 'vitest'
import { createApp } from '#server/app.ts'
import { createAuth } from '#server/auth/auth.ts'
import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/db/pool.ts'
import { deliverCode } from '#server/features/session/codes.ts'
import { openSetup, setUpCompany } from '#server/features/session/session.ts'
import { startJobs } from '#server/jobs/jobs.ts'
import { openCourier } from '#server/mail/courier.ts'
import type { Product } from '#server/product.ts'
import type { Answer, Endpoint, Input } from '#shared/endpoint.ts'
import { freshDatabase } from '#test/fresh-database.ts'
import { builtPages } from './pictures.ts'

type Given<E> = { [K in keyof Input<E> as Input<E>[K] extends undefined ? never : K]: Input<E>[K] }

export type Running = {
  url: string
  product: Product
  /** The administrator's own connection: to prove what is there. */
  admin: pg.Client
  /** What the server printed. */
  said: string[]
  /** Prints a one-time setup link, as the start does. */
  printSetupLink(): Promise<string>
  /** Sets the company up and signs its first admin in. Out: the session. */
  found(it?: { name: string; email: string; company: string }): Promise<string>
  /** A session for someone who is known with this address. */
  session(email: string, name: string): Promise<string>
  /** Calls the API with a session, to prepare what a story starts from. Throws when it is refused. */
  ask<E extends Endpoint>(session: string, endpoint: E, given: Given<E>): Promise<Answer<E>>
  /** The newest sign-in code on the console for this address, waited for. */
  printedCode(email: string): Promise<string>
  /** How many rows a table holds. */
  count(table: 'outbox' | 'partners' | 'audit_rows'): Promise<number>
  /** How many messages of the Outbox are in this state. */
  mailsIn(state: 'due' | 'sent' | 'held' | 'dropped'): Promise<number>
  /** Lets the ten seconds pass that an invitation is held, and its message leave: for what a story starts from. */
  hurryInvitations(): Promise<void>
  close(): Promise<void>
}

export const password = 'a long enough password'

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

/** The whole product as main.ts starts it, on a free port with an empty database of its own. In: the mail server, or none for the Outbox. */
export async function runServer({ smtp_url }: { smtp_url?: string } = {}): Promise<Running> {
  const fresh = await freshDatabase()
  const port = await freePort()
  const config = readConfig({
    PORT: String(port),
    PARTNERED_URL: `http://localhost:${port}`,
    PARTNERED_SECRET: 'a secret of the browser tests, long enough',
    DATABASE_URL: fresh.app_url,
    DATABASE_ADMIN_URL: fresh.admin_url,
    ...(smtp_url ? { SMTP_URL: smtp_url } : {}),
  })
  const database = openDatabase(fresh.app_url, 6)
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const courier = openCourier(config.smtp_url, config.mail_from)
  const auth = createAuth({
    pool: database.auth,
    secret: config.secret,
    url: config.url,
    deliverCode: deliverCode({ courier, say }),
  })
  const product: Product = { config, database, auth, courier, say }
  const app = await createApp(product, { pages: builtPages() })
  const jobs = await startJobs(product)
  await app.listen({ port, host: '127.0.0.1' })
  const admin = new pg.Client({ connectionString: fresh.admin_url })
  await admin.connect()

  const mailsIn: Running['mailsIn'] = async (state) => {
    const counted = 'select count(*)::int as many from outbox where state = $1'
    return (await admin.query<{ many: number }>(counted, [state])).rows[0]?.many ?? 0
  }
  return {
    url: config.url,
    product,
    admin,
    said,
    async printSetupLink() {
      const token = randomBytes(24).toString('base64url')
      await openSetup(product, token)
      return `${config.url}/setup?token=${token}`
    },
    async found(it = { name: 'Dana Reyes', email: 'dana@halden.example', company: 'Halden Software' }) {
      const token = randomBytes(24).toString('base64url')
      await openSetup(product, token)
      return (await setUpCompany(product, { ...it, token, password, time_zone: 'Europe/Berlin', currency: 'EUR' }))
        .token
    },
    async session(email, name) {
      return (await auth.startSession(await auth.person(email, name, true))).token
    },
    async ask(session, endpoint, given) {
      const { params = {}, query, body } = given as { params?: Record<string, string>; query?: object; body?: unknown }
      const path = endpoint.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
      const reply = await app.inject({
        method: endpoint.method,
        url: path,
        ...(query ? { query: query as Record<string, string> } : {}),
        cookies: { partnered: session },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      if (reply.statusCode >= 400) throw new Error(`${endpoint.id}: ${reply.statusCode} ${reply.body}`)
      return reply.body ? reply.json() : (undefined as never)
    },
    async printedCode(email) {
      const line = await vi.waitUntil(() => said.findLast((one) => one.startsWith(`Sign-in code for ${email}: `)), {
        timeout: 10_000,
        interval: 100,
      })
      return line.split(': ')[1] ?? ''
    },
    async count(table) {
      const { rows } = await admin.query<{ many: number }>(`select count(*)::int as many from ${table}`)
      return rows[0]?.many ?? 0
    },
    mailsIn,
    async hurryInvitations() {
      await admin.query("update invitations set effective_at = effective_at - interval '1 minute'")
      await admin.query("update outbox set due_at = due_at - interval '1 minute' where state = 'due'")
      await vi.waitUntil(async () => (await mailsIn('due')) === 0, { timeout: 20_000, interval: 200 })
    },
    async close() {
      await app.close()
      await jobs.stop()
      courier.close()
      await database.close()
      await admin.end()
      await fresh.drop()
    },
  }
}
