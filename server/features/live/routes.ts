import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, withActor } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { notFound, tooMany } from '#server/http/errors.ts'
import { teamActor } from '#server/http/serve.ts'
import { sessionToken } from '#server/http/session-cookie.ts'
import type { Product } from '#server/product.ts'
import { type Listener, openHub } from './hub.ts'

const beat_ms = 25_000
const most_waiting = 64 * 1024
const most_streams = 20

/**
 * GET /api/v1/live and /api/v1/p/:workspace/live: which deals changed, as they change, for a browser that has them open. Ids and
 * nothing else; what changed is asked for as ever. A stream has no answer to describe, so these two are no endpoints.
 */
export function liveRoutes(app: FastifyInstance, product: Product): void {
  const hub = openHub(product)
  const open = new Map<string, number>()
  app.addHook('preClose', () => hub.close())

  async function stream(request: FastifyRequest, reply: FastifyReply, actor: Actor & { token: string }) {
    const { org } = await withActor(
      product.database,
      actor,
      async (tx) => {
        await tx.row(sql`select 1`)
        return tx.entered
      },
      { clock: product.clock, request: request.id },
    )
    const mine = open.get(actor.token) ?? 0
    if (mine >= most_streams) throw tooMany(30)
    open.set(actor.token, mine + 1)
    const { raw } = reply
    let over = false
    let beat: ReturnType<typeof setInterval> | undefined
    const write = (text: string) => {
      // Whoever does not read is let go, and asks again when they do.
      if (raw.writableLength > most_waiting) listener.end()
      else if (!over) raw.write(text)
    }
    const listener: Listener = {
      actor,
      org,
      send: (event, told) => write(`event: ${event}\ndata: ${JSON.stringify(told)}\n\n`),
      end: () => {
        if (!over) raw.end('event: over\ndata: []\n\n')
      },
    }
    raw.once('close', () => {
      over = true
      clearInterval(beat)
      hub.remove(listener)
      const left = (open.get(actor.token) ?? 1) - 1
      if (left > 0) open.set(actor.token, left)
      else open.delete(actor.token)
    })
    await hub.add(listener)
    if (over) return hub.remove(listener)
    reply.hijack()
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      // Kept for a next request after its end, it would keep a server that stops waiting.
      connection: 'close',
    })
    raw.write('retry: 3000\n\n')
    beat = setInterval(() => write(': still here\n\n'), beat_ms)
  }

  const alone = { exposeHeadRoute: false }
  app.get('/api/v1/live', alone, (request, reply) => {
    const token = sessionToken(request, product.config)
    return stream(request, reply, { ...teamActor(request, token), token } as Actor & { token: string })
  })
  app.get<{ Params: { workspace: string } }>('/api/v1/p/:workspace/live', alone, (request, reply) => {
    const { workspace } = request.params
    // A workspace looked into as someone else is not followed live.
    if (request.headers['x-view-as'] !== undefined || workspace.length > 120) throw notFound()
    return stream(request, reply, { as: 'contact', token: sessionToken(request, product.config), workspace })
  })
}
