import type { Board, BoardColumn } from '#shared/board.ts'
import type { DealRow } from '#shared/deals.ts'

/** A deal on its way to another stage: shown there at once, until the server has said so. */
export type Move = { deal: DealRow; to: string }
type Sums = BoardColumn['sums']

const added = (sums: Sums, { value_minor, currency }: DealRow, sign: 1 | -1): Sums => {
  if (value_minor === null || currency === null) return sums
  const rest = sums.filter((sum) => sum.currency !== currency)
  const minor = (sums.find((sum) => sum.currency === currency)?.minor ?? 0) + sign * value_minor
  return [...rest, ...(minor > 0 ? [{ currency, minor }] : [])].sort((one, other) => other.minor - one.minor)
}

/** The board once a deal has moved; the same board where it already stands there. */
export function afterMove(board: Board, { deal, to }: Move): Board {
  const there = board.columns.find((column) => column.stage === to)
  if (there?.items.some((item) => item.id === deal.id)) return board
  const at = new Date().toISOString()
  const moved: DealRow = { ...deal, stage: to, stage_since: at, last_activity_at: at, quiet: null, moved_by: null }
  return {
    ...board,
    columns: board.columns.map((column) => {
      if (column.stage === to)
        return {
          ...column,
          deals: column.deals + 1,
          sums: added(column.sums, deal, 1),
          items: [moved, ...column.items],
        }
      if (column.stage !== deal.stage) return column
      return {
        ...column,
        deals: Math.max(0, column.deals - 1),
        sums: added(column.sums, deal, -1),
        items: column.items.filter((item) => item.id !== deal.id),
      }
    }),
  }
}
