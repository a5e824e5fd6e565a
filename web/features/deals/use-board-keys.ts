import type { RefObject } from 'react'
import { useHotkeys } from '../../ui/use-hotkeys.ts'

const middle = (element: Element) => {
  const { top, bottom } = element.getBoundingClientRect()
  return (top + bottom) / 2
}

/** Arrows go from card to card, sideways to the one that stands beside it; `m` opens the card's Move to menu. */
export function useBoardKeys(board: RefObject<HTMLElement | null>): void {
  const columns = () =>
    Array.from(board.current?.querySelectorAll('section') ?? [], (section) =>
      Array.from(section.querySelectorAll<HTMLElement>('[data-card]')).filter((card) => card.offsetParent),
    ).filter((cards) => cards.length > 0)
  const here = () => {
    const all = columns()
    const column = all.findIndex((cards) => cards.some((card) => card.contains(document.activeElement)))
    const row = all[column]?.findIndex((card) => card.contains(document.activeElement)) ?? -1
    return { all, column, row, card: all[column]?.[row] }
  }
  const focus = (card: HTMLElement | undefined) => card?.querySelector<HTMLElement>('a')?.focus()
  const along = (by: 1 | -1) => () => {
    const { all, column, row } = here()
    // From nowhere the first arrow goes to the first card.
    if (column < 0) return all[0]?.[0] && document.activeElement === document.body ? focus(all[0][0]) : false
    focus(all[column]?.[row + by])
  }
  const across = (by: 1 | -1) => () => {
    const { all, column, card } = here()
    if (!card) return false
    const beside = all[column + by] ?? []
    const at = middle(card)
    focus(beside.toSorted((one, other) => Math.abs(middle(one) - at) - Math.abs(middle(other) - at))[0])
  }
  useHotkeys({
    arrowdown: along(1),
    arrowup: along(-1),
    arrowright: across(1),
    arrowleft: across(-1),
    m: () => {
      const menu = here().card?.querySelector<HTMLElement>('[data-move]')
      if (!menu) return false
      menu.click()
    },
  })
}
