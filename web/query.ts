import { QueryClient, queryOptions } from '@tanstack/react-query'
import type { Endpoint } from '#shared/endpoint.ts'
import { ApiProblem, call } from './api.ts'

/** One cache for the page. A refusal is not asked again; a server that does not answer is, twice. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (times, error) =>
          times < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 500),
        refetchOnWindowFocus: true,
      },
    },
  })
}

/** A query of a GET endpoint. Key: [endpoint id, what was asked], so `invalidateQueries({ queryKey: ['list_partners'] })` reaches all of them. */
export function ask<E extends Endpoint>(endpoint: E, given: Parameters<typeof call<E>>[1], viewAs?: string) {
  return queryOptions({
    queryKey: [endpoint.id, given, viewAs ?? null],
    queryFn: ({ signal }) => call(endpoint, given, { signal, viewAs }),
  })
}
