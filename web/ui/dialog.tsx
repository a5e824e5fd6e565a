import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, type RefObject, useRef } from 'react'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { PortalHost } from './portal-host.ts'
import './dialog.css'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  footnote?: ReactNode
  actions?: ReactNode
  size?: 'small' | 'medium' | 'large'
  initialFocus?: RefObject<HTMLElement | null>
  children?: ReactNode
}

/** A window over the page, always with a title; a sheet from below on phones. Esc closes and focus goes back. */
export function Dialog(props: Props) {
  const { open, onOpenChange, title, description, footnote, actions, size = 'medium', initialFocus, children } = props
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="ui-scrim" />
        <Base.Viewport className="ui-dialog-place">
          <Base.Popup ref={popup} className={classNames('ui-dialog', `ui-dialog-${size}`)} initialFocus={initialFocus}>
            <PortalHost value={popup}>
              <header className="ui-dialog-head">
                <Base.Title>{title}</Base.Title>
              </header>
              <div className="ui-dialog-body">
                {description && <Base.Description className="ui-muted">{description}</Base.Description>}
                {children}
              </div>
              {(actions || footnote) && (
                <footer className="ui-dialog-foot">
                  <span className="ui-cap ui-muted ui-grow">{footnote}</span>
                  {actions}
                </footer>
              )}
              <Base.Close
                render={
                  <Button variant="quiet" className="ui-icon-only ui-dialog-close" aria-label="Close" icon={<X />} />
                }
              />
            </PortalHost>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
