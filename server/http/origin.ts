import type { FastifyRequest } from 'fastify'
import type { Config } from '#server/config.ts'
import { forbidden } from './errors.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses writes that another site makes in a visitor's browser. Programs send no Origin and carry no browser's cookie by accident. */
export function checkOrigin(config: Config) {
  const ours = new URL(config.url)
  const local = new Set(['localhost', '127.0.0.1', '[::1]'])
  return async (request: FastifyRequest): Promise<void> => {
    if (reading.has(request.method)) return
    const site = request.headers['sec-fetch-site']
    if (site === 'cross-site') throw forbidden('This request came from another site.')
    const origin = request.headers.origin
    if (origin === undefined) return
    if (origin === ours.origin) return
    // The address people type on the machine itself: localhost or 127.0.0.1, same port.
    const other = URL.canParse(origin) ? new URL(origin) : null
    if (other && local.has(ours.hostname) && local.has(other.hostname) && other.port === ours.port) return
    throw forbidden('This request came from another site.')
  }
}
