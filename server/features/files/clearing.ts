import { asNobody } from '#server/acting.ts'
import { sql } from '#server/db/sql.ts'
import type { Product } from '#server/product.ts'

/** What was not finished within a day goes, and the bytes of what was removed 30 days ago. In: the due work's id. */
export const clearFile = (product: Product, work: string): Promise<void> =>
  asNobody(product, async (tx) => {
    await tx.run(sql`select app.clear_file(${work}::uuid)`)
  })
