import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { Answer } from '#shared/endpoint.ts'
import { countInbox, type InboxRow, listInbox, readInbox } from '#shared/inbox.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'
import { useToast } from '../../ui/toast.tsx'

export type InboxTab = 'unread' | 'all'
type Pages = InfiniteData<Answer<typeof listInbox>, string>

const keyOf = (tab: InboxTab) => [listInbox.id, 'pages', tab]

/** The rows of a tab, and `mark`, which shows at once and comes back when the server refuses. */
export function useInbox(tab: InboxTab) {
  const queries = useQueryClient()
  const { show } = useToast()
  const query = useInfiniteQuery({
    queryKey: keyOf(tab),
    queryFn: ({ pageParam, signal }) =>
      call(listInbox, { query: { tab, ...(pageParam ? { cursor: pageParam } : {}), limit: '30' } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  })

  /** In: the rows, or null for all of them. */
  const mark = async (rows: InboxRow[] | null, read: boolean): Promise<void> => {
    await queries.cancelQueries({ queryKey: [listInbox.id] })
    const before = queries.getQueryData<Pages>(keyOf(tab))
    const marked = new Set(rows?.map((row) => row.id))
    queries.setQueryData<Pages>(
      keyOf(tab),
      (old) => old && withMarks(old, (row) => !rows || marked.has(row.id), read, tab),
    )
    try {
      const count = await call(readInbox, { body: { ...(rows ? { ids: rows.flatMap((row) => row.ids) } : {}), read } })
      queries.setQueryData(ask(countInbox, {}).queryKey, count)
      void queries.invalidateQueries({ queryKey: keyOf(tab === 'all' ? 'unread' : 'all') })
    } catch (error) {
      queries.setQueryData(keyOf(tab), before)
      show({
        text: error instanceof ApiProblem ? error.problem.detail : 'That was not saved. Nothing was lost.',
        tone: 'danger',
      })
    }
  }
  return { query, rows: query.data?.pages.flatMap((page) => page.items), mark }
}

function withMarks(pages: Pages, hit: (row: InboxRow) => boolean, read: boolean, tab: InboxTab): Pages {
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items
        .map((row) => (hit(row) ? { ...row, unread: !read } : row))
        .filter((row) => tab === 'all' || row.unread),
    })),
  }
}
