import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Bytes } from '#shared/endpoint.ts'

class Left extends Error {}

/** A file name that no header and no folder can stumble over. */
const plain = (name: string) => name.replace(/[^\w .()-]/g, '_')
const encoded = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * Sends a file piece by piece, waiting for a slow reader. In: the reply, the file, where faults are said.
 * Errors: before the first piece as any other; after it the connection is cut, so that half a file never passes for a whole one.
 */
export function sendBytes(reply: FastifyReply, file: Bytes, say: (line: string) => void): FastifyReply {
  reply.headers({
    'cache-control': file.etag ? 'private, no-cache' : 'private, no-store',
    vary: 'cookie, x-view-as',
    ...(file.etag ? { etag: `"${file.etag}"` } : {}),
  })
  if (file.etag && reply.request.headers['if-none-match'] === `"${file.etag}"`) return reply.status(304).send()
  const out = new PassThrough({ highWaterMark: 262_144 })
  const left = new AbortController()
  out.on('close', () => left.abort())
  const write = async (piece: Uint8Array) => {
    if (left.signal.aborted) throw new Left('The reader has left.')
    if (out.write(piece)) return
    await once(out, 'drain', { signal: left.signal }).catch(() => {
      throw new Left('The reader has left.')
    })
  }
  const sent = reply.request.method === 'HEAD' ? Promise.resolve() : file.send(write)
  sent.then(
    () => out.end(),
    (error: Error) => {
      if (!(error instanceof Left) && reply.raw.headersSent)
        say(
          `A file broke off in ${reply.request.method} ${reply.request.routeOptions.url} (request ${reply.request.id}): ${error.stack ?? error.message}`,
        )
      out.destroy(error)
    },
  )
  return reply
    .status(200)
    .headers({
      'content-type': file.media_type,
      'content-disposition': `${file.inline ? 'inline' : 'attachment'}; filename="${plain(file.name)}"; filename*=UTF-8''${encoded(file.name)}`,
      // Whatever it is, it runs nothing and loads nothing.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
      ...(file.size === undefined ? {} : { 'content-length': file.size }),
    })
    .send(out)
}
