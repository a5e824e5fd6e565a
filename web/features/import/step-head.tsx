import { type ReactNode, useEffect, useRef } from 'react'
import { useHotkeys } from '../../ui/use-hotkeys.ts'

type Props = { title: string; children: ReactNode; onEnter?: () => void }

/** The heading of a step; it takes the focus when the step opens, and Enter goes on from it. */
export function StepHead({ title, children, onEnter }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  useHotkeys(
    { enter: (event) => (event.target === heading.current && !event.repeat ? onEnter?.() : false) },
    { enabled: Boolean(onEnter) },
  )
  return (
    <div className="import-head">
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p className="ui-muted">{children}</p>
    </div>
  )
}
