import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { useField } from './field.tsx'
import { usePortalHost } from './portal-host.ts'
import './menu.css'

type Props<V extends string> = {
  value: V | null
  onChange: (value: V) => void
  options: { value: V; label: string; icon?: ReactNode; hint?: string }[]
  label?: string
  placeholder?: string
  disabled?: boolean
  compact?: boolean
  name?: string
}

/** One choice out of a short list. Inside a Field it takes the Field's label, elsewhere give it a `label`. */
export function Select<V extends string>(props: Props<V>) {
  const { value, onChange, options, label, placeholder = 'Choose', disabled, compact, name } = props
  const field = useField()
  const host = usePortalHost()
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      disabled={disabled}
      name={name}
      modal={false}
    >
      <Base.Trigger {...field} aria-label={label} className={classNames('ui-input', compact && 'ui-compact')}>
        <Base.Value className="ui-trunc" placeholder={placeholder} />
        <ChevronDown />
      </Base.Trigger>
      <Base.Portal container={host}>
        <Base.Positioner className="ui-layer" sideOffset={4} collisionPadding={8} alignItemWithTrigger={false}>
          <Base.Popup className="ui-popup">
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} className="ui-item">
                {option.icon}
                <Base.ItemText className="ui-menu-label">{option.label}</Base.ItemText>
                {option.hint && <span className="ui-menu-hint">{option.hint}</span>}
                <Base.ItemIndicator className="ui-row">
                  <Check />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
