import { useInfiniteQuery } from '@tanstack/react-query'
import { listDeals } from '#shared/deals.ts'
import { call } from '../../api.ts'

export type DealFilter = Omit<NonNullable<Parameters<typeof call<typeof listDeals>>[1]['query']>, 'cursor' | 'limit'>

/** Deals page by page. Out: the query and all rows so far; `whole` once there are no more. */
export function useDealPages(filter: DealFilter, limit: number) {
  const query = useInfiniteQuery({
    queryKey: [listDeals.id, 'pages', filter, limit],
    queryFn: ({ pageParam, signal }) =>
      call(
        listDeals,
        { query: { ...filter, ...(pageParam ? { cursor: pageParam } : {}), limit: String(limit) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (old) => old,
  })
  return { query, deals: query.data?.pages.flatMap((page) => page.items), whole: !query.hasNextPage }
}
