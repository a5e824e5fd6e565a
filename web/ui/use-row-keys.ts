import type { RefObject } from 'react'
import { useHotkeys } from './use-hotkeys.ts'

type Options = {
  onOpen?: (index: number) => void
  onPeek?: (index: number) => void
  onSelect?: (index: number, range: boolean) => void
  enabled?: boolean
}

/**
 * Keys for a list: j/k move from anywhere, arrows, Home and End inside the list, Enter opens, Space peeks, x selects,
 * Shift and an arrow select on the way. Rows are the elements with `data-row` inside `list`. Tab still reaches everything.
 */
export function useRowKeys(list: RefObject<HTMLElement | null>, options: Options) {
  const rows = () => Array.from(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])
  const here = () => rows().findIndex((row) => row.contains(document.activeElement))
  const go = (index: number) => {
    const all = rows()
    const row = all[Math.max(0, Math.min(index, all.length - 1))]
    if (!row) return
    if (!row.hasAttribute('tabindex')) row.tabIndex = -1
    row.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'nearest' })
  }
  const step = (by: number, select = false) => {
    go(here() < 0 ? (by > 0 ? 0 : Number.POSITIVE_INFINITY) : here() + by)
    if (select) options.onSelect?.(here(), true)
  }
  const inside = (run: (index: number) => void) => () => (here() < 0 ? false : run(here()))
  const onRow = (run?: (index: number) => void) => (event: KeyboardEvent) => {
    const index = rows().indexOf(event.target as HTMLElement)
    return index < 0 || !run ? false : run(index)
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
}
