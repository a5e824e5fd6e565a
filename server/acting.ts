import { type Tx, withActor } from './db/actor.ts'
import type { Product } from './product.ts'

/**
 * Acts for a caller who is nobody yet: signing in, tokens, due work. Such a transaction reaches no table, only the functions made for it.
 * In: the product, what to do. Out: what `act` returns. Errors: those of the database and of `act`.
 */
export const asNobody = <Result>(product: Product, act: (tx: Tx) => Promise<Result>): Promise<Result> =>
  withActor(product.database, { as: 'system' }, act, { clock: product.clock })
