import { useId } from 'react'
import './choices.css'

type Choice = { value: string; label: string; hint?: string; reason?: string }
type Props = {
  label: string
  name: string
  value: string
  onChange: (value: string) => void
  options: Choice[]
  hideLabel?: boolean
}

/** Two or three large choices, each with a line of explanation. A choice with `reason` cannot be taken and says why. */
export function RadioCards({ label, name, value, onChange, options, hideLabel }: Props) {
  const id = useId()
  return (
    <fieldset className="ui-cards">
      <legend className={hideLabel ? 'ui-vh' : 'ui-label'}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="ui-radio-card">
          <input
            type="radio"
            className="ui-dot-box"
            name={name}
            value={option.value}
            checked={value === option.value}
            disabled={Boolean(option.reason)}
            aria-describedby={`${id}-${option.value}`}
            onChange={() => onChange(option.value)}
          />
          <span>
            <span className="ui-radio-name">{option.label}</span>
            <span id={`${id}-${option.value}`} className="ui-radio-hint">
              {option.reason ?? option.hint}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** One-tap chips of which one may be on; a second tap clears it (`''`). */
export function ChoiceChips({ label, name, value, onChange, options, hideLabel = true }: Props) {
  return (
    <fieldset className="ui-choice-chips">
      <legend className={hideLabel ? 'ui-vh' : 'ui-label'}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="ui-choice-chip">
          <input
            type="checkbox"
            className="ui-vh"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(value === option.value ? '' : option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
