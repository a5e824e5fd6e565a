import type { FastifyInstance } from 'fastify'
import { withActor } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import type { Product } from '#server/product.ts'

/** /healthz: the process answers. /readyz: the database does too. */
export function healthRoutes(app: FastifyInstance, product: Product): void {
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    const ready = await withActor(product.database, { as: 'system' }, (tx) => tx.row(sql`select app.now()`)).then(
      () => true,
      () => false,
    )
    return reply.status(ready ? 200 : 503).send({ ok: ready })
  })
}
