import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type * as z from 'zod/mini'
import { type Kept, undoAct } from '#shared/acts.ts'
import { ApiProblem, call } from '../api.ts'
import { paths } from '../paths.ts'
import { useToast } from '../ui/toast.tsx'

/** What stayed because somebody changed it again since, in a few words. */
export function keptWords(kept: z.output<typeof Kept>[]): string {
  const names = [...new Set(kept.map((it) => it.partner?.legal_name).filter((name) => name !== undefined))]
  if (kept.length === 0) return 'Undone.'
  if (names.length === 0) return 'Undone, but for what was changed since.'
  const [first, ...others] = names
  const who =
    others.length === 0
      ? first
      : others.length === 1
        ? `${first} and ${others[0]}`
        : `${first} and ${others.length} others`
  return `Undone. What was changed at ${who} since stays.`
}

/** Takes an act back and says what stayed. Out: whether it was done. */
export function useUndo(): (act: string) => Promise<boolean> {
  const queries = useQueryClient()
  const toast = useToast()
  return useCallback(
    async (act) => {
      try {
        const { kept } = await call(undoAct, { params: { act } })
        await queries.invalidateQueries()
        toast.show({
          text: keptWords(kept),
          ...(kept.length > 0 ? { action: { label: 'See what stayed', href: paths.log('undo') } } : {}),
        })
        return true
      } catch (error) {
        toast.show({
          tone: 'danger',
          text: error instanceof ApiProblem ? error.problem.detail : 'That did not work. Try again.',
        })
        return false
      }
    },
    [queries, toast],
  )
}
