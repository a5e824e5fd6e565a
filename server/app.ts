import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import fastify, { type FastifyInstance, LogController } from 'fastify'
import { newId } from './db/ids.ts'
import { accessRoutes } from './features/access/routes.ts'
import { actRoutes } from './features/acts/routes.ts'
import { companyRoutes } from './features/company/routes.ts'
import { contactRoutes } from './features/contacts/routes.ts'
import { customFieldRoutes } from './features/custom-fields/routes.ts'
import { dealRoutes } from './features/deals/routes.ts'
import { entryRoutes } from './features/entries/routes.ts'
import { exportRoutes } from './features/exports/routes.ts'
import { fileRoutes } from './features/files/routes.ts'
import { findRoutes } from './features/find/routes.ts'
import { giveAndGetRoutes } from './features/give-and-get/routes.ts'
import { homeRoutes } from './features/home/routes.ts'
import { importRoutes } from './features/imports/routes.ts'
import { inboxRoutes } from './features/inbox/routes.ts'
import { invitationRoutes } from './features/invitations/routes.ts'
import { listRoutes } from './features/lists/routes.ts'
import { liveRoutes } from './features/live/routes.ts'
import { logRoutes } from './features/log/routes.ts'
import { mergeRoutes } from './features/merges/routes.ts'
import { prefsRoutes } from './features/notices/prefs.ts'
import { noticeRoutes } from './features/notices/routes.ts'
import { outboxRoutes } from './features/outbox/routes.ts'
import { partnerRoutes } from './features/partners/routes.ts'
import { portalRoutes } from './features/portal/routes.ts'
import { reviewRoutes } from './features/review/routes.ts'
import { ruleRoutes } from './features/rules/routes.ts'
import { sampleRoutes } from './features/sample/routes.ts'
import { sessionRoutes } from './features/session/routes.ts'
import { tagRoutes } from './features/tags/routes.ts'
import { viewRoutes } from './features/views/routes.ts'
import { answerNotFound, answerProblems } from './http/answer-problems.ts'
import { healthRoutes } from './http/health.ts'
import { describeApi } from './http/openapi.ts'
import { checkOrigin } from './http/origin.ts'
import { servePages } from './http/pages.ts'
import { protectAnswers } from './http/protection.ts'
import { routesOf } from './http/serve.ts'
import type { Product } from './product.ts'

const most_bytes = 1_048_576
const most_file_bytes = 20 * 1_048_576
const features = [
  sessionRoutes,
  companyRoutes,
  partnerRoutes,
  contactRoutes,
  accessRoutes,
  invitationRoutes,
  tagRoutes,
  viewRoutes,
  findRoutes,
  listRoutes,
  ruleRoutes,
  customFieldRoutes,
  actRoutes,
  mergeRoutes,
  dealRoutes,
  entryRoutes,
  fileRoutes,
  portalRoutes,
  importRoutes,
  exportRoutes,
  inboxRoutes,
  homeRoutes,
  giveAndGetRoutes,
  reviewRoutes,
  logRoutes,
  noticeRoutes,
  outboxRoutes,
  sampleRoutes,
]

/** The whole server over a product. In: the product, the built pages, who wants to hear of each route. Out: an app that can listen or be asked directly. */
export async function createApp(
  product: Product,
  { pages, log = false, watch }: { pages?: URL | undefined; log?: boolean; watch?: (route: string) => void } = {},
): Promise<FastifyInstance> {
  const trusted = product.config.trust_proxy
  const app = fastify({
    bodyLimit: most_bytes,
    trustProxy: typeof trusted === 'number' ? (_address, hop) => hop < trusted : trusted,
    genReqId: () => newId(),
    logger: log ? { level: product.config.log_level, redact: ['req.headers'] } : false,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 300 },
    // An address that cannot be decoded is nobody's.
    frameworkErrors: (_error, request, reply) => void answerNotFound(request, reply),
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
  })
  if (watch) app.addHook('onRoute', ({ method, url }) => void [method].flat().map((one) => watch(`${one} ${url}`)))
  protectAnswers(app, product.config.url.startsWith('https:'))
  await app.register(cookie)
  await app.register(compress, { global: true, threshold: 2048, encodings: ['br', 'gzip'] })
  app.addContentTypeParser(
    ['application/octet-stream', 'text/csv'],
    { parseAs: 'buffer', bodyLimit: most_file_bytes },
    (_request, body, done) => done(null, body),
  )
  app.addHook('onRequest', checkOrigin(product.config))
  answerProblems(app, product)

  const routes = routesOf(app, product)
  for (const mount of features) mount(routes)
  describeApi(app)
  healthRoutes(app, product)
  liveRoutes(app, product)
  prefsRoutes(app, product)
  if (pages) await servePages(app, pages)
  return app
}
