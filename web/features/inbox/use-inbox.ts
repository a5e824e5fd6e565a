import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { Answer } from '#shared/endpoint.ts'
import { countInbox, doneInbox, type InboxRow, listInbox, readInbox, snoozeInbox } from '#shared/inbox.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'
import { useToast } from '../../ui/toast.tsx'

export type InboxTab = 'for_you' | 'all' | 'done'
type Pages = InfiniteData<Answer<typeof listInbox>, string>
type Change = Partial<Pick<InboxRow, 'unread' | 'done' | 'snoozed_until'>>

const keyOf = (tab: InboxTab) => [listInbox.id, 'pages', tab]
const most_undone = 500
const idsOf = (rows: InboxRow[]) => rows.flatMap((row) => row.ids)
const belongs: Record<InboxTab, (row: InboxRow) => boolean> = {
  for_you: (row) => !row.done && !row.snoozed_until,
  all: () => true,
  done: (row) => row.done,
}

/** The rows of a tab, and what can be done with them: shown at once, and back when the server refuses. */
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

  /** In: the rows, or null for all of them; how they look afterwards; what tells the server. Out: its answer, or null when it was refused. */
  async function change<It extends { unread: number }>(
    rows: InboxRow[] | null,
    next: Change,
    tell: () => Promise<It>,
  ): Promise<It | null> {
    await queries.cancelQueries({ queryKey: [listInbox.id] })
    const before = queries.getQueryData<Pages>(keyOf(tab))
    const hit = new Set(rows?.map((row) => row.id))
    queries.setQueryData<Pages>(
      keyOf(tab),
      (old) => old && changed(old, (row) => !rows || hit.has(row.id), next, belongs[tab]),
    )
    try {
      const it = await tell()
      queries.setQueryData(ask(countInbox, {}).queryKey, { unread: it.unread })
      const others = (['for_you', 'all', 'done'] as const).filter((one) => one !== tab)
      for (const one of others) void queries.invalidateQueries({ queryKey: keyOf(one) })
      return it
    } catch (error) {
      queries.setQueryData(keyOf(tab), before)
      show({
        text: error instanceof ApiProblem ? error.problem.detail : 'That was not saved. Nothing was lost.',
        tone: 'danger',
      })
      return null
    }
  }
  const takeBack = (act: () => Promise<unknown>) => () =>
    void act()
      .then(() => queries.invalidateQueries({ queryKey: [listInbox.id] }))
      .then(() => queries.invalidateQueries({ queryKey: [countInbox.id] }))

  return {
    query,
    rows: query.data?.pages.flatMap((page) => page.items),
    mark: (rows: InboxRow[], read: boolean) =>
      change(rows, read ? { unread: false } : { unread: true, done: false, snoozed_until: null }, () =>
        call(readInbox, { body: { ids: idsOf(rows), read } }),
      ),
    /** In: the rows, or null for all that is for the member. */
    async finish(rows: InboxRow[] | null, done: boolean) {
      const it = await change(rows, done ? { done, unread: false, snoozed_until: null } : { done }, () =>
        call(doneInbox, { body: { ...(rows ? { ids: idsOf(rows) } : {}), done } }),
      )
      if (!it || !done) return
      const back = () => call(doneInbox, { body: { ids: it.ids, done: false } })
      show({ text: rows ? 'Done.' : 'All done.', ...(it.ids.length <= most_undone ? { undo: takeBack(back) } : {}) })
    },
    async snooze(rows: InboxRow[], until: string) {
      const ids = idsOf(rows)
      const it = await change(rows, { unread: false, snoozed_until: until, done: false }, () =>
        call(snoozeInbox, { body: { ids, until } }),
      )
      const at = new Date(until).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
      if (it)
        show({
          text: `Snoozed until ${at}.`,
          undo: takeBack(() => call(snoozeInbox, { body: { ids, until: null } })),
        })
    },
  }
}

const changed = (
  pages: Pages,
  hit: (row: InboxRow) => boolean,
  next: Change,
  stays: (row: InboxRow) => boolean,
): Pages => ({
  ...pages,
  pages: pages.pages.map((page) => ({
    ...page,
    items: page.items.map((row) => (hit(row) ? { ...row, ...next } : row)).filter(stays),
  })),
})
