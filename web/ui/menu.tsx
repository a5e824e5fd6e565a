import {
  cloneElement,
  type KeyboardEvent,
  lazy,
  type MouseEvent,
  type ReactElement,
  Suspense,
  useRef,
  useState,
} from 'react'
import type { MenuEntry } from './menu-entry.ts'

type Props = {
  label: string
  trigger: ReactElement
  items: MenuEntry[]
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
}

const load = () => import('./menu-popup.tsx').then((file) => ({ default: file.MenuPopup }))
const MenuPopup = lazy(load)

/**
 * A button that opens a list of actions. An item with `reason` is shown, cannot be chosen, and says why. The list itself
 * is fetched when the pointer or the focus comes near.
 */
export function Menu({ label, trigger, items, align = 'start', side = 'bottom' }: Props) {
  const [open, setOpen] = useState(false)
  const [used, setUsed] = useState(false)
  const [byKeys, setByKeys] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const show = (next: boolean) => {
    setUsed(true)
    setOpen(next)
  }
  return (
    <>
      {cloneElement(trigger as ReactElement<Record<string, unknown>>, {
        ref: button,
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        'data-popup-open': open ? '' : undefined,
        onPointerOver: load,
        onFocusCapture: load,
        onClick: (event: MouseEvent) => {
          if (event.defaultPrevented) return
          setByKeys(event.detail === 0)
          show(!open)
        },
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key !== 'ArrowDown' || open) return
          event.preventDefault()
          setByKeys(true)
          show(true)
        },
      })}
      {used && (
        <Suspense>
          <MenuPopup
            label={label}
            items={items}
            align={align}
            side={side}
            open={open}
            onOpenChange={show}
            anchor={button}
            byKeys={byKeys}
          />
        </Suspense>
      )}
    </>
  )
}
