import type { Answer, Download, Endpoint, Input } from '#shared/endpoint.ts'
import type { Problem } from '#shared/problem.ts'

/** A problem as the server said it. `field(name)` is what to write under that field. */
export class ApiProblem extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
  get status(): number {
    return this.problem.status
  }
  field(name: string): string | undefined {
    return this.problem.errors?.find((error) => error.field === name)?.detail
  }
}

type Given<E> = { [K in keyof Input<E> as Input<E>[K] extends undefined ? never : K]: Input<E>[K] }
/** `once`: what is sent again under the same key is done once. */
type Options = { signal?: AbortSignal | undefined; viewAs?: string | undefined; once?: string | undefined }

/** Where an endpoint is called, for links and pictures. In: the endpoint, its params and query. */
export function addressOf(
  endpoint: Endpoint,
  given: { params?: Record<string, unknown>; query?: Record<string, unknown> },
): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(given.params?.[name])))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(given.query ?? {})) {
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) continue
    query.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  return query.size ? `${path}?${query}` : path
}

const offline: Problem = {
  type: 'offline',
  title: 'Offline',
  status: 0,
  code: 'offline',
  detail: "You're offline, or the server does not answer. Nothing was lost.",
}

async function download(response: Response): Promise<Download> {
  const [, name = 'file'] = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '') ?? []
  // Cut off on the way: what came is not the whole file, so it is not handed on.
  const blob = await response.blob().catch((error: Error) => {
    if (error.name === 'AbortError') throw error
    throw new ApiProblem({ ...offline, title: 'Cut off', detail: 'The file did not come through whole. Try again.' })
  })
  return { name: decodeURIComponent(name), blob }
}

export const newKey = (): string => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`

/** Calls an endpoint. In: what it asks for. Out: its answer. Errors: ApiProblem, also when the server cannot be reached. */
export async function call<E extends Endpoint>(
  endpoint: E,
  given: Given<E>,
  { signal, viewAs, once }: Options = {},
): Promise<Answer<E>> {
  const { body, ...rest } = given as {
    body?: unknown
    params?: Record<string, unknown>
    query?: Record<string, unknown>
  }
  const bytes = endpoint.body === 'bytes'
  const response = await fetch(addressOf(endpoint, rest), {
    method: endpoint.method,
    credentials: 'same-origin',
    signal: signal ?? null,
    headers: {
      ...(body === undefined ? {} : { 'content-type': bytes ? 'application/octet-stream' : 'application/json' }),
      ...(viewAs ? { 'x-view-as': viewAs } : {}),
      ...(endpoint.method === 'POST' ? { 'idempotency-key': once ?? newKey() } : {}),
    },
    ...(body === undefined ? {} : { body: bytes ? (body as Blob) : JSON.stringify(body) }),
  }).catch((error: Error) => {
    if (error.name === 'AbortError') throw error
    throw new ApiProblem(offline)
  })
  if (response.status === 204) return undefined as Answer<E>
  if (response.ok && endpoint.output === 'bytes') return (await download(response)) as Answer<E>
  const answer = await response.json().catch(() => ({
    ...offline,
    status: response.status,
    detail: 'The server gave no readable answer. Nothing was lost.',
  }))
  if (!response.ok) throw new ApiProblem(answer as Problem)
  return answer as Answer<E>
}
