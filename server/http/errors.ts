import type { Problem } from '#shared/problem.ts'
import { constraintField } from './constraints.ts'

/** A request that is not carried out, in words for the person who made it. */
export class Refusal extends Error {
  readonly problem: Omit<Problem, 'type' | 'request_id'>
  readonly retry_after: number | undefined
  constructor(problem: Omit<Problem, 'type' | 'request_id'>, retry_after?: number) {
    super(problem.detail)
    this.problem = problem
    this.retry_after = retry_after
  }
}

/** 404, the same for what is missing and for what the caller may not see. */
export const notFound = () =>
  new Refusal({
    status: 404,
    code: 'not_found',
    title: 'Not found',
    detail: 'This does not exist, or you have no access to it.',
  })

/** 403. In: who can, or why not. */
export const forbidden = (detail = 'You may look at this, not change it. Ask an admin or the owner.') =>
  new Refusal({ status: 403, code: 'forbidden', title: 'Not allowed', detail })

/** 422 for one field. In: its name, what to do. */
export const invalid = (field: string, detail: string) =>
  new Refusal({ status: 422, code: 'invalid', title: 'Check your input', detail, errors: [{ field, detail }] })

/** 409. In: what happened, and the record as it is now. */
export const conflict = (detail: string, current?: unknown) =>
  new Refusal({
    status: 409,
    code: 'conflict',
    title: 'Someone was faster',
    detail,
    ...(current === undefined ? {} : { current }),
  })

/** 429. In: seconds until the next try. */
export const tooMany = (seconds: number) =>
  new Refusal(
    {
      status: 429,
      code: 'too_many_tries',
      title: 'Too many tries',
      detail: 'That was too often. Try again in a few minutes.',
    },
    seconds,
  )

const simple = (status: number, code: string, title: string, detail: string) =>
  new Refusal({ status, code, title, detail })

type DatabaseError = Error & { code?: string; column?: string; constraint?: string; where?: string }

/** What the database refused, said once for all endpoints. Out: a refusal, or undefined when it is a fault of ours. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  const { code, constraint, column, message } = error as DatabaseError
  switch (code) {
    case '28000':
      return simple(401, 'sign_in', 'Sign in', 'Sign in to go on.')
    case 'P0403':
      return simple(403, 'forbidden', 'Not allowed', message)
    case 'P0404':
      return notFound()
    case 'P0409':
      return conflict(message)
    case 'P0410':
      return simple(410, 'gone', 'No longer open', message)
    case 'P0422':
      return column ? invalid(column, message) : simple(422, 'invalid', 'Check your input', message)
    case '42501':
      return forbidden()
    case '23505':
    case '23514':
    case '23503': {
      const known = constraintField(constraint ?? '')
      if (!known) return simple(422, 'invalid', 'Check your input', 'Something in it does not fit together.')
      return code === '23505'
        ? new Refusal({ status: 409, code: 'taken', title: 'Already there', detail: known.detail, errors: [known] })
        : invalid(known.field, known.detail)
    }
    case '22P02':
    case '22P05':
    case '22021':
    case '22007':
    case '22008':
    case '22001':
    case '22003':
      return simple(422, 'invalid', 'Check your input', 'A value in it has the wrong form.')
    case '40001':
    case '40P01':
    case '55P03':
      return simple(409, 'try_again', 'Try again', 'Someone saved at the same moment. Try again.')
    case '57014':
      return simple(503, 'busy', 'Too slow', 'This took too long. Nothing was changed. Try again.')
  }
  return undefined
}
