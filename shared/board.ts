import * as z from 'zod/mini'
import { DealRow, DealsChosen } from './deals.ts'
import { endpoint } from './endpoint.ts'

/** How many cards of a column come with the board; more are asked for column by column. */
export const first_cards = 24
/** Won and lost deals stay on the board this long. */
export const closed_days = 30

/** What deals add up to, a line a currency: they are never added together. */
const Sums = z.array(z.object({ currency: z.string(), minor: z.number() }))
const Pile = z.object({ deals: z.int(), sums: Sums, items: z.array(DealRow) })
export const BoardColumn = z.object({
  ...Pile.shape,
  stage: z.string(),
  name: z.string(),
  archived: z.boolean(),
  /** The cursor with which `list_deals` goes on in this stage. */
  next: z.nullable(z.string()),
})
export type BoardColumn = z.output<typeof BoardColumn>
export const Board = z.object({
  columns: z.array(BoardColumn),
  closed: z.object({ won: Pile, lost: Pile }),
})
export type Board = z.output<typeof Board>

const { open: _, sent: __, ...chosen } = DealsChosen
export const getBoard = endpoint({
  id: 'get_board',
  method: 'GET',
  path: '/api/v1/board',
  caller: 'team',
  says: 'Open deals by stage: how many, what they add up to by currency, and the first of each; and what was closed in the last 30 days.',
  query: z.strictObject(chosen),
  output: Board,
})
export const boardEndpoints = [getBoard]
