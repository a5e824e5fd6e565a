import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '#server/config.ts'

const secure = (config: Config) => config.url.startsWith('https:')
const name = (config: Config) => (secure(config) ? '__Host-partnered' : 'partnered')
const options = (config: Config) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure: secure(config) }) as const

/** The session's token as the browser sent it; empty when there is none. */
export function sessionToken(request: FastifyRequest, config: Config): string {
  return request.cookies[name(config)] ?? ''
}

/** Keeps a session in the browser. In: its token and its end. */
export function keepSession(reply: FastifyReply, config: Config, token: string, expires: Date): void {
  reply.setCookie(name(config), token, { ...options(config), expires })
}

export function forgetSession(reply: FastifyReply, config: Config): void {
  reply.clearCookie(name(config), options(config))
}
