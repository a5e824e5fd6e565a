import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'
import { Link } from './link.tsx'
import { usePortalHost } from './portal-host.ts'
import './menu.css'

export type MenuItem = {
  label: string
  icon?: ReactNode
  keys?: string
  hint?: string
  onSelect?: () => void
  href?: string
  danger?: boolean
  reason?: string
  checked?: boolean
}
export type MenuEntry = MenuItem | 'separator' | { heading: string }

type Props = {
  label: string
  trigger: ReactElement
  items: MenuEntry[]
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
}

/** A button that opens a list of actions. An item with `reason` is shown, cannot be chosen, and says why. */
export function Menu({ label, trigger, items, align = 'start', side = 'bottom' }: Props) {
  const host = usePortalHost()
  return (
    <Base.Root modal={false} onOpenChangeComplete={showGuards}>
      <Base.Trigger render={trigger} />
      <Base.Portal container={host}>
        <Base.Positioner side={side} align={align} sideOffset={4} collisionPadding={8} className="ui-layer">
          <Base.Popup className="ui-popup ui-menu" aria-label={label} aria-labelledby={undefined}>
            {items.map((item, index) => entry(item, index))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

// The guards that catch Tab at both ends of the menu take focus, so they must not be hidden from assistive technology.
function showGuards(open: boolean) {
  if (!open) return
  for (const guard of document.querySelectorAll('[data-base-ui-focus-guard]')) guard.removeAttribute('aria-hidden')
}

function entry(item: MenuEntry, index: number) {
  if (item === 'separator') return <Base.Separator key={`line-${index}`} className="ui-menu-line" />
  if ('heading' in item) {
    return (
      <div key={item.heading} className="ui-menu-heading" role="presentation">
        {item.heading}
      </div>
    )
  }
  const body = (
    <>
      {item.icon}
      <span className="ui-menu-label">
        {item.label}
        {(item.reason || item.hint) && <span className="ui-menu-hint">{item.reason ?? item.hint}</span>}
      </span>
      {item.checked && <Check />}
      {item.keys && <Kbd keys={item.keys} />}
    </>
  )
  const className = item.danger ? 'ui-item ui-item-danger' : 'ui-item'
  if (item.checked !== undefined) {
    return (
      <Base.CheckboxItem
        key={item.label}
        className={className}
        checked={item.checked}
        closeOnClick
        onClick={item.onSelect}
      >
        {body}
      </Base.CheckboxItem>
    )
  }
  if (item.href && !item.reason) {
    return (
      <Base.LinkItem key={item.label} className={className} closeOnClick render={<Link href={item.href} />}>
        {body}
      </Base.LinkItem>
    )
  }
  return (
    <Base.Item key={item.label} className={className} disabled={Boolean(item.reason)} onClick={item.onSelect}>
      {body}
    </Base.Item>
  )
}
