import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { getBoard } from '#shared/board.ts'
import type { DealRow } from '#shared/deals.ts'
import type { call } from '../../api.ts'
import { ask } from '../../query.ts'
import { afterMove, type Move } from './board-moves.ts'
import { useChangeDeal } from './changing.ts'

export type BoardFilter = NonNullable<Parameters<typeof call<typeof getBoard>>[1]['query']>

/** The board as the server has it. */
export const boardQuery = (filter: BoardFilter) => ({
  ...ask(getBoard, { query: filter }),
  placeholderData: keepPreviousData,
})

/** The board with every move that is under way. A card moves at once, and comes back, with the reason, when it is refused. */
export function useBoard(filter: BoardFilter) {
  const queries = useQueryClient()
  const query = useQuery(boardQuery(filter))
  const [moves, setMoves] = useState<Record<string, Move>>({})
  const { moveTo } = useChangeDeal()
  const board = useMemo(() => query.data && Object.values(moves).reduce(afterMove, query.data), [query.data, moves])
  const move = useCallback(
    async (deal: DealRow, to: string) => {
      if (deal.stage === to) return
      setMoves((all) => ({ ...all, [deal.id]: { deal, to } }))
      // What was asked before the move must not put the card back for a moment.
      await queries.cancelQueries({ queryKey: [getBoard.id] })
      const known = queries.getQueryData(boardQuery(filter).queryKey)
      const there = known?.columns.find((column) => column.stage === to)
      await moveTo(deal, to, there ? `, 1 of ${there.deals + 1}` : '')
      await queries.invalidateQueries({ queryKey: [getBoard.id] })
      setMoves(({ [deal.id]: _, ...rest }) => rest)
    },
    [queries, moveTo, filter],
  )
  return { query, board, move }
}
