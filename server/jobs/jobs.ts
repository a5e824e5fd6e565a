import { Logger, type Runner, run, runOnce, type TaskList } from 'graphile-worker'
import { asNobody } from '#server/acting.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { clearFile } from '#server/features/files/clearing.ts'
import { carryOutImport } from '#server/features/imports/carry-out.ts'
import { readImportedSheet } from '#server/features/imports/reading-job.ts'
import { tellPerson } from '#server/features/notices/telling.ts'
import { deliverMail } from '#server/features/outbox/deliver.ts'
import type { Product } from '#server/product.ts'

const tick_ms = 1000
const minute_ms = 60_000
const day_ms = 24 * 3600 * 1000
const quiet = new Logger(() => () => {})

// The names that the database's app.move_due hands over, and what is done then.
function tasks(product: Product): TaskList {
  return {
    send_mail: (payload, { job }) =>
      deliverMail(product, (payload as { id: string }).id, job.attempts >= job.max_attempts),
    tell_member: (payload) => tellPerson(product, (payload as { id: string }).id),
    tell_contact: (payload) => tellPerson(product, (payload as { id: string }).id),
    clear_file: (payload) => clearFile(product, (payload as { id: string }).id),
    read_import: (payload, { job }) =>
      readImportedSheet(product, (payload as { id: string }).id, job.attempts >= job.max_attempts),
    run_import: (payload, { job }) =>
      carryOutImport(product, (payload as { id: string }).id, job.attempts >= job.max_attempts),
  }
}

/** Hands due rows, by the product's clock, to the worker. Out: how many. */
const moveDue = (product: Product): Promise<number> =>
  asNobody(product, async (tx) => (await tx.row<{ moved: number }>(sql`select app.move_due() as moved`))?.moved ?? 0)

// What is done once a day, and what is said when it is not.
const daily: [what: Sql, otherwise: string][] = [
  [sql`select app.make_partitions()`, 'The logs have no new months'],
  [sql`select app.count_won_stages()`, 'How soon deals are won is still as it was counted before'],
  [sql`select app.tell_quiet()`, 'Owners are not told yet what became quiet'],
  [sql`select app.forget_sheets()`, 'Old sheets are still kept'],
  [sql`select app.forget_acts()`, 'What can no longer be undone is still kept'],
  [sql`select app.forget_links()`, 'Links of mails that are over are still kept'],
  [sql`select app.forget_keys()`, 'Old keys of requests are still kept'],
]

/** Does what is done once a day. Errors: none; what fails is said, and the rest is done. */
export async function doDaily(product: Product): Promise<void> {
  for (const [what, otherwise] of daily)
    await asNobody(product, (tx) => tx.run(what)).catch((error: Error) => product.say(`${otherwise}: ${error.message}`))
}

/** Imports whose worker ended in the middle are due again. In: for how many seconds nobody has to have worked on them. */
const wakeImports = (product: Product, seconds: number): Promise<number> =>
  asNobody(product, (tx) => tx.run(sql`select app.wake_imports(make_interval(secs => ${seconds}::int))`))

/** What days bring by themselves: pauses that end, protections that will. */
const followDays = (product: Product): Promise<number> =>
  asNobody(product, (tx) => tx.run(sql`select app.end_pauses(), app.remind_protection()`))

/** Mails, and plans of mails, whose worker ended in the middle are due again. */
const wakeMail = (product: Product): Promise<number> => asNobody(product, (tx) => tx.run(sql`select app.wake_mail()`))

/** Hears of work that is due at once, so that nobody waits for the tick. Without it, the tick comes soon enough. */
async function hearDue(product: Product, due: () => void): Promise<() => void> {
  const ear = await product.database.worker.connect()
  ear.on('notification', due)
  await ear.query('listen partnered_due').catch(() => {})
  return () => ear.release(true)
}

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
  let today = 0
  let woken = 0
  let due = () => {}
  const deaf = await hearDue(product, () => due())
  const loop = (async () => {
    while (!stopped) {
      const rest = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, tick_ms)
        due = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      if (Date.now() - today > day_ms) {
        today = Date.now()
        await doDaily(product)
      }
      if (Date.now() - woken > minute_ms) {
        await wakeImports(product, woken === 0 ? 0 : 120).catch((error: Error) =>
          product.say(`Imports that stopped still wait: ${error.message}`),
        )
        woken = Date.now()
        await wakeMail(product).catch((error: Error) => product.say(`Mail that stopped still waits: ${error.message}`))
        await followDays(product).catch((error: Error) => product.say(`Pauses are not ended: ${error.message}`))
      }
      await moveDue(product).catch((error: Error) => product.say(`Due work waits: ${error.message}`))
      await rest
    }
  })()
  return {
    async stop() {
      stopped = true
      due()
      await loop
      deaf()
      await runner.stop()
    },
  }
}

/** Does everything that is due and returns: for tests and for one-off commands. `again`: also what waits for another try. Errors: none of the jobs'; they stay queued. */
export async function settleJobs(product: Product, { again = false }: { again?: boolean } = {}): Promise<void> {
  await followDays(product)
  for (let rounds = again ? 1 : 0; (await moveDue(product)) > 0 || rounds > 0; rounds--) {
    await runOnce({ pgPool: product.database.worker, taskList: tasks(product), noHandleSignals: true, logger: quiet })
  }
}
