import { type InfiniteData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Answer, Input } from '#shared/endpoint.ts'
import { checkImport, getImport, type Import, listImportRows, runImport } from '#shared/imports.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'
import { useToast } from '../../ui/toast.tsx'
import type { Row, Show } from './import-words.ts'

const asked_again_ms = 700
const most_rows_at_once = 5000
const importQuery = (id: string) => ask(getImport, { params: { import: id } })
const under_way: Import['state'][] = ['reading', 'running']

/** An import as it stands; asked again while the server works on it. */
export function useImport(id: string | undefined) {
  return useQuery({
    ...importQuery(id ?? ''),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && under_way.includes(state.data.state) ? asked_again_ms : false),
    refetchIntervalInBackground: true,
  })
}

export function useRows(id: string, show: Show) {
  return useInfiniteQuery({
    queryKey: [listImportRows.id, id, show],
    queryFn: ({ pageParam, signal }) => rowsAfter(id, show, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  })
}

function rowsAfter(id: string, show: Show, line: number, signal?: AbortSignal) {
  const query = { show, ...(line ? { after: String(line) } : {}) }
  return call(listImportRows, { params: { import: id }, query }, { signal })
}

/** The lines of a whole group. */
async function linesOf(id: string, show: Show): Promise<number[]> {
  const lines: number[] = []
  for (let after: number | null = 0; after !== null; ) {
    const page: Answer<typeof listImportRows> = await rowsAfter(id, show, after)
    lines.push(...page.items.map((row) => row.line))
    after = page.next
  }
  return lines
}

type Change = Omit<Input<typeof checkImport>['body'], 'version'>
type Choice = { decision?: 'import' | 'skip'; take_suggestion?: boolean }
type Pages = InfiniteData<Answer<typeof listImportRows>>

function decided(row: Row, change: Change): Row {
  const choice = change.rows?.find((one) => one.line === row.line)
  if (!choice) return row
  const main = row.problems.find(({ field, suggestion }) => field === 'email' && suggestion)
  const address =
    choice.take_suggestion === undefined || !main
      ? {}
      : choice.take_suggestion
        ? { email: main.suggestion, email_suggested: null }
        : { email: main.value, email_suggested: main.suggestion }
  return { ...row, ...address, ...(choice.decision ? { decision: choice.decision } : {}) }
}

/** What the person at the screen changes about an import, one change after the other. Rows change at once and go back if the server refuses. */
export function useChanges(id: string) {
  const queries = useQueryClient()
  const { show } = useToast()
  const { queryKey } = importQuery(id)
  const version = () => queries.getQueryData(queryKey)?.version ?? 1
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
    mutationFn: (body: Change) => call(checkImport, { params: { import: id }, body: { version: version(), ...body } }),
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
    onSuccess: (now, body) => {
      queries.setQueryData(queryKey, now)
      if (body.mapping) queries.removeQueries({ queryKey: [listImportRows.id, id] })
    },
    onError,
  })
  const run = useMutation({
    scope,
    mutationFn: () => call(runImport, { params: { import: id }, body: { version: version() } }),
    onSuccess: (now) => queries.setQueryData(queryKey, now),
    onError,
  })
  /** Decides about every row of a group, also about those not in view. */
  const decideAll = useMutation({
    mutationFn: async ({ group, ...choice }: { group: Show } & Choice) => {
      const lines = await linesOf(id, group)
      for (let at = 0; at < lines.length; at += most_rows_at_once) {
        const rows = lines.slice(at, at + most_rows_at_once).map((line) => ({ line, ...choice }))
        await change.mutateAsync({ rows })
      }
    },
    onError: (error) => error instanceof ApiProblem && error.problem.current === undefined && onError(error),
  })
  return { change, decideAll, run }
}
