import { useQueryClient } from '@tanstack/react-query'
import { addMute, getNotices, removeMute } from '#shared/notices.ts'
import { ApiProblem, call } from '../api.ts'
import { useToast } from '../ui/toast.tsx'

/** Ends mail about one partner or one deal, with Undo. In: which, and what it is called. */
export function useMute() {
  const toast = useToast()
  const queries = useQueryClient()
  const asked = { queryKey: [getNotices.id] }
  const refused = (error: unknown) =>
    void toast.show({
      tone: 'danger',
      text: error instanceof ApiProblem ? error.problem.detail : 'That did not work. Nothing was lost. Try again.',
    })
  return async (which: { partner: string } | { deal: string }, called: string): Promise<void> => {
    try {
      const { id } = await call(addMute, { body: which })
      void queries.invalidateQueries(asked)
      toast.show({
        text: `No more email about ${called}. It still reaches your inbox.`,
        undo: () =>
          void call(removeMute, { params: { mute: id } })
            .then(() => queries.invalidateQueries(asked))
            .catch(refused),
      })
    } catch (error) {
      refused(error)
    }
  }
}
