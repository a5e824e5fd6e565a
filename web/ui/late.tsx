import {
  type ComponentProps,
  type ComponentType,
  type KeyboardEvent,
  type SyntheticEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useState,
} from 'react'

type Button = ComponentProps<'button'>
type Ref = (button: HTMLButtonElement | null) => unknown

/** What ties a button to the part that comes after it. */
export type Link = { button: HTMLButtonElement | null; press: Event | null; take: (attributes: Button) => void }
export type Late<P> = { Part: ComponentType<P> | null; fetch: () => void; link: Link }

/**
 * A part of the page fetched when `fetch` is first called; `Part` is null until then. A fetch that fails after a press
 * is thrown to the page, one nobody waits for is tried again.
 */
export function useLate<P>(load: () => Promise<ComponentType<P>>): Late<P> {
  const [Part, setPart] = useState<ComponentType<P> | null>(null)
  const [link] = useState<Link>(() => ({ button: null, press: null, take: () => {} }))
  const fetch = useCallback(() => {
    load().then(
      (part) => setPart(() => part),
      (problem) => {
        if (!link.press) return
        setPart(() => {
          throw problem
        })
      },
    )
  }, [load, link])
  return { Part, fetch, link }
}

type Props<P> = Button & { late: Late<P> }

/**
 * A button that is there at once and opens a part still to come. It fetches the part when the pointer or the focus
 * comes near, holds the first press, and lets the part hear it once it is in. From then on the part's own attributes
 * (see HandOver) rule the button, which stays the same element.
 */
export function LateButton<P>({ late, children, ...own }: Props<P>) {
  const { link, fetch } = late
  const [given, take] = useState<Button | null>(null)
  const taken = given !== null
  useLayoutEffect(() => {
    link.take = take
  }, [link])
  useEffect(() => {
    if (taken) catchUp(link)
  }, [link, taken])
  const hold = (event: SyntheticEvent, press: Event) => {
    event.preventDefault()
    event.stopPropagation()
    link.press = press
    fetch()
  }
  const waiting: Button = {
    type: 'button',
    role: 'combobox',
    'aria-expanded': false,
    onPointerOver: fetch,
    onFocus: fetch,
    onBlur: () => {
      link.press = null
    },
    onClick: (event) => hold(event, new PointerEvent('click', event.nativeEvent as PointerEvent)),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      hold(event, new KeyboardEvent('keydown', event.nativeEvent))
    },
  }
  return (
    <button
      {...(given ?? { ...waiting, ...own })}
      ref={useCallback(
        (button: HTMLButtonElement | null) => {
          link.button = button
        },
        [link],
      )}
    >
      {children}
    </button>
  )
}

const steps = [
  ['pointerdown', PointerEvent],
  ['mousedown', MouseEvent],
  ['pointerup', PointerEvent],
  ['mouseup', MouseEvent],
] as const

// What happened to the button before the part could listen.
function catchUp(link: Link) {
  const { button, press } = link
  if (!button) return
  if (document.activeElement === button) button.dispatchEvent(new FocusEvent('focusin', { bubbles: true }))
  link.press = null
  if (!press) return
  // A finger or a mouse is told by what comes before its click; keys and labels click without.
  if (press instanceof PointerEvent && press.detail > 0)
    for (const [before, Kind] of steps) button.dispatchEvent(new Kind(before, press))
  button.dispatchEvent(press)
}

/** Stands in the part where its button would be, and gives the button's attributes to the LateButton. */
export function HandOver({ link, given: { ref, ...attributes } }: { link: Link; given: Button }) {
  useLayoutEffect(() => {
    const attach = ref as Ref
    const detach = attach(link.button)
    return () => void (typeof detach === 'function' ? detach() : attach(null))
  }, [link, ref])
  useLayoutEffect(() => link.take(attributes))
  return null
}
