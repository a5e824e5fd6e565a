import { type ReactNode, useEffect, useState } from 'react'
import './skeleton.css'

/** Shows nothing for a moment (200 ms), then its children: quick answers never flicker. */
export function Delayed({ wait = 200, children }: { wait?: number; children: ReactNode }) {
  const [due, setDue] = useState(wait === 0)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), wait)
    return () => clearTimeout(timer)
  }, [wait])
  return due ? children : null
}

type Props = { kind?: 'rows' | 'card' | 'text'; count?: number; label?: string; wait?: number }

/** The grey shape of what is coming, after 200 ms. */
export function Skeleton({ kind = 'rows', count = kind === 'card' ? 1 : 6, label = 'Loading', wait }: Props) {
  return (
    <Delayed wait={wait}>
      <div className={`ui-skeleton ui-skeleton-${kind}`} role="status">
        <span className="ui-vh">{label}</span>
        {Array.from({ length: count }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: equal grey bars have no other name
          <span key={index} className="ui-skeleton-bar" />
        ))}
      </div>
    </Delayed>
  )
}
