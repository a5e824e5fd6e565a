import { Popover } from '@base-ui/react/popover'
import type { ReactNode, RefObject } from 'react'
import { usePortalHost } from './portal-host.ts'
import './tooltip.css'

type Props = {
  id: string
  label: string
  open: boolean
  anchor: RefObject<HTMLElement | null>
  keep: () => void
  leave: () => void
  close: () => void
  goOn: () => void
  children: ReactNode
}

/** The explanation of a HelpTip. Esc and a press elsewhere close it; a press on the button is the button's to answer. */
export function HelpPopup({ id, label, open, anchor, keep, leave, close, goOn, children }: Props) {
  const host = usePortalHost()
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next, { event }) => {
        const onButton = event.target instanceof Node && anchor.current?.contains(event.target)
        if (!next && !(onButton && event.type !== 'keydown')) close()
      }}
    >
      <Popover.Portal container={host}>
        <Popover.Positioner anchor={anchor} side="top" sideOffset={4} className="ui-layer">
          <Popover.Popup
            id={id}
            className="ui-tooltip ui-help-text"
            aria-label={label}
            initialFocus={false}
            finalFocus={false}
            onPointerEnter={keep}
            onPointerLeave={leave}
            onKeyDown={({ key }) => {
              if (key !== 'Tab' && key !== 'Escape') return
              anchor.current?.focus()
              if (key === 'Tab') goOn()
            }}
          >
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
