import { Logger, type Runner, run, runOnce, type TaskList } from 'graphile-worker'
import { asNobody } from '#server/acting.ts'
import { sql } from '#server/db/sql.ts'
import { carryOutImport } from '#server/features/imports/carry-out.ts'
import { deliverMail } from '#server/features/outbox/deliver.ts'
import type { Product } from '#server/product.ts'

const tick_ms = 1000
const day_ms = 24 * 3600 * 1000
const quiet = new Logger(() => () => {})

// The names that the database's app.move_due hands over, and what is done then.
function tasks(product: Product): TaskList {
  return {
    send_mail: (payload, { job }) =>
      deliverMail(product, (payload as { id: string }).id, job.attempts >= job.max_attempts),
    run_import: (payload) => carryOutImport(product, (payload as { id: string }).id),
  }
}

/** Hands due rows, by the product's clock, to the worker. Out: how many. */
const moveDue = (product: Product): Promise<number> =>
  asNobody(product, async (tx) => (await tx.row<{ moved: number }>(sql`select app.move_due() as moved`))?.moved ?? 0)

/** The months of the logs are made ahead. */
const makePartitions = (product: Product): Promise<number> =>
  asNobody(product, (tx) => tx.run(sql`select app.make_partitions()`))

/** Starts the worker and its tick. In: the product. Out: `stop`, which waits for what is under way. */
export async function startJobs(product: Product): Promise<{ stop(): Promise<void> }> {
  const runner: Runner = await run({
    pgPool: product.database.worker,
    taskList: tasks(product),
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: 2000,
    logger: quiet,
  })
  let stopped = false
  let partitioned = 0
  const loop = (async () => {
    while (!stopped) {
      if (Date.now() - partitioned > day_ms) {
        partitioned = Date.now()
        await makePartitions(product).catch((error: Error) =>
          product.say(`The logs have no new months: ${error.message}`),
        )
      }
      await moveDue(product).catch((error: Error) => product.say(`Due work waits: ${error.message}`))
      await new Promise((resolve) => setTimeout(resolve, tick_ms))
    }
  })()
  return {
    async stop() {
      stopped = true
      await loop
      await runner.stop()
    },
  }
}

/** Does everything that is due and returns: for tests and for one-off commands. `again`: also what waits for another try. Errors: none of the jobs'; they stay queued. */
export async function settleJobs(product: Product, { again = false }: { again?: boolean } = {}): Promise<void> {
  for (let rounds = again ? 1 : 0; (await moveDue(product)) > 0 || rounds > 0; rounds--) {
    await runOnce({ pgPool: product.database.worker, taskList: tasks(product), noHandleSignals: true, logger: quiet })
  }
}
