import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import type { Endpoint } from '#shared/endpoint.ts'
import { invalid } from './errors.ts'

/**
 * Idempotency-Key: the same request sent again answers as the first did and acts once.
 * In: the caller's transaction, the request, what it does. Out: what was done, now or then. Errors: 422 when the key came with another body.
 */
export async function actOnce(
  tx: Tx,
  endpoint: Endpoint,
  request: FastifyRequest,
  act: () => Promise<unknown>,
): Promise<unknown> {
  const key = request.headers['idempotency-key']
  // Bytes are not kept for a second asking: they are made, and logged, again.
  if (endpoint.method === 'GET' || endpoint.output === 'bytes' || typeof key !== 'string') return act()
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) throw invalid('Idempotency-Key', 'Use 8 to 200 visible characters.')
  const body = Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body ?? null)
  const fingerprint = createHash('sha256').update(`${request.method} ${request.url}\n`).update(body).digest('hex')
  const earlier = await tx.row<{ fingerprint: string; body: string | null }>(
    sql`select * from app.begin_once(${key}, ${fingerprint})`,
  )
  if (earlier) {
    if (earlier.fingerprint !== fingerprint) throw invalid('Idempotency-Key', 'This key was used for something else.')
    return earlier.body === null ? undefined : JSON.parse(earlier.body)
  }
  const answer = await act()
  await tx.run(sql`select app.finish_once(${key}, ${answer === undefined ? null : JSON.stringify(answer)})`)
  return answer
}
