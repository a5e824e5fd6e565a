import type { RefObject } from 'react'
import { useHotkeys } from '../../ui/use-hotkeys.ts'

/** Arrows go from card to card, also sideways; `m` opens the card's Move to menu. */
export function useBoardKeys(board: RefObject<HTMLElement | null>): void {
  const columns = () =>
    Array.from(board.current?.querySelectorAll('section') ?? [], (section) =>
      Array.from(section.querySelectorAll<HTMLElement>('[data-card]')),
    ).filter((cards) => cards.length > 0)
  const here = () => {
    const all = columns()
    const column = all.findIndex((cards) => cards.some((card) => card.contains(document.activeElement)))
    const row = all[column]?.findIndex((card) => card.contains(document.activeElement)) ?? -1
    return { all, column, row }
  }
  const go = (down: number, right: number) => () => {
    const { all, column, row } = here()
    if (column < 0) return false
    const cards = all[Math.max(0, Math.min(column + right, all.length - 1))] ?? []
    const card = cards[Math.max(0, Math.min(row + down, cards.length - 1))]
    card?.querySelector<HTMLElement>('a')?.focus()
  }
  useHotkeys({
    arrowdown: go(1, 0),
    arrowup: go(-1, 0),
    arrowright: go(0, 1),
    arrowleft: go(0, -1),
    m: () => {
      const { all, column, row } = here()
      const menu = all[column]?.[row]?.querySelector<HTMLElement>('[data-move]')
      if (!menu) return false
      menu.click()
    },
  })
}
