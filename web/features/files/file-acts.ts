import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type FileRow, putFileBack, removeFile, shareFile, stopSharingFile } from '#shared/files.ts'
import { ApiProblem, call } from '../../api.ts'
import { useToast } from '../../ui/toast.tsx'

const wordsOf = (error: unknown): string =>
  error instanceof ApiProblem ? error.problem.detail : 'That did not work. Nothing was lost.'

/** Share a file, take it back within ten seconds, stop, remove and put back. Each says what it did. In: what the partner is called. */
export function useFileActs(called: string) {
  const queries = useQueryClient()
  const { show } = useToast()
  return useMemo(() => {
    const refresh = async () => {
      await Promise.all(
        ['list_files', 'list_deal_files', 'get_partner_sight', 'list_changes'].map((id) =>
          queries.invalidateQueries({ queryKey: [id] }),
        ),
      )
    }
    const attempt = async (act: () => Promise<unknown>, said?: Parameters<typeof show>[0]) => {
      try {
        await act()
        if (said) show(said)
      } catch (error) {
        show({ text: wordsOf(error), tone: 'danger' })
      }
      await refresh()
    }
    const takeBack = (file: FileRow) =>
      attempt(() => call(stopSharingFile, { params: { file: file.id } }), {
        text: `Not shared. ${called} never saw it. The file stays with your team.`,
      })
    /** The ten seconds of a share that has just been made. */
    const hold = (file: FileRow) =>
      show({
        text: `Leaves in 10 seconds. Then ${called} can open ${file.name}.`,
        holdSeconds: 10,
        undo: () => void takeBack(file),
        onElapsed: () => void refresh(),
      })
    const putBack = (file: FileRow) =>
      attempt(() => call(putFileBack, { params: { file: file.id } }), { text: `${file.name} is back.` })
    return {
      arrived: (file: FileRow) => {
        if (file.shared) hold(file)
        void refresh()
      },
      share: (file: FileRow) =>
        attempt(async () => {
          hold(await call(shareFile, { params: { file: file.id } }))
        }),
      stop: (file: FileRow) =>
        attempt(() => call(stopSharingFile, { params: { file: file.id } }), {
          text: `${called} no longer sees ${file.name}.`,
        }),
      remove: (file: FileRow) =>
        attempt(() => call(removeFile, { params: { file: file.id } }), {
          text: `Removed ${file.name}.${file.visible ? ` ${called} no longer sees it.` : ''}`,
          undo: () => void putBack(file),
        }),
    }
  }, [queries, show, called])
}
