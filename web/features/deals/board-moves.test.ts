import { expect, test } from 'vitest'
import type { Board, BoardColumn } from '#shared/board.ts'
import type { DealRow } from '#shared/deals.ts'
import { afterMove } from './board-moves.ts'

const deal = (id: string, stage: string, value_minor: number | null, currency: string | null) =>
  ({ id, stage, value_minor, currency, quiet: { days: 20, limit: 14, won_within: null } }) as DealRow
const column = (stage: string, items: DealRow[], sums: BoardColumn['sums']): BoardColumn => ({
  stage,
  name: stage,
  archived: false,
  deals: items.length,
  sums,
  items,
  next: null,
})
const [one, two, three] = [deal('1', 'New', 500, 'EUR'), deal('2', 'New', 300, 'USD'), deal('3', 'Working', null, null)]
const board: Board = {
  columns: [
    column(
      'New',
      [one, two],
      [
        { currency: 'EUR', minor: 500 },
        { currency: 'USD', minor: 300 },
      ],
    ),
    column('Working', [three], []),
  ],
  closed: { won: { deals: 0, sums: [], items: [] }, lost: { deals: 0, sums: [], items: [] } },
}
const seen = ({ columns }: Board) => columns.map(({ deals, sums, items }) => [deals, sums, items.map(({ id }) => id)])

test('a moved deal stands on top of its new column, counted and added up there and no longer where it was', () => {
  const after = afterMove(board, { deal: one, to: 'Working' })
  expect(seen(after)).toEqual([
    [1, [{ currency: 'USD', minor: 300 }], ['2']],
    [2, [{ currency: 'EUR', minor: 500 }], ['1', '3']],
  ])
  expect(after.columns[1]?.items[0]).toMatchObject({ stage: 'Working', quiet: null })
})

test('what the server has already moved is not counted twice', () => {
  const after = afterMove(board, { deal: one, to: 'Working' })
  expect(afterMove(after, { deal: one, to: 'Working' })).toBe(after)
})

test('to a stage that is not on the board it only leaves', () => {
  expect(seen(afterMove(board, { deal: three, to: 'legal' }))[1]).toEqual([0, [], []])
})
