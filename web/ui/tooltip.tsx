import {
  cloneElement,
  type ReactElement,
  type ReactNode,
  type RefObject,
  type SyntheticEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import { usePortalHost } from './portal-host.ts'
import './tooltip.css'

type Side = 'top' | 'bottom'
type Props = { content: ReactNode; children: ReactElement; side?: Side; describe?: boolean }
type Target = Record<string, unknown>

const WAIT_MS = 500
const LINGER_MS = 120
let closedAt = 0
let shown: RefObject<() => void> | null = null

/**
 * A short hint on hover and keyboard focus; Esc, scrolling and pressing put it away. With `describe` the hint is also
 * read out as the description of the element.
 */
export function Tooltip({ content, children, side = 'top', describe }: Props) {
  const id = useId()
  const [anchor, setAnchor] = useState<Element | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const change = (next: Element | null, wait: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      if (!next) closedAt = Date.now()
      setAnchor(next)
    }, wait)
  }
  const own: Record<string, (event: SyntheticEvent) => void> = {
    onPointerEnter: (event) => {
      if ((event.nativeEvent as PointerEvent).pointerType === 'touch') return
      change(event.currentTarget, Date.now() - closedAt < 400 ? 0 : WAIT_MS)
    },
    onPointerLeave: () => change(null, LINGER_MS),
    onPointerDown: () => change(null, 0),
    onFocus: (event) => event.currentTarget.matches(':focus-visible') && change(event.currentTarget, 0),
    onBlur: () => change(null, 0),
  }
  const given = children.props as Target
  const both = Object.entries(own).map(([name, handle]) => [
    name,
    (event: SyntheticEvent) => {
      const before = given[name]
      if (typeof before === 'function') before(event)
      handle(event)
    },
  ])
  const described = describe ? { 'aria-describedby': [given['aria-describedby'], id].filter(Boolean).join(' ') } : {}
  return (
    <>
      {cloneElement(children as ReactElement<Target>, { ...Object.fromEntries(both), ...described })}
      {describe && (
        <span id={id} className="ui-vh">
          {content}
        </span>
      )}
      {anchor && (
        <Bubble
          anchor={anchor}
          side={side}
          hidden={describe}
          keep={() => change(anchor, 0)}
          close={() => change(null, 0)}
        >
          {content}
        </Bubble>
      )}
    </>
  )
}

type BubbleProps = {
  anchor: Element
  side: Side
  hidden?: boolean
  keep: () => void
  close: () => void
  children: ReactNode
}

function Bubble({ anchor, side, hidden, keep, close, children }: BubbleProps) {
  const host = usePortalHost()
  const bubble = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState({ top: 0, left: 0 })
  const shut = useRef(close)
  useEffect(() => {
    if (shown && shown !== shut) shown.current()
    shown = shut
    bubble.current?.showPopover?.()
    const box = bubble.current?.getBoundingClientRect()
    if (box) setPlace(placeBeside(anchor.getBoundingClientRect(), box, side))
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && shut.current()
    const onScroll = () => shut.current()
    document.addEventListener('keydown', onKey, true)
    document.addEventListener('scroll', onScroll, { capture: true, passive: true })
    return () => {
      if (shown === shut) shown = null
      document.removeEventListener('keydown', onKey, true)
      document.removeEventListener('scroll', onScroll, true)
    }
  }, [anchor, side])
  return createPortal(
    <div
      ref={bubble}
      popover="manual"
      role="tooltip"
      className="ui-tooltip ui-bubble"
      aria-hidden={hidden || undefined}
      style={place}
      onPointerEnter={keep}
      onPointerLeave={close}
    >
      {children}
    </div>,
    host.current ?? document.body,
  )
}

/** Centred above (or below) the anchor, on the other side where there is no room, never off the screen. */
export function placeBeside(anchor: DOMRect, box: DOMRect, side: Side) {
  const above = anchor.top - box.height - 6
  const below = anchor.bottom + 6
  const fitsAbove = above >= 4
  const fitsBelow = below + box.height <= window.innerHeight - 4
  const top = (side === 'top' && fitsAbove) || !fitsBelow ? above : below
  const left = anchor.left + (anchor.width - box.width) / 2
  return { top, left: Math.max(4, Math.min(left, document.documentElement.clientWidth - box.width - 4)) }
}
