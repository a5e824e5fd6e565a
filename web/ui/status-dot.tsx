import { Clock } from 'lucide-react'
import type { ReactNode } from 'react'
import './status-dot.css'

const WORDS = { active: 'Active', onboarding: 'Onboarding', dormant: 'Dormant', archived: 'Archived' }

/** A status as shape and word, so it never rests on colour alone. */
export function StatusDot({ status, children }: { status: keyof typeof WORDS; children?: ReactNode }) {
  return <span className={`ui-status ui-status-${status}`}>{children ?? WORDS[status]}</span>
}

/** Something has been still for too long: a clock and the words. */
export function Quiet({ children }: { children: ReactNode }) {
  return (
    <span className="ui-quiet-mark">
      <Clock />
      {children}
    </span>
  )
}
