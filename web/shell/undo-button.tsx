import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { useUndo } from './use-undo.ts'

/** Takes one act back. `says`: what was done, for those who hear the page. */
export function UndoButton({ act, says }: { act: string; says: string }) {
  const undo = useUndo()
  const [busy, setBusy] = useState(false)
  const take = async () => {
    setBusy(true)
    await undo(act)
    setBusy(false)
  }
  return (
    <Button size="small" icon={<Undo2 />} busy={busy} aria-label={`Undo: ${says}`} onClick={() => void take()}>
      Undo
    </Button>
  )
}
