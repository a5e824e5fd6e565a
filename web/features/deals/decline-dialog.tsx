import { useState } from 'react'
import type { Deal } from '#shared/deals.ts'
import { calledName, firstName, whose } from '../../shell/deal-words.ts'
import { Field } from '../../ui/field.tsx'
import { TextArea } from '../../ui/text-input.tsx'
import { AskDialog } from './ask-dialog.tsx'
import { useAnswers } from './use-answers.ts'
import './hand-over.css'

/** Declines what a partner sent, with a reason that the sender reads. */
export function DeclineDialog({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const called = calledName(deal.partner.legal_name)
  const who = deal.sent_by_name ? firstName(deal.sent_by_name) : called
  const { decline } = useAnswers()
  const [reason, setReason] = useState('')
  return (
    <AskDialog
      title={`Decline ${deal.customer_company}`}
      verb="Decline deal"
      blocked={reason.trim() ? null : { field: 'reason', say: 'Say why in a few words.' }}
      onClose={onClose}
      run={() => decline(deal, reason)}
    >
      {(refused) => (
        <Field
          label={`Why, for ${who}`}
          required
          hint={`Everyone at ${called} who sees this deal reads it.`}
          error={refused('reason')}
        >
          <TextArea
            rows={3}
            maxLength={1000}
            className="deals-note-read"
            value={reason}
            autoFocus
            placeholder="We work with them already."
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      )}
    </AskDialog>
  )
}

/** Asks the partner something before answering; it is their turn then. */
export function AskBackDialog({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const called = calledName(deal.partner.legal_name)
  const { askBack } = useAnswers()
  const [body, setBody] = useState('')
  return (
    <AskDialog
      title={`Ask ${called} about ${deal.customer_company}`}
      verb="Ask back"
      footnote={`Then it is ${whose(called)} turn.`}
      blocked={body.trim() ? null : { field: 'body', say: 'Write what you want to know.' }}
      onClose={onClose}
      run={() => askBack(deal, body)}
    >
      {(refused) => (
        <Field
          label="What do you want to know?"
          required
          hint={`Everyone at ${called} who sees this deal reads it.`}
          error={refused('body')}
        >
          <TextArea
            rows={3}
            maxLength={10_000}
            className="deals-note-read"
            value={body}
            autoFocus
            onChange={(event) => setBody(event.target.value)}
          />
        </Field>
      )}
    </AskDialog>
  )
}
