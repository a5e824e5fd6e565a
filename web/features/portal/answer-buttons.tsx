import { useState } from 'react'
import { notRelevant } from '#shared/deals.ts'
import type { PortalDeal } from '#shared/portal.ts'
import { useTextDraft } from '../../shell/use-draft.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { usePortal } from './portal.tsx'
import { useDealWrites } from './use-deal-writes.ts'

/** Accept, one tap for "not for us", or decline in one's own words. */
export function AnswerButtons({ deal }: { deal: PortalDeal }) {
  const { reason, workspace } = usePortal()
  const { answer } = useDealWrites(deal)
  const [declining, setDeclining] = useState(false)
  const [why, setWhy] = useTextDraft(`${workspace}.${deal.ref}.decline`)
  const busy = answer.isPending
  const waits = answer.isPaused ? 'Pending' : undefined

  if (declining) {
    return (
      <form
        className="portal-reply"
        onSubmit={(event) => {
          event.preventDefault()
          answer.mutate({ answer: 'declined', reason: why }, { onSuccess: () => setWhy('') })
        }}
      >
        <Field label="Why it is not for you" optional>
          <TextInput value={why} onChange={(event) => setWhy(event.target.value)} maxLength={1000} autoFocus />
        </Field>
        <div className="portal-acts">
          <Button size="form" type="submit" busy={busy} variant="primary">
            {waits ?? 'Decline'}
          </Button>
          <Button size="form" variant="quiet" onClick={() => setDeclining(false)}>
            Back
          </Button>
        </div>
      </form>
    )
  }
  return (
    <div className="portal-acts">
      <Button
        variant="primary"
        size="form"
        busy={busy}
        reason={reason}
        onClick={() => answer.mutate({ answer: 'accepted' })}
      >
        {waits ?? 'Accept'}
      </Button>
      <Button
        size="form"
        busy={busy}
        reason={reason}
        onClick={() => answer.mutate({ answer: 'declined', reason: notRelevant })}
      >
        {notRelevant}
      </Button>
      <Button variant="quiet" size="form" busy={busy} reason={reason} onClick={() => setDeclining(true)}>
        Decline with a reason
      </Button>
    </div>
  )
}
