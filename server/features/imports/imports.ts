import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { nothing, type Sql, sql } from '#server/db/sql.ts'
import { actOf } from '#server/features/acts/acts.ts'
import { ids, pageOf, readPlace } from '#server/http/cursor.ts'
import { conflict, forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { Import, listImports as listEndpoint } from '#shared/imports.ts'
import { clearSheet } from './failing.ts'
import { whyNoSheet } from './first-look.ts'

type Word = Import['words'][number]
/** What the reading found, and what the person changed about it. */
type Checked = {
  columns: Import['columns']
  unknown: Omit<Word, 'value'>[]
  sheets: Import['sheets']
  counts: Import['counts']
}
export type Said = {
  kind?: Import['kind']
  sheet?: string
  mapping?: (string | null)[]
  values?: { field: string; word: string; value: string; count: number }[]
}
export type Row = Omit<Import, 'columns' | 'words' | 'sheets' | 'counts' | 'result'> & {
  checked: Checked | null
  said: Said | null
  result: Partial<NonNullable<Import['result']>> | null
}

const piece_bytes = 65_536
const columns = sql`i.id, i.kind, i.file_name, i.state, i.total, i.done, i.result, i.created_at, i.version, ${actOf(sql`i.act_id`)} as act`

/** In: an id. Out: the import of whoever asks. Errors: 404 also for somebody else's. */
export async function findImport(tx: Tx, id: string, more: Sql = nothing): Promise<Row> {
  const row = await tx.row<Row>(sql`
    select ${columns}, i.checked, i.mapping as said,
      (select coalesce(json_agg(json_build_object('field', 'custom:' || f.id, 'name', f.name) order by f.place), '[]') from custom_fields f where f.archived_at is null) as fields
    from imports i where i.id = ${id}::uuid ${more}`)
  if (!row) throw notFound()
  return row
}

const noCounts = { new: 0, duplicates: 0, broken: 0, dropped: 0, parked: 0, typos: 0, will_add: 0, will_update: 0 }
const whole = (result: Row['result']): Import['result'] =>
  result && { added: 0, updated: 0, contacts: 0, skipped: 0, parked: 0, problem: null, ...result }

export function presentImport({ checked, said, result, ...row }: Row): Import {
  const told = said?.values ?? []
  return {
    ...row,
    result: whole(result),
    columns: checked?.columns ?? [],
    sheets: checked?.sheets ?? [],
    words: [...told, ...(checked?.unknown ?? []).map((one) => ({ ...one, value: null }))],
    counts: { ...noCounts, ...checked?.counts },
  }
}

export const readImport = async (tx: Tx, id: string): Promise<Import> => presentImport(await findImport(tx, id))

/** Imports of whoever asks, newest first. */
export async function listImports(
  tx: Tx,
  query: Given<typeof listEndpoint>['query'],
): Promise<Answer<typeof listEndpoint>> {
  const { limit = 20 } = query
  const from = readPlace(query.cursor, ids)
  const rows = await tx.rows<Row>(sql`
    select ${columns} from imports i
    where i.member_id = (select app.member()) ${from ? sql`and (i.created_at, i.id) < (${from.at}::timestamptz, ${from.key}::uuid)` : nothing}
    order by i.created_at desc, i.id desc limit ${limit + 1}`)
  const { items, next } = pageOf(rows, limit, (one) => ({ at: one.created_at, key: one.id }))
  return { items: items.map((one) => ({ ...one, result: whole(one.result) })), next }
}

/** Keeps a sheet and asks for it to be read. Nothing is added. */
export async function startImport(tx: Tx, file_name: string, file: Uint8Array): Promise<Import> {
  if ((await tx.entered).team_role === 'read_only')
    throw forbidden('You may look at partners, not import them. Ask an admin.')
  const why = whyNoSheet(file)
  if (why) throw invalid('file', why)
  const id = newId()
  await tx.run(sql`
    insert into imports (org_id, id, file_name, state, member_id, created_at)
    values (app.org(), ${id}::uuid, ${file_name}, 'reading', app.member(), app.now())`)
  for (let at = 0, place = 0; at < file.length; at += piece_bytes, place++)
    await tx.run(sql`
      insert into import_pieces (org_id, import_id, place, bytes)
      values (app.org(), ${id}::uuid, ${place}, ${file.subarray(at, at + piece_bytes)})`)
  await tx.run(sql`select app.enqueue('read_import', ${id}::uuid)`)
  return readImport(tx, id)
}

/** Hands the checked rows to the background; safe to leave the page. */
export async function runImport(tx: Tx, id: string, version: number): Promise<Import> {
  const it = await findImport(tx, id, sql`for update of i`)
  if (it.state !== 'checked') throw conflict('This import has started already.', presentImport(it))
  if (it.version !== version) throw conflict('This import was changed in another window.', presentImport(it))
  const { will_add, will_update } = presentImport(it).counts
  if (will_add + will_update === 0)
    throw invalid('rows', 'There is nothing to add. Choose what to do with the duplicates, or mend a row.')
  await tx.run(
    sql`update imports set state = 'running', total = ${will_add + will_update}, done = 0 where id = ${id}::uuid`,
  )
  await tx.run(sql`select app.enqueue('run_import', ${id}::uuid)`)
  return readImport(tx, id)
}

/** Stops an import that is not done. Whoever works on it finds that out at the next rows and takes back what it had begun. */
export async function cancelImport(tx: Tx, id: string): Promise<Import> {
  const stopped = await tx.run(
    sql`update imports set state = 'cancelled', done = 0 where id = ${id}::uuid and state in ('reading', 'checked', 'running')`,
  )
  if (stopped === 0) {
    const it = await readImport(tx, id)
    throw it.state === 'cancelled'
      ? conflict('This import was cancelled already.', it)
      : conflict('This import is done already. Undo it instead.', it)
  }
  await clearSheet(tx, id)
  return readImport(tx, id)
}
