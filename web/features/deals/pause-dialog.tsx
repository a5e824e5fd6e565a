import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getCompany } from '#shared/company.ts'
import type { Deal } from '#shared/deals.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { ChoiceChips } from '../../ui/choices.tsx'
import { Field, FieldSet } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { AskDialog } from './ask-dialog.tsx'
import { dayFromNow } from './days.ts'
import { ProtectField } from './protect-field.tsx'
import { useAnswers } from './use-answers.ts'

const soon = () => [
  { value: dayFromNow(7), label: 'A week' },
  { value: dayFromNow(14), label: 'Two weeks' },
  { value: dayFromNow(30), label: '30 days' },
]

/** Nobody has to move until a day, because. */
export function PauseDialog({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const { pause } = useAnswers()
  const [until, setUntil] = useState(deal.paused_until ?? dayFromNow(14))
  const [why, setWhy] = useState(deal.paused_why ?? '')
  const called = calledName(deal.partner.legal_name)
  return (
    <AskDialog
      title={deal.paused_until ? 'Change the pause' : `Pause ${deal.customer_company}`}
      verb={deal.paused_until ? 'Save pause' : 'Pause deal'}
      blocked={why.trim() ? null : { field: 'why', say: 'Say why in a few words.' }}
      onClose={onClose}
      run={() => pause(deal, until, why)}
    >
      {(refused) => (
        <>
          <FieldSet legend="Until" error={refused('until')}>
            <div className="ui-row ui-wrap">
              <ChoiceChips label="Until" name="until" value={until} onChange={setUntil} options={soon()} />
              <span className="deals-day">
                <TextInput
                  type="date"
                  aria-label="Or until a day"
                  value={until}
                  min={dayFromNow(1)}
                  max={dayFromNow(366)}
                  onChange={(event) => setUntil(event.target.value)}
                />
              </span>
            </div>
          </FieldSet>
          <Field
            label="Because"
            required
            hint={
              deal.share ? `Your team reads this. ${called} sees the day, not the reason.` : 'Your team reads this.'
            }
            error={refused('why')}
          >
            <TextInput
              value={why}
              maxLength={300}
              autoFocus
              placeholder="Their budget is decided in January."
              onChange={(event) => setWhy(event.target.value)}
            />
          </Field>
        </>
      )}
    </AskDialog>
  )
}

/** Until when a deal that was sent is protected. */
export function ProtectDialog({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const { protect } = useAnswers()
  const { data: company } = useQuery(ask(getCompany, {}))
  const [until, setUntil] = useState(deal.protected_until)
  return (
    <AskDialog
      title={`Protect ${deal.customer_company}`}
      verb="Save protection"
      onClose={onClose}
      run={() => protect(deal, until || null)}
    >
      {(refused) => (
        <ProtectField
          called={calledName(deal.partner.legal_name)}
          days={company?.protection_days ?? 90}
          value={until}
          onChange={setUntil}
          error={refused('protected_until')}
        />
      )}
    </AskDialog>
  )
}
