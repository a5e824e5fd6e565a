import { useQueryClient } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useEffect } from 'react'
import type { Import } from '#shared/imports.ts'
import { countPartners, listPartners } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { contactCount, partnerCount, rowCount } from './import-words.ts'
import { StepHead } from './step-head.tsx'

export function RunStep({ it }: { it: Import }) {
  return (
    <div className="import-step import-run">
      <StepHead title="Importing">
        You can leave this page. The import goes on, and this address brings you back.
      </StepHead>
      <progress className="import-progress" aria-label="Imported" max={Math.max(it.total, 1)} value={it.done} />
      <p className="ui-num">
        {it.done.toLocaleString('en-GB')} of {partnerCount(it.total)}
      </p>
    </div>
  )
}

export function DoneStep({ it, onAgain }: { it: Import; onAgain: () => void }) {
  const queries = useQueryClient()
  useEffect(() => {
    for (const id of [listPartners.id, countPartners.id, 'get_home', 'list_tags'])
      void queries.invalidateQueries({ queryKey: [id] })
  }, [queries])
  const { added = 0, contacts = 0, skipped = 0 } = it.result ?? {}
  return (
    <div className="import-step import-run" role="status">
      <CircleCheck className="import-done-mark" />
      <StepHead title={`${partnerCount(added)} added`}>
        With {contactCount(contacts)}.{skipped > 0 && ` ${rowCount(skipped)} skipped.`} Nothing was emailed.
      </StepHead>
      <div className="ui-row ui-wrap">
        <Button variant="primary" size="form" href={paths.partners}>
          See partners
        </Button>
        <Button size="form" onClick={onAgain}>
          Import another file
        </Button>
      </div>
    </div>
  )
}

export function FailedStep({ it, onAgain }: { it: Import; onAgain: () => void }) {
  return (
    <ErrorState title="The import stopped." safe={it.result?.problem ?? 'Nothing was added.'}>
      <Button variant="primary" onClick={onAgain}>
        Start again with a file
      </Button>
    </ErrorState>
  )
}
