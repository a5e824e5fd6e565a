import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

// What a partner's people open is a page of its own, so that it stays small for them.
const outside = /^\/(p|i|sign-in)(\/|$|\?)/

/** The built web app. Files have hashed names and stay in caches; the two pages never do. */
export async function servePages(app: FastifyInstance, folder: URL): Promise<void> {
  const [team, portal] = await Promise.all([
    readFile(new URL('index.html', folder)),
    readFile(new URL('portal.html', folder)),
  ])
  await app.register(fastifyStatic, {
    root: fileURLToPath(folder),
    index: false,
    wildcard: false,
    immutable: true,
    maxAge: '365d',
    setHeaders: (reply, path) => {
      if (!path.includes('/assets/')) reply.header('cache-control', 'no-cache')
    },
  })
  app.get('/*', async (request, reply) => {
    if (request.url.startsWith('/api/')) return reply.callNotFound()
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(outside.test(request.url) ? portal : team)
  })
}
