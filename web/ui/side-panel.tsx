import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
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
  /** The next record or the one before; the dialog keeps arrow keys from the page. */
  onArrow?: (by: 1 | -1) => void
  children: ReactNode
}

/** A look at one record beside the list, which stays usable; a sheet on phones. Esc closes and focus goes back. */
export function SidePanel({ open, onOpenChange, title, actions, footer, keysFirst, onArrow, children }: Props) {
  const popup = useRef<HTMLDivElement>(null)
  const onKey = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null
    if (!by || !onArrow || event.target !== popup.current) return
    event.preventDefault()
    onArrow(by)
  }
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} modal={false} disablePointerDismissal>
      <Base.Portal>
        <Base.Popup
          ref={popup}
          className="ui-side-panel"
          initialFocus={keysFirst ? popup : undefined}
          onKeyDownCapture={onKey}
        >
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
