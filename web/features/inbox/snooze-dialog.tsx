import { useState } from 'react'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { AskDialog } from '../deals/ask-dialog.tsx'
import { dayFromNow } from '../deals/days.ts'

type Props = { about: string; onPick: (day: string) => void; onClose: () => void }

/** Which morning a row comes back on. */
export function SnoozeDialog({ about, onPick, onClose }: Props) {
  const [day, setDay] = useState(dayFromNow(3))
  const wrong = day > dayFromNow(0) && day <= dayFromNow(365) ? null : 'Choose a day from tomorrow on, within a year.'
  return (
    <AskDialog
      title={`Snooze ${about}`}
      verb="Snooze"
      blocked={wrong ? { field: 'until', say: wrong } : null}
      onClose={onClose}
      run={async () => onPick(day)}
    >
      {(refused) => (
        <Field
          label="Bring it back on"
          hint="At 08:00. It comes back sooner if something happens."
          error={refused('until')}
        >
          <TextInput
            type="date"
            autoFocus
            value={day}
            min={dayFromNow(1)}
            max={dayFromNow(365)}
            onChange={(event) => setDay(event.target.value)}
          />
        </Field>
      )}
    </AskDialog>
  )
}
