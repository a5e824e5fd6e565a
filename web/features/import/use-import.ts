import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Answer, Input } from '#shared/endpoint.ts'
import {
  cancelImport,
  checkImport,
  getImport,
  type Import,
  listImportRows,
  listImports,
  runImport,
} from '#shared/imports.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'
import { useToast } from '../../ui/toast.tsx'
import type { Row, Show } from './import-words.ts'

const asked_again_ms = { reading: 300, running: 700 }
const importQuery = (id: string) => ask(getImport, { params: { import: id } })

/** An import as it stands; asked again while the server works on it. */
export function useImport(id: string | undefined) {
  return useQuery({
    ...importQuery(id ?? ''),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => {
      const now = state.data?.state
      return now === 'reading' || now === 'running' ? asked_again_ms[now] : false
    },
    refetchIntervalInBackground: true,
  })
}

/** Rows are asked for again once the sheet has been read again. */
export function useFreshRows(it: Import): void {
  const queries = useQueryClient()
  const was = useRef(it.state)
  useEffect(() => {
    if (was.current === 'reading' && it.state === 'checked')
      void queries.invalidateQueries({ queryKey: [listImportRows.id, it.id] })
    was.current = it.state
  }, [queries, it.state, it.id])
}

export function useRows(id: string, show: Show) {
  return useInfiniteQuery({
    queryKey: [listImportRows.id, id, show],
    queryFn: ({ pageParam, signal }) => {
      const query = { show, ...(pageParam ? { after: String(pageParam) } : {}) }
      return call(listImportRows, { params: { import: id }, query }, { signal })
    },
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  })
}

export type Change = Omit<Input<typeof checkImport>['body'], 'version'>
type Pages = InfiniteData<Answer<typeof listImportRows>>

function decided(row: Row, change: Change): Row {
  const own = change.rows?.find((one) => one.line === row.line)
  const all = change.group?.show === 'duplicates' && row.state === 'duplicate' ? change.group : undefined
  const decision = own?.decision ?? all?.decision
  const taken = own?.take_suggestion ?? (change.group?.show === 'typos' ? change.group.take_suggestion : undefined)
  if (decision === 'update' && !row.duplicate_of?.can_update) return row
  return { ...row, ...(decision ? { decision } : {}), ...(taken === undefined ? {} : { taken }) }
}

/** The import once nobody is reading it: what is said next is said about what stands there then. */
async function settled(queries: QueryClient, id: string): Promise<Import> {
  const { queryKey } = importQuery(id)
  for (;;) {
    const known = queries.getQueryData(queryKey)
    if (known && known.state !== 'reading') return known
    queries.setQueryData(queryKey, await call(getImport, { params: { import: id } }))
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** What the person at the screen changes about an import, one change after the other. Rows change at once and go back if the server refuses. */
export function useChanges(id: string) {
  const queries = useQueryClient()
  const { show } = useToast()
  const { queryKey } = importQuery(id)
  const onError = (error: Error) => {
    const problem = error instanceof ApiProblem ? error.problem : null
    const current = problem?.current as Import | undefined
    if (current) queries.setQueryData(queryKey, current)
    void queries.invalidateQueries({ queryKey: [listImportRows.id, id] })
    show({ tone: 'danger', text: problem?.detail ?? 'That did not work. Nothing was lost.' })
  }
  const scope = { id: `import ${id}` }
  const change = useMutation({
    scope,
    mutationFn: async (body: Change) => {
      const { version } = await settled(queries, id)
      return call(checkImport, { params: { import: id }, body: { version, ...body } })
    },
    onMutate: (body) => {
      queries.setQueriesData<Pages>(
        { queryKey: [listImportRows.id, id] },
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({ ...page, items: page.items.map((row) => decided(row, body)) })),
          },
      )
    },
    onSuccess: (now) => queries.setQueryData(queryKey, now),
    onError,
  })
  const run = useMutation({
    scope,
    mutationFn: async () => {
      const { version } = await settled(queries, id)
      return call(runImport, { params: { import: id }, body: { version } })
    },
    onSuccess: (now) => queries.setQueryData(queryKey, now),
    onError,
  })
  return { change, run }
}

/** Stops an import that is not done. */
export function useCancel(id: string) {
  const queries = useQueryClient()
  const { show } = useToast()
  const { queryKey } = importQuery(id)
  return useMutation({
    mutationFn: () => call(cancelImport, { params: { import: id } }),
    onSuccess: (now) => queries.setQueryData(queryKey, now),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey })
      void queries.invalidateQueries({ queryKey: [listImports.id] })
    },
    onError: (error) =>
      show({ tone: 'danger', text: error instanceof ApiProblem ? error.problem.detail : 'That did not work.' }),
  })
}
