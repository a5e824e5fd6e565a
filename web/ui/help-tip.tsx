import { Popover } from '@base-ui/react/popover'
import { CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import { usePortalHost } from './portal-host.ts'
import './tooltip.css'

/** The (?) button: opens its explanation on hover, focus click and touch. */
export function HelpTip({ label, children }: { label: string; children: ReactNode }) {
  const host = usePortalHost()
  return (
    <Popover.Root>
      <Popover.Trigger openOnHover delay={200} className="ui-help" aria-label={label}>
        <CircleHelp />
      </Popover.Trigger>
      <Popover.Portal container={host}>
        <Popover.Positioner side="top" sideOffset={4} className="ui-layer">
          <Popover.Popup className="ui-tooltip ui-help-text" aria-label={label} initialFocus={false}>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
