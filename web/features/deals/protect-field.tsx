import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { dayFromNow } from './days.ts'

type Props = {
  called: string
  /** For how long, when nothing else is chosen. */
  days: number
  value: string | null
  onChange: (until: string | null) => void
  error?: string | undefined
}

/** Whether a deal that was sent is protected for its sender, and until when. */
export function ProtectField({ called, days, value, onChange, error }: Props) {
  return (
    <div className="ui-stack deals-protect">
      <Checkbox
        label={`Protect it for ${called}`}
        hint="You are reminded before it ends. Whenever they work on it, the time starts anew."
        checked={value !== null}
        onChange={(on) => onChange(on ? dayFromNow(days) : null)}
      />
      {value !== null && (
        <Field label="Protected until" error={error} hint={`${called} sees this day.`}>
          <TextInput
            type="date"
            value={value}
            min={dayFromNow(1)}
            max={dayFromNow(730)}
            onChange={(event) => onChange(event.target.value)}
          />
        </Field>
      )}
    </div>
  )
}
