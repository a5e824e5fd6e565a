import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import type { Answer } from '#shared/endpoint.ts'
import { listPortalFiles } from '#shared/files.ts'
import { listPortalDeals, listPortalEntries, listPortalNotes } from '#shared/portal.ts'
import { call } from '../../api.ts'
import { usePortal } from './portal.tsx'

type Page<T> = { items: T[]; next: string | null }
export type Pages<T> = InfiniteData<Page<T>, string | undefined>
export type DealPages = Pages<Answer<typeof listPortalDeals>['items'][number]>

function usePages<T>(
  key: readonly [string, ...unknown[]],
  load: (cursor: string | undefined, options: { signal: AbortSignal; viewAs: string | undefined }) => Promise<Page<T>>,
) {
  const { viewAs, everyMs } = usePortal()
  const query = useInfiniteQuery({
    queryKey: [...key, viewAs ?? null, 'pages'],
    queryFn: ({ pageParam, signal }) => load(pageParam, { signal, viewAs }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<T>) => last.next ?? undefined,
    refetchOnWindowFocus: viewAs === undefined,
    refetchInterval: everyMs,
  })
  return { ...query, items: query.data?.pages.flatMap((page) => page.items) }
}

/** Deals shared with this contact, newest activity first. */
export function useDealPages() {
  const { workspace } = usePortal()
  return usePages([listPortalDeals.id, { params: { workspace } }], (cursor, options) =>
    call(listPortalDeals, { params: { workspace }, query: { cursor, limit: '100' } }, options),
  )
}

/** A deal's timeline, newest first. */
export function useEntryPages(ref: string) {
  const { workspace } = usePortal()
  return usePages([listPortalEntries.id, { params: { workspace, ref } }], (cursor, options) =>
    call(listPortalEntries, { params: { workspace, ref }, query: { cursor, limit: '50' } }, options),
  )
}

/** Notes shared with this contact, newest first. */
export function useNotePages() {
  const { workspace } = usePortal()
  return usePages([listPortalNotes.id, { params: { workspace } }], (cursor, options) =>
    call(listPortalNotes, { params: { workspace }, query: { cursor, limit: '50' } }, options),
  )
}

/** Files shared with this contact, or those of one deal, newest first. */
export function useFilePages(ref?: string) {
  const { workspace } = usePortal()
  return usePages([listPortalFiles.id, { params: { workspace }, query: { ref } }], (cursor, options) =>
    call(listPortalFiles, { params: { workspace }, query: { ref, cursor, limit: '50' } }, options),
  )
}
