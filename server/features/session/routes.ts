import { notFound } from '#server/http/errors.ts'
import type { Routes } from '#server/http/serve.ts'
import { forgetSession, keepSession } from '#server/http/session-cookie.ts'
import * as api from '#shared/session.ts'
import {
  endSession,
  listSessions,
  sendCode,
  setUpCompany,
  setupLinkLives,
  signInWithCode,
  signInWithPassword,
  whereabouts,
} from './session.ts'

export function sessionRoutes({ open, product }: Routes): void {
  const { config } = product
  open(api.getSession, ({ token }) => whereabouts(product, token))
  open(api.signInWithPassword, async ({ body, request, reply }) => {
    const { token, expires } = await signInWithPassword(product, body.email, body.password, request.ip)
    keepSession(reply, config, token, expires)
    return whereabouts(product, token)
  })
  open(api.sendCode, async ({ body, request }) => {
    await sendCode(product, body.email, request.ip)
    return undefined
  })
  open(api.signInWithCode, async ({ body, request, reply }) => {
    const { token, expires } = await signInWithCode(product, body.email, body.code, request.ip)
    keepSession(reply, config, token, expires)
    return whereabouts(product, token)
  })
  open(api.signOut, async ({ token, reply }) => {
    if (token) await product.auth.endSession(token)
    forgetSession(reply, config)
    return undefined
  })
  open(api.listSessions, async ({ token }) => ({ items: await listSessions(product, token) }))
  open(api.endSession, async ({ token, params }) => {
    if (!(await endSession(product, token, params.session))) throw notFound()
    return undefined
  })
  open(api.getSetup, async ({ body }) => ({ open: await setupLinkLives(product, body.token) }))
  open(api.setUpCompany, async ({ body, reply }) => {
    const { token, expires } = await setUpCompany(product, body)
    keepSession(reply, config, token, expires)
    return whereabouts(product, token)
  })
}
