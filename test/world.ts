import { randomBytes } from 'node:crypto'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { createApp } from '#server/app.ts'
import { createAuth } from '#server/auth/auth.ts'
import { type Config, readConfig } from '#server/config.ts'
import { newId } from '#server/db/ids.ts'
import { openDatabase } from '#server/db/pool.ts'
import { deliverCode } from '#server/features/session/codes.ts'
import { openSetup, setUpCompany } from '#server/features/session/session.ts'
import { settleJobs } from '#server/jobs/jobs.ts'
import { openCourier } from '#server/mail/courier.ts'
import type { Product } from '#server/product.ts'
import type { Answer, Endpoint, Input } from '#shared/endpoint.ts'
import { freshDatabase } from './fresh-database.ts'

type Given<E> = {
  [K in keyof Input<E> as K extends 'query' ? never : Input<E>[K] extends undefined ? never : K]: Input<E>[K]
} & { query?: Input<E>['query'] }
export type Reply<E> = {
  status: number
  body: Answer<E>
  problem: { code: string; detail: string; errors?: { field: string; detail: string }[]; current?: unknown }
  raw: LightMyRequestResponse
}
export type Person = {
  name: string
  session: string
  /** Calls an endpoint as this person, over HTTP. */
  call<E extends Endpoint>(endpoint: E, given: Given<E>, headers?: Record<string, string>): Promise<Reply<E>>
  /** Calls it and expects it to be done; throws the problem otherwise. */
  does<E extends Endpoint>(endpoint: E, given: Given<E>, headers?: Record<string, string>): Promise<Answer<E>>
}
export type World = {
  product: Product
  app: FastifyInstance
  /** The administrator's own connection: to prove what is there, whatever the walls say. */
  admin: pg.Client
  /** What the server mounts, as METHOD /path. */
  routes: string[]
  /** What the server said on its console. */
  said: string[]
  /** Someone who is not signed in. */
  stranger: Person
  as(name: string, session: string): Person
  /** A new company with its admin. */
  found(company: string, admin: string, email: string): Promise<Person>
  /** A session for someone with this address, as if they had signed in. */
  signIn(name: string, email: string): Promise<Person>
  /** Moves the clock. In: milliseconds, or nothing to read it. */
  pass(ms: number): Promise<void>
  now(): Date
  /** Does all that is due. */
  settle(): Promise<void>
  close(): Promise<void>
}

const minute = 60_000
export const seconds = (n: number) => n * 1000
export const minutes = (n: number) => n * minute
export const hours = (n: number) => n * 60 * minute
export const days = (n: number) => n * 24 * 60 * minute

/** A world of its own: fresh database, real server, a clock that only moves when told. In: SMTP address, or none for the Outbox. */
export async function createWorld({ smtp_url = null }: { smtp_url?: string | null } = {}): Promise<World> {
  const fresh = await freshDatabase()
  const config: Config = {
    ...readConfig(
      {
        PARTNERED_SECRET: 'a secret of the tests, long enough to be one',
        DATABASE_URL: fresh.app_url,
        DATABASE_ADMIN_URL: fresh.admin_url,
        ...(smtp_url ? { SMTP_URL: smtp_url } : {}),
      },
      { demo: false },
    ),
  }
  const database = openDatabase(fresh.app_url, 6)
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const courier = openCourier(config.smtp_url, config.mail_from)
  const admin = new pg.Client({ connectionString: fresh.admin_url })
  await admin.connect()
  // CLOCK=2027-03-28T00:30:00Z: every world begins at another moment than now, to find what only holds on some days.
  let moved = process.env.CLOCK ? Date.parse(process.env.CLOCK) - Date.now() : 0
  const clock = () => new Date(Date.now() + moved)
  const auth = createAuth({
    pool: database.auth,
    secret: config.secret,
    url: config.url,
    deliverCode: deliverCode({ courier, say }),
  })
  const product: Product = { config, database, auth, courier, clock, say }
  const routes: string[] = []
  const app = await createApp(product, { watch: (route) => routes.push(route) })
  await app.ready()

  const as = (name: string, session: string): Person => {
    const call: Person['call'] = async (endpoint, given, headers = {}) => {
      const {
        params = {},
        query = {},
        body,
      } = given as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }
      const search = new URLSearchParams()
      for (const [key, value] of Object.entries(query))
        if (value !== undefined) search.set(key, Array.isArray(value) ? value.join(',') : String(value))
      const path = endpoint.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key])))
      const bytes = endpoint.body === 'bytes'
      const options: InjectOptions = {
        method: endpoint.method,
        url: search.size ? `${path}?${search}` : path,
        headers: {
          ...(body === undefined ? {} : { 'content-type': bytes ? 'application/octet-stream' : 'application/json' }),
          ...headers,
        },
        ...(session ? { cookies: { partnered: session } } : {}),
        ...(body === undefined ? {} : { payload: bytes ? Buffer.from(body as never) : JSON.stringify(body) }),
      }
      const raw = await app.inject(options)
      const answer =
        endpoint.output === 'bytes' && raw.statusCode < 400
          ? { name: raw.headers['content-disposition'], blob: new Blob([new Uint8Array(raw.rawPayload)]) }
          : raw.body
            ? JSON.parse(raw.body)
            : undefined
      return { status: raw.statusCode, body: answer, problem: answer, raw }
    }
    return {
      name,
      session,
      call,
      async does(endpoint, given, headers) {
        const reply = await call(endpoint, given, headers)
        if (reply.status >= 400) throw new Error(`${name} could not ${endpoint.id}: ${reply.status} ${reply.raw.body}`)
        return reply.body
      },
    }
  }
  const world: World = {
    product,
    app,
    admin,
    routes,
    said,
    as,
    stranger: as('a stranger', ''),
    async found(company, admin_name, email) {
      const token = randomBytes(16).toString('hex')
      if (await openSetup(product, token)) {
        const it = {
          token,
          name: admin_name,
          email,
          password: 'a password long enough',
          company,
          time_zone: 'Europe/Berlin',
          currency: 'EUR',
        }
        return as(admin_name, (await setUpCompany(product, it)).token)
      }
      // The printed link founds one company; more of them live in one database only by the administrator's hand.
      const person = await auth.person(email, admin_name, true)
      const org = newId()
      await admin.query(
        'insert into organizations (org_id, name, created_at, updated_at) values ($1, $2, now(), now())',
        [org, company],
      )
      await admin.query(
        "insert into members (org_id, id, person_id, name, email, role, created_at, updated_at) values ($1, $2, $3, $4, $5, 'admin', now(), now())",
        [org, newId(), person, admin_name, email],
      )
      return as(admin_name, (await auth.startSession(person)).token)
    },
    async signIn(name, email) {
      const person = await auth.person(email, name, true)
      return as(name, (await auth.startSession(person)).token)
    },
    now: clock,
    async pass(ms) {
      moved += ms
    },
    settle: () => settleJobs(product),
    async close() {
      await app.close()
      courier.close()
      await database.close()
      await admin.end()
      await fresh.drop()
    },
  }
  return world
}
