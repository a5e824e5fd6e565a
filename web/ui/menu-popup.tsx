import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { type RefObject, useEffect, useRef } from 'react'
import { Kbd } from './kbd.tsx'
import { Link } from './link.tsx'
import type { MenuEntry } from './menu-entry.ts'
import { usePortalHost } from './portal-host.ts'
import './menu.css'

type Props = {
  label: string
  items: MenuEntry[]
  align: 'start' | 'end'
  side: 'top' | 'bottom'
  open: boolean
  onOpenChange: (open: boolean) => void
  anchor: RefObject<HTMLElement | null>
  byKeys: boolean
}

/** The list of a Menu. Opened by keys it starts on its first item. Pressing the button that opened it closes it through the button, not twice. */
export function MenuPopup({ label, items, align, side, open, onOpenChange, anchor, byKeys }: Props) {
  const host = usePortalHost()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open || !byKeys) return
    const frame = requestAnimationFrame(() => {
      if (list.current?.querySelector('[data-highlighted]')) return
      list.current?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }))
    })
    return () => cancelAnimationFrame(frame)
  }, [open, byKeys])
  return (
    <Base.Root
      open={open}
      modal={false}
      onOpenChange={(next, { event }) => {
        const onButton = event.target instanceof Node && anchor.current?.contains(event.target)
        if (!(onButton && event.type !== 'keydown')) onOpenChange(next)
      }}
      onOpenChangeComplete={showGuards}
    >
      <Base.Portal container={host}>
        <Base.Positioner
          anchor={anchor}
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="ui-layer"
        >
          <Base.Popup
            ref={list}
            className="ui-popup ui-menu"
            aria-label={label}
            aria-labelledby={undefined}
            finalFocus={anchor}
            onKeyDown={(event) => {
              if (event.key !== 'Tab') return
              event.preventDefault()
              onOpenChange(false)
            }}
          >
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
