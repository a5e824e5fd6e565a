import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type * as z from 'zod/mini'
import { type Actor, type Tx, withActor } from '#server/db/actor.ts'
import { lookAs } from '#server/db/exposure.ts'
import type { Product } from '#server/product.ts'
import type { Bytes, Endpoint, Given, Returned } from '#shared/endpoint.ts'
import { sendBytes } from './bytes.ts'
import { forbidden, Refusal } from './errors.ts'
import { actOnce } from './once.ts'
import { sessionToken } from './session-cookie.ts'

export type Call = { request: FastifyRequest; reply: FastifyReply; token: string }
type Handler<E, More> = (given: Given<E> & More) => Promise<Returned<E>>
/** A further transaction as the same caller, asked again whether they may: for bytes on their way out. */
export type Again = <Result>(act: (tx: Tx) => Promise<Result>, how?: { snapshot?: boolean }) => Promise<Result>
type Entered = { tx: Tx; again: Again }

/** How features mount themselves: an endpoint and the verb behind it. */
export type Routes = {
  /** Runs in a transaction entered as the member who is signed in. */
  team<E extends Endpoint>(endpoint: E, handler: Handler<E, Entered>): void
  /** Runs in a transaction entered as the contact, or, for reading, as a member viewing as that contact. */
  contact<E extends Endpoint>(endpoint: E, handler: Handler<E, Entered>): void
  /** No transaction: signing in, tokens, files on their way in. */
  open<E extends Endpoint>(endpoint: E, handler: Handler<E, Call>): void
  product: Product
}

export function routesOf(app: FastifyInstance, product: Product): Routes {
  function mount<E extends Endpoint>(endpoint: E, run: (given: Given<E>, call: Call) => Promise<unknown>): void {
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      config: { endpoint },
      ...(endpoint.most_bytes ? { bodyLimit: endpoint.most_bytes } : {}),
      handler: async (request, reply) => {
        const given = parseInput(endpoint, request) as Given<E>
        const answer = await run(given, { request, reply, token: sessionToken(request, product.config) })
        return send(endpoint, reply, answer, product)
      },
    })
  }
  const moment = (request: FastifyRequest) => ({
    request: request.id,
    clock: product.clock,
  })
  const transact = (
    actor: Actor,
    endpoint: Endpoint,
    request: FastifyRequest,
    act: (it: Entered) => Promise<unknown>,
  ) =>
    untangled(() =>
      withActor(
        product.database,
        actor,
        (tx) => {
          const again: Again = (further, how) => {
            const at = { ...moment(request), ...how }
            if (actor.as !== 'view_as') return withActor(product.database, actor, further, at)
            // The looking is on record already: what belongs to it is read through the same eyes.
            const { token, org, contact } = actor
            return withActor(product.database, { as: 'team', token, org }, (as) => lookAs(as, contact, further), at)
          }
          return actOnce(tx, endpoint, request, () => act({ tx, again }))
        },
        moment(request),
      ),
    )

  return {
    product,
    team: (endpoint, handler) =>
      mount(endpoint, (given, { request, token }) =>
        transact(teamActor(request, token), endpoint, request, (it) => handler({ ...given, ...it })),
      ),
    contact: (endpoint, handler) =>
      mount(endpoint, (given, { request, token }) => {
        const { workspace } = given.params as { workspace: string }
        // A link and a picture carry no header: where bytes are asked for, the address may say as whom.
        const { view_as } = (given.query ?? {}) as { view_as?: string }
        return transact(contactActor(request, token, workspace, view_as), endpoint, request, (it) =>
          handler({ ...given, ...it }),
        )
      }),
    open: (endpoint, handler) => mount(endpoint, (given, call) => handler({ ...given, ...call })),
  }
}

/** Where two transactions waited for each other, the database has undone one of them whole: it is done again. */
async function untangled<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++)
    try {
      return await act()
    } catch (error) {
      const { code } = error as { code?: string }
      if (tries === 3 || (code !== '40P01' && code !== '40001')) throw error
    }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === 'string' && uuid.test(value) ? value : undefined
}

/** The member who asks; `x-company` picks one of several companies. */
export function teamActor(request: FastifyRequest, token: string): Actor {
  return { as: 'team', token, org: header(request, 'x-company') }
}

function contactActor(request: FastifyRequest, token: string, workspace: string, view_as?: string): Actor {
  if (request.headers['x-view-as'] === undefined && !view_as) return { as: 'contact', token, workspace }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw forbidden('You are looking as someone else. Nothing can be changed here.')
  const contact = view_as ?? header(request, 'x-view-as') ?? '00000000-0000-0000-0000-000000000000'
  return { as: 'view_as', token, org: header(request, 'x-company'), contact, workspace }
}

function parseInput(endpoint: Endpoint, request: FastifyRequest) {
  return {
    params: endpoint.params && parse(endpoint.params, request.params, 404),
    query: endpoint.query && parse(endpoint.query, request.query, 422),
    body: endpoint.body === 'bytes' ? request.body : endpoint.body && parse(endpoint.body, request.body ?? {}, 422),
  }
}

function parse(schema: z.ZodMiniType, value: unknown, status: 404 | 422): unknown {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  if (status === 404)
    throw new Refusal({
      status: 404,
      code: 'not_found',
      title: 'Not found',
      detail: 'This does not exist, or you have no access to it.',
    })
  const errors = result.error.issues.slice(0, 20).map((issue) => ({
    field: issue.code === 'unrecognized_keys' ? issue.keys.join(', ').slice(0, 200) : issue.path.join('.'),
    detail: issue.code === 'unrecognized_keys' ? 'There is no such field here.' : issue.message,
  }))
  const first = errors[0] ?? { field: '', detail: 'Check your input.' }
  throw new Refusal({
    status: 422,
    code: 'invalid',
    title: 'Check your input',
    detail: first.field ? `${first.field}: ${first.detail}` : first.detail,
    errors,
  })
}

function send(endpoint: Endpoint, reply: FastifyReply, answer: unknown, product: Product): FastifyReply {
  if (endpoint.output === null) return reply.status(204).send()
  if (endpoint.output === 'bytes') return sendBytes(reply, answer as Bytes, product.say)
  // What the schema does not name never leaves; what it names and is missing is a fault of ours.
  const body = endpoint.output.parse(answer)
  return reply
    .status(200)
    .header('cache-control', 'no-store')
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify(body))
}
