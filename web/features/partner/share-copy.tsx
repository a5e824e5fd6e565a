import { Eye } from 'lucide-react'
import { useRef, useState } from 'react'
import { type Entry, shareNoteCopy, stopSharingNote } from '#shared/entries.ts'
import type { Partner } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { calledName } from '../../shell/deal-words.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Composer } from '../../ui/composer.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { useRefresh, wordsOf } from './use-partner.ts'

/** A team-only note as the partner would read it: a copy, changed first where it has to be. The original stays. */
export function ShareCopy({ note, partner, onClose }: { note: Entry; partner: Partner; onClose: () => void }) {
  const called = calledName(partner.legal_name)
  const [body, write] = useState(note.body ?? '')
  const [state, setState] = useState<{ busy: boolean; failed: string | null }>({ busy: false, failed: null })
  const text = useRef<HTMLTextAreaElement>(null)
  const refresh = useRefresh()
  const toast = useToast()
  const takeBack = async (copy: string) => {
    try {
      await call(stopSharingNote, { params: { note: copy } })
      toast.show({ text: `Not shared. ${called} never saw it, and the copy is gone.` })
    } catch (error) {
      toast.show({ text: wordsOf(error), tone: 'danger' })
    }
    await refresh()
  }
  const send = async () => {
    if (state.busy) return
    if (body.trim() === '') return text.current?.focus()
    setState({ busy: true, failed: null })
    try {
      const copy = await call(shareNoteCopy, { params: { note: note.id }, body: { body } })
      await refresh()
      toast.show({
        text: `The copy leaves in 10 seconds. Then ${called} can read it.`,
        holdSeconds: 10,
        undo: () => void takeBack(copy.id),
        onElapsed: () => void refresh(),
      })
      onClose()
    } catch (error) {
      setState({ busy: false, failed: wordsOf(error) })
    }
  }
  useHotkeys({ 'mod+enter': () => void send() }, { inFields: true })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Share a copy with ${called}`}
      footnote="It leaves after 10 seconds. Until then you can undo it."
      initialFocus={text}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={state.busy} onClick={() => void send()}>
            Share copy with {called}
          </Button>
        </>
      }
    >
      <div className="ui-stack">
        {state.failed && (
          <Banner tone="danger" role="alert">
            {state.failed} Your text is still here.
          </Banner>
        )}
        <p className="ui-muted">
          The note stays with your team as it is. {called} gets only what stands here: read it with their eyes.
        </p>
        <Composer
          shared
          top={
            <Chip tone="shared" icon={<Eye />}>
              {called} can see this
            </Chip>
          }
          foot={
            <span id="partner-copy-reads">
              {partner.permissions.sees_notes
                ? `${called} will read this after 10 seconds.`
                : `"Notes and files you share" is off for ${called}. They won't see it until it is on.`}
            </span>
          }
        >
          <textarea
            ref={text}
            className="ui-composer-text"
            aria-label={`Text for ${called}`}
            aria-describedby="partner-copy-reads"
            rows={5}
            maxLength={10_000}
            value={body}
            onChange={(event) => write(event.target.value)}
          />
        </Composer>
      </div>
    </Dialog>
  )
}
