import { Select as Base } from '@base-ui/react/select'
import { Check } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { HandOver, type Link } from './late.tsx'
import { usePortalHost } from './portal-host.ts'
import './menu.css'

export type SelectOption<V extends string> = { value: V; label: string; icon?: ReactNode; hint?: string }

type Props = {
  value: string | null
  onChange: (value: string) => void
  options: SelectOption<string>[]
  disabled?: boolean
  name?: string
  trigger: ComponentProps<'button'>
  link: Link
}

/** What a Select needs once it is used: its list and its keys. `trigger` are the attributes of its LateButton. */
export function SelectPopup({ value, onChange, options, disabled, name, trigger, link }: Props) {
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
      <Base.Trigger {...trigger} render={(given) => <HandOver link={link} given={given} />} />
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
