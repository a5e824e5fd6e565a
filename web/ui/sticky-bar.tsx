import type { ReactNode } from 'react'
import './sticky-bar.css'

/** A bar that stays at the bottom of the page while something waits to be applied. */
export function StickyBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className="ui-sticky-bar" aria-label={label}>
      {children}
    </section>
  )
}
