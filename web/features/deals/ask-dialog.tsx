import { type ReactNode, useRef, useState } from 'react'
import { ApiProblem } from '../../api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'

type Props = {
  title: string
  verb: string
  /** The field that stands in the way, and what is said there when the button is pressed too early. */
  blocked?: { field: string; say: string } | null
  onClose: () => void
  run: () => Promise<void>
  footnote?: string
  /** Nothing has to be filled in: Enter does it at once. */
  ready?: boolean
  /** The fields; `refused(name)` is what the server said about one. */
  children: (refused: (field: string) => string | undefined) => ReactNode
}

/** A small dialog that does one thing: what the server refuses is said beside its field, and what was typed stays. */
export function AskDialog({ title, verb, blocked, onClose, run, footnote, ready, children }: Props) {
  const doIt = useRef<HTMLButtonElement>(null)
  const [busy, setBusy] = useState(false)
  const [early, setEarly] = useState(false)
  const [failed, setFailed] = useState<unknown>(null)
  const problem = failed instanceof ApiProblem ? failed : null
  const go = async () => {
    if (blocked || busy) return setEarly(true)
    setBusy(true)
    setFailed(null)
    try {
      await run()
      onClose()
    } catch (error) {
      setFailed(error)
      setBusy(false)
    }
  }
  useHotkeys({ 'mod+enter': () => void go() }, { inFields: true })
  const general = failed !== null && !problem?.problem.errors?.length
  return (
    <Dialog
      open
      size="small"
      onOpenChange={(open) => !open && !busy && onClose()}
      title={title}
      {...(ready ? { initialFocus: doIt } : {})}
      {...(footnote ? { footnote } : {})}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button ref={doIt} variant="primary" busy={busy} onClick={() => void go()}>
            {verb}
          </Button>
        </>
      }
    >
      <form
        className="ui-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        {general && (
          <Banner tone="danger" role="alert">
            {problem?.problem.detail ?? 'That did not work.'} What you typed is kept.
          </Banner>
        )}
        {children((field) => problem?.field(field) ?? (early && blocked?.field === field ? blocked.say : undefined))}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
