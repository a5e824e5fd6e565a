import { type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'
import './segmented.css'

type Props<V extends string> = {
  label: string
  value: V
  onChange: (value: V) => void
  options: { value: V; label: string; icon?: ReactNode; tone?: 'shared' }[]
  size?: 'normal' | 'small'
  fill?: boolean
}

/** A few short choices side by side. When the chosen one has the tone `shared`, the control turns amber. */
export function Segmented<V extends string>({ label, value, onChange, options, size = 'normal', fill }: Props<V>) {
  const name = useId()
  const shared = options.find((option) => option.value === value)?.tone === 'shared'
  const look = classNames(
    'ui-segmented',
    size === 'small' && 'ui-small-segments',
    fill && 'ui-fill',
    shared && 'ui-is-shared',
  )
  return (
    <div className={look} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            className="ui-vh"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.icon}
          {option.label}
        </label>
      ))}
    </div>
  )
}
