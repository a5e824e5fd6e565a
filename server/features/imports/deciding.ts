import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { conflict, invalid } from '#server/http/errors.ts'
import type { Given } from '#shared/endpoint.ts'
import type { checkImport, Import } from '#shared/imports.ts'
import { keepCounts } from './counts.ts'
import { findImport, presentImport, type Row, readImport, type Said } from './imports.ts'

type Body = Given<typeof checkImport>['body']

/** Keeps what a person says about an import. Where the sheet reads differently after it, it is read again in the background. */
export async function decide(tx: Tx, id: string, body: Body): Promise<Import> {
  const it = await findImport(tx, id, sql`for update of i`)
  if (it.state !== 'checked' || !it.checked)
    throw conflict(
      it.state === 'reading' ? 'This sheet is being read. Try again in a moment.' : 'This import has started already.',
      presentImport(it),
    )
  if (it.version !== body.version) throw conflict('This import was changed in another window.', presentImport(it))
  const said = whatIsSaid(it, body)
  if (body.sheet !== undefined)
    await tx.run(sql`update import_rows set edits = null, choice = null, taken = false where import_id = ${id}::uuid`)
  const lines = body.rows ?? []
  if (lines.length > 0) await keepLines(tx, id, lines)
  if (body.group) await keepGroup(tx, id, body.group)
  const again =
    said !== it.said ||
    body.group?.take_suggestion !== undefined ||
    lines.some((row) => row.cells || row.take_suggestion !== undefined)
  if (!again) {
    // Counted also where no number changes: whoever looks at it in another window has to look again.
    await tx.run(sql`
      update imports i set mapping = coalesce(i.mapping, '{}') || jsonb_build_object('decisions', coalesce((i.mapping ->> 'decisions')::int, 0) + 1) where i.id = ${id}::uuid`)
    await keepCounts(tx, id)
    return readImport(tx, id)
  }
  await tx.run(
    sql`update imports set state = 'reading', mapping = ${JSON.stringify(said ?? {})}::jsonb where id = ${id}::uuid`,
  )
  await tx.run(sql`select app.enqueue('read_import', ${id}::uuid)`)
  return readImport(tx, id)
}

function whatIsSaid({ said, checked, kind }: Row, body: Body): Said | null {
  const now: Said = { ...said }
  if (body.kind && body.kind !== kind) {
    now.kind = body.kind
    delete now.mapping
    delete now.values
  }
  if (body.sheet !== undefined) {
    now.sheet = body.sheet
    delete now.mapping
  }
  if (body.mapping) {
    const needed = (now.kind ?? kind) === 'deals' ? 'customer_company' : 'legal_name'
    if (!body.mapping.includes(needed))
      throw invalid(
        'mapping',
        needed === 'legal_name'
          ? 'Choose the column that holds the legal name.'
          : 'Choose the column that holds the customer.',
      )
    now.mapping = body.mapping
  }
  if (body.values) {
    const rest = (now.values ?? []).filter(
      (one) => !body.values?.some((it) => it.field === one.field && it.word === one.word),
    )
    const counted = (field: string, word: string) =>
      [...(checked?.unknown ?? []), ...(said?.values ?? [])].find((one) => one.field === field && one.word === word)
        ?.count ?? 0
    const added = body.values.flatMap(({ field, word, value }) =>
      value === null ? [] : [{ field, word, value, count: counted(field, word) }],
    )
    now.values = [...rest, ...added]
  }
  return body.kind || body.sheet !== undefined || body.mapping || body.values ? now : said
}

async function keepLines(tx: Tx, id: string, rows: NonNullable<Body['rows']>): Promise<void> {
  const lines = rows.map(({ line, decision, take_suggestion, cells }) => ({
    line,
    decision,
    taken: take_suggestion,
    edits: cells && Object.fromEntries(cells.map(({ index, text }) => [index, text])),
  }))
  await tx.run(sql`
    update import_rows r set choice = coalesce(n.decision, r.choice), taken = coalesce(n.taken, r.taken),
      edits = case when n.edits is null then r.edits else coalesce(r.edits, '{}') || n.edits end,
      decision = case when n.decision is null or r.state in ('broken', 'dropped') or (n.decision = 'update' and r.same_id is null)
        then r.decision else n.decision end
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) n(line int, decision text, taken boolean, edits jsonb)
    where r.import_id = ${id}::uuid and r.line = n.line`)
}

async function keepGroup(
  tx: Tx,
  id: string,
  { show, decision, take_suggestion }: NonNullable<Body['group']>,
): Promise<void> {
  await tx.run(sql`
    update import_rows r set
      choice = case when ${decision ?? null}::text is null or (${decision ?? null}::text = 'update' and r.same_id is null) then r.choice else ${decision ?? null}::text end,
      decision = case when ${decision ?? null}::text is null or r.state in ('broken', 'dropped') or (${decision ?? null}::text = 'update' and r.same_id is null)
        then r.decision else ${decision ?? null}::text end,
      taken = coalesce(${take_suggestion ?? null}::boolean, r.taken)
    where r.import_id = ${id}::uuid and ${show === 'typos' ? sql`(r.typo or r.taken)` : sql`r.state = 'duplicate'`}`)
}
