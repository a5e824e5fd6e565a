import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Product } from '#server/product.ts'
import { notFound, Refusal, refusalOf } from './errors.ts'

const http: Record<string, [number, string, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'too_large', 'This is too large. Nothing was kept.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'media_type', 'Send JSON, or a file as application/octet-stream.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'broken_json', 'The body is empty.'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'broken_json', 'The body is not readable JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'broken_body', 'The body has another length than it says.'],
}

function answer(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.retry_after) reply.header('retry-after', refusal.retry_after)
  return reply
    .status(refusal.problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(
      JSON.stringify({ type: `/help/problems#${refusal.problem.code}`, ...refusal.problem, request_id: request.id }),
    )
}

/** The same 404 for everything that is not there. */
export const answerNotFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  answer(request, reply, notFound())

/** RFC 9457 for everything that goes wrong: what happened, what is safe, what to do. A fault of ours is logged by its request's id and says no more. */
export function answerProblems(app: FastifyInstance, product: Product): void {
  app.setNotFoundHandler(answerNotFound)
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = refusalOf(error)
    if (known) return answer(request, reply, known)
    const [status, code, detail] =
      http[error.code] ??
      (error.statusCode && error.statusCode < 500
        ? [error.statusCode, 'bad_request', 'This request cannot be read.']
        : [500, 'fault', ''])
    if (status !== 500) return answer(request, reply, new Refusal({ status, code, title: 'Not readable', detail }))
    product.say(
      `A fault in ${request.method} ${request.routeOptions.url ?? '?'} (request ${request.id}): ${error.stack ?? error.message}`,
    )
    return answer(
      request,
      reply,
      new Refusal({
        status: 500,
        code: 'fault',
        title: 'Our fault',
        detail: 'Something broke on our side. Nothing was changed. Try again.',
      }),
    )
  })
}
