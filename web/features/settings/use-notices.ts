import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Input } from '#shared/endpoint.ts'
import { changeNotices, getNotices, type Notices } from '#shared/notices.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'

export type NoticeChange = Input<typeof changeNotices>['body']
/** What became of the last change, and in which row it was made. */
export type Outcome = { row: string; saved: boolean; problem?: string }
const asked = ask(getNotices, {})

/** How one is told: each change is shown and saved at once; one that is refused goes back and says why. */
export function useNotices() {
  const { data, isError, refetch } = useQuery(asked)
  const queries = useQueryClient()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const count = useRef(0)
  const change = async (row: string, body: NoticeChange) => {
    await queries.cancelQueries({ queryKey: asked.queryKey })
    const mine = ++count.current
    const before = queries.getQueryData<Notices>(asked.queryKey)
    if (!before) return
    const put = (it: Notices) => queries.setQueryData(asked.queryKey, it)
    const changed = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
    put({ ...before, settings: { ...before.settings, ...changed } })
    setOutcome(null)
    try {
      const after = await call(changeNotices, { body })
      if (mine === count.current) put(after)
      setOutcome({ row, saved: true })
    } catch (error) {
      if (mine === count.current) put(before)
      else await queries.invalidateQueries({ queryKey: asked.queryKey })
      const problem =
        error instanceof ApiProblem ? error.problem.detail : 'That did not work. Nothing was lost. Try again.'
      setOutcome({ row, saved: false, problem })
    }
  }
  return { data, isError, refetch, change, outcome }
}
export type ChangeNotices = ReturnType<typeof useNotices>['change']
