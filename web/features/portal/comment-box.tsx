import { type FormEvent, type KeyboardEvent, useId } from 'react'
import type { PortalDeal } from '#shared/portal.ts'
import { ApiProblem } from '../../api.ts'
import { useTextDraft } from '../../shell/use-draft.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { TextArea } from '../../ui/text-input.tsx'
import { usePortal } from './portal.tsx'
import { useDealWrites } from './use-deal-writes.ts'

type Props = {
  deal: PortalDeal
  /** To whom it goes: "Dana". */
  to: string
  rows?: number
  autoFocus?: boolean
  onSent?: () => void
}

/** A comment on a deal. What was typed stays until it was sent. Ctrl or Cmd Enter sends. */
export function CommentBox({ deal, to, rows = 1, autoFocus, onSent }: Props) {
  const { reason, workspace } = usePortal()
  const { comment } = useDealWrites(deal)
  const [text, setText] = useTextDraft(`${workspace}.${deal.ref}.comment`)
  const why = useId()
  const { error } = comment
  const problem = error && (error instanceof ApiProblem ? (error.field('body') ?? error.problem.detail) : error.message)

  const send = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault()
    if (reason || comment.isPending || text.trim() === '') return
    comment.mutate(text, {
      onSuccess: () => {
        setText('')
        onSent?.()
      },
    })
  }
  return (
    <form className="portal-reply portal-reply-row" onSubmit={send}>
      <Field label={`Reply to ${to} about ${deal.customer_company}`} hideLabel error={problem ?? undefined}>
        <TextArea
          grow
          rows={rows}
          value={text}
          placeholder={`Reply to ${to}`}
          maxLength={10_000}
          readOnly={reason !== undefined}
          autoFocus={autoFocus}
          aria-describedby={reason ? why : undefined}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && send(event)}
        />
      </Field>
      {reason && (
        <span id={why} className="ui-vh">
          {reason}
        </span>
      )}
      <Button size="form" type="submit" busy={comment.isPending} reason={reason}>
        {comment.isPaused ? 'Pending' : 'Send reply'}
      </Button>
    </form>
  )
}
