import { useState } from 'react'
import type { Download } from '#shared/endpoint.ts'
import { ApiProblem } from '../../api.ts'
import { useToast } from '../../ui/toast.tsx'
import { saveFile } from './save-file.ts'

/** Fetches a file and saves it. In: what is said when it is there. Out: whether one is on its way, and what starts it. */
export function useExport(said: string) {
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const run = async (fetchFile: () => Promise<Download>) => {
    if (busy) return
    setBusy(true)
    try {
      saveFile(await fetchFile())
      toast.show({ text: said })
    } catch (error) {
      toast.show({
        tone: 'danger',
        text: error instanceof ApiProblem ? error.problem.detail : 'The export did not work. Try again.',
      })
    }
    setBusy(false)
  }
  return { busy, run }
}
