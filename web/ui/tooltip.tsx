import { Tooltip as Base } from '@base-ui/react/tooltip'
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react'
import { usePortalHost } from './portal-host.ts'
import './tooltip.css'

type Side = 'top' | 'bottom' | 'left' | 'right'
type Props = { content: ReactNode; children: ReactElement; side?: Side; describe?: boolean }

/** A short hint on hover and focus. With `describe` the hint is also read out as the description of the element. */
export function Tooltip({ content, children, side = 'top', describe }: Props) {
  const id = useId()
  const host = usePortalHost()
  const target = describe
    ? cloneElement(children as ReactElement<Record<string, unknown>>, { 'aria-describedby': id })
    : children
  return (
    <Base.Root>
      <Base.Trigger render={target} />
      {describe && (
        <span id={id} className="ui-vh">
          {content}
        </span>
      )}
      <Base.Portal container={host}>
        <Base.Positioner side={side} sideOffset={6} className="ui-layer">
          <Base.Popup className="ui-tooltip" aria-hidden={describe || undefined}>
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
