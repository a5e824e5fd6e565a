import { ChevronDown } from 'lucide-react'
import { classNames } from './class-names.ts'
import { useField } from './field.tsx'
import { LateButton, useLate } from './late.tsx'
import type { SelectOption } from './select-popup.tsx'
import './menu.css'

type Props<V extends string> = {
  value: V | null
  onChange: (value: V) => void
  options: SelectOption<V>[]
  label?: string
  placeholder?: string
  disabled?: boolean
  compact?: boolean
  name?: string
}

const load = () => import('./select-popup.tsx').then((file) => file.SelectPopup)

/** One choice out of a short list. Inside a Field it takes the Field's label, elsewhere give it a `label`. */
export function Select<V extends string>(props: Props<V>) {
  const { value, onChange, options, label, placeholder = 'Choose', disabled, compact, name } = props
  const field = useField()
  const late = useLate(load)
  const trigger = {
    ...field,
    'aria-label': label,
    'aria-haspopup': 'listbox' as const,
    className: classNames('ui-input', compact && 'ui-compact'),
    disabled,
  }
  const known = options.find((option) => option.value === value)
  return (
    <>
      <LateButton late={late} {...trigger} data-placeholder={value ? undefined : ''}>
        <span className="ui-trunc">{value ? (known?.label ?? value) : placeholder}</span>
        <ChevronDown />
      </LateButton>
      {late.Part && (
        <late.Part
          value={value}
          onChange={(next) => onChange(next as V)}
          options={options}
          disabled={disabled}
          name={name}
          trigger={trigger}
          link={late.link}
        />
      )}
    </>
  )
}
