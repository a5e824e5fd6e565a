import type { Import } from '#shared/imports.ts'
import { Button } from '../../ui/button.tsx'
import { thingCount } from './import-words.ts'
import { StepHead } from './step-head.tsx'
import { useCancel } from './use-import.ts'

/** A sheet on its way through the reader. */
export function ReadingStep({ it }: { it: Import }) {
  const cancel = useCancel(it.id)
  return (
    <div className="import-step import-run">
      <StepHead title={`Reading ${it.file_name}`}>
        A large sheet takes a few seconds. You can leave this page; nothing is added.
      </StepHead>
      <progress className="import-progress" aria-label="Reading" />
      <div>
        <Button size="form" busy={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel reading
        </Button>
      </div>
    </div>
  )
}

/** The import under way. Its address brings whoever left back here. */
export function RunStep({ it }: { it: Import }) {
  const cancel = useCancel(it.id)
  return (
    <div className="import-step import-run">
      <StepHead title="Importing">
        You can leave this page. The import goes on, and this address brings you back.
      </StepHead>
      <progress className="import-progress" aria-label="Imported" max={Math.max(it.total, 1)} value={it.done} />
      <p className="ui-num" aria-live="polite">
        {it.done.toLocaleString('en-GB')} of {thingCount(it.kind, it.total)}
      </p>
      <div className="ui-row ui-wrap">
        <Button size="form" busy={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel import
        </Button>
        <span className="ui-cell ui-muted">Cancelling leaves nothing behind.</span>
      </div>
    </div>
  )
}
