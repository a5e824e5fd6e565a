import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Link } from './link.tsx'
import './states.css'

type EmptyProps = { children: ReactNode; action?: ReactNode; link?: { href: string; label: string } }

/** Nothing here yet: one sentence, one button, one link. */
export function EmptyState({ children, action, link }: EmptyProps) {
  return (
    <div className="ui-empty">
      <div>{children}</div>
      {action}
      {link && (
        <p className="ui-cell">
          <Link href={link.href}>{link.label}</Link>
        </p>
      )}
    </div>
  )
}

type ErrorProps = { title: string; safe?: string; onRetry?: () => void; children?: ReactNode }

/** What failed, what is safe, Try again. */
export function ErrorState({ title, safe = 'Nothing was lost.', onRetry, children }: ErrorProps) {
  return (
    <div className="ui-empty" role="alert">
      <div>
        <b>{title}</b> {safe}
      </div>
      {children}
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  )
}
