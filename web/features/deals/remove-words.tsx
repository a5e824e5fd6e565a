import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { removeEntry } from '#shared/editing.ts'
import type { Entry } from '#shared/entries.ts'
import { call } from '../../api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useToast } from '../../ui/toast.tsx'
import { failureWords } from './sharing.ts'
import { wordQueries } from './word-queries.ts'

type Props = { entry: Entry; what: 'comment' | 'note'; called: string; onClose: () => void }

/** What taking words back does: it cannot be undone, so it is said first. */
export function RemoveWords({ entry, what, called, onClose }: Props) {
  const [state, setState] = useState<{ busy?: boolean; failed?: string }>({})
  const queries = useQueryClient()
  const { show } = useToast()
  const remove = async () => {
    setState({ busy: true })
    try {
      await call(removeEntry, { params: { entry: entry.id } })
      await Promise.all(wordQueries.map((id) => queries.invalidateQueries({ queryKey: [id] })))
      show({ text: `Your ${what} was removed.` })
      onClose()
    } catch (error) {
      setState({ failed: failureWords(error) })
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={`Remove your ${what}?`}
      description={
        entry.visible
          ? `Its words disappear for your team and for ${called}. Whoever read them has read them. It stays visible that you removed a ${what}.`
          : `Its words disappear for your whole team. It stays visible that you removed a ${what}.`
      }
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" busy={state.busy} onClick={() => void remove()}>
            Remove {what}
          </Button>
        </>
      }
    >
      {state.failed && (
        <Banner tone="danger" role="alert">
          {state.failed}
        </Banner>
      )}
    </Dialog>
  )
}
