import { type Tx, withActor } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { beginAct } from '#server/features/acts/acts.ts'
import type { Product } from '#server/product.ts'
import type { Import } from '#shared/imports.ts'
import { addDeals } from './adding-deals.ts'
import { addPartners, rememberApart } from './adding-partners.ts'
import { fail, Left, passing } from './failing.ts'
import type { Result, Step } from './step.ts'
import { updatePartners } from './updating-partners.ts'

type Sign = (done: number) => Promise<boolean>

const rows_at_once = 1000
const hours_to_undo = 72
// Each time leaves a version of the import behind that every added row walks past until all are there.
const told_every_ms = 1000

/**
 * Adds the rows of an import, all or none, as the member who asked for it and with the rights they have now.
 * In: the due work's id, and whether this is the last try. Errors: those that pass by themselves; any other is written on the import, in words.
 */
export async function carryOutImport(product: Product, work: string, last: boolean): Promise<void> {
  const to = (system: Product['database']['system']) => ({ ...product.database, system })
  const as = <Result>(act: (tx: Tx) => Promise<Result>, pool = product.database.work) =>
    withActor(to(pool), { as: 'work', work }, act, { clock: product.clock })
  // Seen by others while the rows are not: a transaction of its own, on a connection of its own.
  const sign: Sign = async (done) =>
    (await as(
      (tx) =>
        tx.run(sql`update imports set done = ${done} where id = app.import_of(${work}::uuid) and state = 'running'`),
      product.database.system,
    )) > 0
  try {
    await as((tx) => carryOut(tx, work, sign))
  } catch (error) {
    if (error instanceof Left) return
    if (passing(error) && !last) throw error
    product.say(`An import failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
    await as(async (tx) => {
      const it = await tx.row<{ id: string }>(sql`select app.import_of(${work}::uuid) as id`)
      if (it) await fail(tx, it.id, 'Something in this file could not be saved. Nothing was added.')
    })
  }
}

async function carryOut(tx: Tx, work: string, sign: Sign): Promise<void> {
  const it = await tx.row<{
    id: string
    kind: Import['kind']
    file_name: string
    adds: number
    updates: number
    all: number
    held: boolean
  }>(sql`
    select i.id, i.kind, i.file_name, (i.checked #>> '{counts,will_add}')::int as adds, (i.checked #>> '{counts,will_update}')::int as updates,
      (select count(*)::int from import_rows r where r.import_id = i.id) as all, pg_try_advisory_xact_lock(app.import_lock(i.id)) as held
    from imports i where i.id = app.import_of(${work}::uuid) and i.state = 'running'`)
  if (!it?.held) throw new Left()
  const many = (n: number, noun: string) => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`
  const says =
    it.kind === 'deals'
      ? many(it.adds, 'deal')
      : [it.adds > 0 && many(it.adds, 'partner'), it.updates > 0 && `${many(it.updates, 'update')}`]
          .filter(Boolean)
          .join(', ')
  const act = await beginAct(tx, 'import', `Import of ${it.file_name}: ${says || 'nothing'}`, hours_to_undo)
  const result: Result = { added: 0, updated: 0, contacts: 0, skipped: 0, parked: 0, problem: null }
  let done = 0
  let told = Number.NEGATIVE_INFINITY
  const steps: [decision: 'update' | 'import', step: Step][] =
    it.kind === 'deals'
      ? [['import', addDeals(tx)]]
      : [
          ['update', updatePartners(tx)],
          ['import', addPartners(tx)],
        ]
  for (const [decision, step] of steps) {
    // What a person's own change would be asked about, an update is asked about too; what is added is not news.
    if (decision === 'import') await tx.run(sql`select app.import_quietly(${it.id}::uuid)`)
    for (let from = 0; ; ) {
      const next = await tx.row<{ to: number | null; rows: number }>(sql`
        select max(line) as to, count(*)::int as rows from (
          select r.line from import_rows r
          where r.import_id = ${it.id}::uuid and r.decision = ${decision} and r.line > ${from}
          order by r.line limit ${rows_at_once}) next_rows`)
      if (!next?.to) break
      for (const [name, n] of Object.entries(await step(it.id, from, next.to))) result[name as 'added'] += n as number
      from = next.to
      done += next.rows
      if (performance.now() - told < told_every_ms) continue
      if (!(await sign(done))) throw new Left()
      told = performance.now()
    }
  }
  if (it.kind === 'partners') await rememberApart(tx, it.id)
  result.skipped = it.all - done
  await tx.run(sql`delete from import_rows r where r.import_id = ${it.id}::uuid and r.state <> 'broken'`)
  await tx.run(sql`delete from import_pieces r where r.import_id = ${it.id}::uuid`)
  const finished = await tx.run(sql`
    update imports set state = 'done', done = ${done}, act_id = ${act}::uuid, result = ${JSON.stringify(result)}::jsonb
    where id = ${it.id}::uuid and state = 'running'`)
  if (finished === 0) throw new Left()
}
