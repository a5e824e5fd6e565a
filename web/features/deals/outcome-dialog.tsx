import { useState } from 'react'
import type { DealRow } from '#shared/deals.ts'
import { calledName } from '../../shell/deal-words.ts'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { TextArea, TextInput } from '../../ui/text-input.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { readAmount, writeAmount } from './amount.ts'
import { useChangeDeal } from './changing.ts'

type Props = { deal: DealRow; outcome: 'won' | 'lost'; onClose: () => void }

/** How a deal ended. Asks one thing, the amount or the reason, and takes no for an answer. */
export function OutcomeDialog({ deal, outcome: first, onClose }: Props) {
  const { member } = useSession()
  const currency = deal.currency ?? member?.currency ?? 'EUR'
  const [outcome, choose] = useState(first)
  const [amount, setAmount] = useState(writeAmount(deal.value_minor, currency))
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const { close } = useChangeDeal()
  const value_minor = readAmount(amount, currency)
  const broken = outcome === 'won' && value_minor === undefined

  const save = async () => {
    if (broken || busy) return
    setBusy(true)
    const more =
      outcome === 'lost'
        ? { outcome_reason: reason.trim() || null }
        : value_minor === undefined || value_minor === null || value_minor === deal.value_minor
          ? {}
          : { value_minor, currency }
    const saved = await close(deal, outcome, more)
    setBusy(false)
    if (saved) onClose()
  }
  useHotkeys({ 'mod+enter': () => void save() }, { inFields: true })

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={`How did it end with ${deal.customer_company}?`}
      actions={
        <>
          <Button onClick={onClose}>Keep it open</Button>
          <Button variant="primary" busy={busy} onClick={() => void save()}>
            {outcome === 'won' ? 'Mark as won' : 'Mark as lost'}
          </Button>
        </>
      }
    >
      <form
        className="ui-stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Segmented
          label="Outcome"
          fill
          value={outcome}
          onChange={choose}
          options={[
            { value: 'won', label: 'Won' },
            { value: 'lost', label: 'Lost' },
          ]}
        />
        {outcome === 'won' ? (
          <Field label="Amount" optional error={broken ? 'Write an amount like 48,000.' : undefined}>
            <TextInput
              inputMode="decimal"
              end={currency}
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
            />
          </Field>
        ) : (
          <Field
            label="Reason"
            optional
            hint={`Your team reads this. ${calledName(deal.partner.legal_name)} does not.`}
          >
            <TextArea rows={2} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
        )}
      </form>
    </Dialog>
  )
}
