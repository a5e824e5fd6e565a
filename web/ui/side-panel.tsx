import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { Button } from './button.tsx'
import { PortalHost } from './portal-host.ts'
import './side-panel.css'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  actions?: ReactNode
  footer?: ReactNode
  /** The panel itself takes the focus, so that its own keys are not a button's. */
  keysFirst?: boolean
  children: ReactNode
}

/** A look at one record beside the list, which stays usable; a sheet on phones. Esc closes and focus goes back. */
export function SidePanel({ open, onOpenChange, title, actions, footer, keysFirst, children }: Props) {
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} modal={false} disablePointerDismissal>
      <Base.Portal>
        <Base.Popup ref={popup} className="ui-side-panel" initialFocus={keysFirst ? popup : undefined}>
          <PortalHost value={popup}>
            <header className="ui-side-head">
              <Base.Title>{title}</Base.Title>
              {actions}
              <Base.Close
                render={<Button variant="quiet" className="ui-icon-only" aria-label="Close" icon={<X />} />}
              />
            </header>
            <div className="ui-side-body">{children}</div>
            {footer && <footer className="ui-side-foot">{footer}</footer>}
          </PortalHost>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
