import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import {
  addSavedView,
  editSavedView,
  listSavedViews,
  pinSavedView,
  removeSavedView,
  restoreSavedView,
  type SavedView,
} from '#shared/saved-views.ts'
import { ApiProblem, call } from '../api.ts'
import { ask } from '../query.ts'
import { useToast } from '../ui/toast.tsx'

type Screen = SavedView['screen']
type Words = Record<string, string | undefined>

export const savedViewsQuery = { ...ask(listSavedViews, {}), staleTime: 60_000 }

/** The words of an address that a view keeps, in one order, so that two can be compared. */
export function wordsKept(words: Words, names: readonly string[]): string {
  const query = new URLSearchParams()
  for (const name of names.toSorted()) if (words[name]) query.set(name, words[name])
  return query.toString()
}

/** The saved views of a screen, and what can be done with them; what goes wrong is told. */
export function useSavedViews(screen: Screen) {
  const { data } = useQuery(savedViewsQuery)
  const queries = useQueryClient()
  const toast = useToast()
  const attempt = useCallback(
    async <Result>(act: () => Promise<Result>): Promise<Result | null> => {
      try {
        const result = await act()
        await queries.invalidateQueries({ queryKey: [listSavedViews.id] })
        return result
      } catch (error) {
        await queries.invalidateQueries({ queryKey: [listSavedViews.id] })
        toast.show({
          tone: 'danger',
          text: error instanceof ApiProblem ? error.problem.detail : 'That did not work. Try again.',
        })
        return null
      }
    },
    [queries, toast],
  )
  const at = ({ id }: SavedView) => ({ params: { view: id } })
  return {
    views: (data?.items ?? []).filter((view) => view.screen === screen),
    loaded: data !== undefined,
    canShare: data?.can.share ?? false,
    add: (body: { name: string; query: string; shared: boolean }) =>
      attempt(() => call(addSavedView, { body: { screen, ...body } })),
    edit: (view: SavedView, body: { name?: string; query?: string; shared?: boolean }) =>
      attempt(() => call(editSavedView, { ...at(view), body: { version: view.version, ...body } })),
    pin: (view: SavedView, pinned: boolean) => attempt(() => call(pinSavedView, { ...at(view), body: { pinned } })),
    remove: async (view: SavedView) => {
      const gone = await attempt(() => call(removeSavedView, at(view)).then(() => true))
      if (!gone) return false
      toast.show({
        text: `The view "${view.name}" is deleted${view.shared ? ' for everyone' : ''}.`,
        undo: () => void attempt(() => call(restoreSavedView, at(view))),
      })
      return true
    },
  }
}
export type SavedViews = ReturnType<typeof useSavedViews>
