import { type RefObject, useRef } from 'react'
import { useHotkeys } from './use-hotkeys.ts'

type Options = {
  onOpen?: (index: number) => void
  onPeek?: (index: number) => void
  onSelect?: (index: number, range: boolean) => void
  enabled?: boolean
  /** Where only rows in view are drawn: how many there are, and what draws a row before it takes the focus. */
  drawn?: { count: number; reveal: (index: number) => void }
}

/**
 * Keys for a list: j/k move from anywhere, arrows, Home and End inside the list, Enter opens, Space peeks, x selects,
 * Shift and an arrow select on the way. Rows are the elements with `data-row` inside `list`; where only some are drawn,
 * its value is the row's place. Tab still reaches everything. Out: the place of the row that has the focus, and `go`.
 */
export function useRowKeys(list: RefObject<HTMLElement | null>, options: Options) {
  const { drawn } = options
  const last = useRef(-1)
  const rows = () => Array.from(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])
  const placeOf = (row: HTMLElement) => (drawn ? Number(row.dataset.row) : rows().indexOf(row))
  const here = () => {
    const row = rows().find((one) => one.contains(document.activeElement))
    return row ? placeOf(row) : -1
  }
  const go = (index: number) => {
    const place = Math.max(0, Math.min(index, (drawn?.count ?? rows().length) - 1))
    drawn?.reveal(place)
    const row = drawn ? rows().find((one) => placeOf(one) === place) : rows()[place]
    if (!row) return
    if (!row.hasAttribute('tabindex')) row.tabIndex = -1
    row.focus({ preventScroll: true })
    if (!drawn) row.scrollIntoView({ block: 'nearest' })
    last.current = place
  }
  const step = (by: number, select = false) => {
    const from = here()
    // A row that had the focus may have left the view with it.
    const lost = drawn !== undefined && last.current >= 0 && document.activeElement === document.body
    const at = from < 0 && lost ? last.current : from
    if (select && at >= 0) options.onSelect?.(at, true)
    go(at < 0 ? (by > 0 ? 0 : Number.POSITIVE_INFINITY) : at + by)
    if (select) options.onSelect?.(here(), true)
  }
  const inside = (run: (index: number) => void) => () => (here() < 0 ? false : run(here()))
  const onRow = (run?: (index: number) => void) => (event: KeyboardEvent) => {
    const row = rows().find((one) => one === event.target)
    return !row || !run ? false : run(placeOf(row))
  }
  useHotkeys(
    {
      j: () => step(1),
      k: () => step(-1),
      arrowdown: inside(() => step(1)),
      arrowup: inside(() => step(-1)),
      'shift+arrowdown': inside(() => step(1, true)),
      'shift+arrowup': inside(() => step(-1, true)),
      home: inside(() => go(0)),
      end: inside(() => go(Number.POSITIVE_INFINITY)),
      enter: onRow(options.onOpen),
      space: onRow(options.onPeek),
      x: inside((index) => options.onSelect?.(index, false)),
    },
    { enabled: options.enabled },
  )
  return { here, go }
}
