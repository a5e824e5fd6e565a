import { setTimeout as wait } from 'node:timers/promises'
import { type Tx, withActor } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import type { Product } from '#server/product.ts'
import { readApart, type Sheet } from './apart.ts'
import { keepCounts } from './counts.ts'
import { fail, Left, passing } from './failing.ts'
import type { Input } from './opening.ts'

type Wanted = { id: string; version: number; input: Input }

/**
 * Reads the sheet of an import and keeps its rows, as the member who brought it. Nothing is added.
 * In: the due work's id, and whether this is the last try. Errors: those that pass by themselves, so that it is tried again; any other is written on the import.
 */
export async function readImportedSheet(product: Product, work: string, last: boolean): Promise<void> {
  const behind = { ...product.database, system: product.database.work }
  const as = <Result>(act: (tx: Tx) => Promise<Result>) =>
    withActor(behind, { as: 'work', work }, act, { clock: product.clock })
  try {
    let wanted = await as((tx) => takeSheet(tx, work))
    if (!wanted) return
    let read = await readApart(wanted.input)
    // Only now it is known that it lists deals: what is there of people and deals is handed over with it.
    if (!wanted.input.kind && read.sheet.kind === 'deals') {
      read.end()
      wanted = await as((tx) => takeSheet(tx, work, 'deals'))
      if (!wanted) return
      read = await readApart(wanted.input)
    }
    const { id, version } = wanted
    const { sheet, rows, end } = read
    try {
      if (sheet.refused) return await as((tx) => fail(tx, id, sheet.refused ?? ''))
      await as((tx) => keepRows(tx, { id, version }, sheet, rows))
    } finally {
      end()
    }
  } catch (error) {
    if (error instanceof Left) return
    if (passing(error) && !last) throw error
    product.say(`A sheet could not be read: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
    await as(async (tx) => {
      const it = await tx.row<{ id: string }>(sql`select app.import_of(${work}::uuid) as id`)
      if (it) await fail(tx, it.id, 'This file could not be read. Save it as CSV again and retry.')
    })
  }
}

/** Does it, and rests half as long again: whoever works in the product meanwhile hardly notices. */
async function gently<Result>(act: () => Promise<Result>): Promise<Result> {
  const from = performance.now()
  const result = await act()
  await wait(1.5 * (performance.now() - from))
  return result
}

/** Everything a sheet is read with; texts stay texts. */
async function takeSheet(tx: Tx, work: string, found: Input['kind'] = null): Promise<Wanted | null> {
  const it = await tx.row<{ id: string; version: number; kind: Input['kind']; size: number; changes: string }>(sql`
    select i.id, i.version, coalesce(i.mapping ->> 'kind', case when i.checked is not null then i.kind end) as kind, (select coalesce(sum(length(p.bytes)), 0)::int from import_pieces p where p.import_id = i.id) as size,
      (coalesce(i.mapping, '{}') || jsonb_build_object(
        'taken', (select coalesce(jsonb_agg(r.line), '[]') from import_rows r where r.import_id = i.id and r.taken),
        'edits', (select coalesce(jsonb_agg(jsonb_build_object('line', r.line, 'index', e.key::int, 'text', e.value)), '[]')
          from import_rows r, jsonb_each_text(r.edits) e where r.import_id = i.id and r.edits is not null)))::text as changes
    from imports i where i.id = app.import_of(${work}::uuid) and i.state = 'reading'`)
  if (!it) return null
  const kind = it.kind ?? found
  // As json, not jsonb: lists in lists are put together thirty times as fast.
  const around = await tx.row<{ it: string }>(sql`
    select json_build_object(
      'currency', (select o.currency from organizations o),
      'members', (select coalesce(json_agg(json_build_object('id', m.id, 'name', m.name, 'email', m.email)), '[]') from members m where m.deactivated_at is null),
      'types', (select coalesce(json_agg(json_build_object('key', t.key, 'name', t.name) order by t.place), '[]') from partner_types t where t.archived_at is null),
      'roles', (select coalesce(json_agg(json_build_object('key', t.key, 'name', t.name) order by t.place), '[]') from contact_roles t where t.archived_at is null),
      'stages', (select coalesce(json_agg(json_build_object('key', t.key, 'name', t.name) order by t.place), '[]') from deal_stages t where t.archived_at is null),
      'custom_fields', (select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'kind', f.kind, 'choices', f.choices) order by f.place), '[]')
        from custom_fields f where f.archived_at is null),
      'existing', (select coalesce(json_agg(json_build_object('id', p.id, 'legal_name', p.legal_name, 'name_key', p.name_key, 'domain', p.domain,
          'emails', coalesce((select json_agg(lower(c.email)) from contacts c where c.partner_id = p.id and c.email is not null), '[]'))), '[]')
        from partners p),
      'contacts', (select coalesce(json_agg(json_build_object('id', c.id, 'partner_id', c.partner_id, 'name', c.name, 'email', c.email)), '[]')
        from contacts c where ${kind === 'deals'} and c.left_at is null),
      'existing_deals', (select coalesce(json_agg(json_build_object('id', d.id, 'ref', d.ref, 'partner_id', d.partner_id, 'customer_company', d.customer_company,
          'customer_domain', d.customer_domain, 'kind', d.kind)), '[]') from deals d where ${kind === 'deals'}))::text as it`)
  const file = new Uint8Array(new ArrayBuffer(it.size))
  for (let at = 0, place = 0; at < it.size; place++) {
    const part = await gently(() =>
      tx.row<{ bytes: Buffer }>(
        sql`select p.bytes from import_pieces p where p.import_id = ${it.id}::uuid and p.place = ${place}`,
      ),
    )
    if (!part) throw new Error(`Piece ${place} of a sheet is missing.`)
    file.set(part.bytes, at)
    at += part.bytes.length
  }
  return {
    id: it.id,
    version: it.version,
    input: { file, kind, surroundings: around?.it ?? '{}', changes: it.changes },
  }
}

async function keepRows(
  tx: Tx,
  { id, version }: Pick<Wanted, 'id' | 'version'>,
  sheet: Sheet,
  rows: (take: (json: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const held = await tx.row<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(app.import_lock(${id}::uuid)) as held`,
  )
  if (!held?.held) throw new Left()
  await rows(async (json) => {
    const keep = () =>
      tx.run(sql`
      insert into import_rows as o (org_id, import_id, line, reading, state, decision, typo, record_id, slug, name_key, same_id, row)
      select (select app.org()), ${id}::uuid, r.line, ${version}, r.state, r.decision, r.typo, r.record_id, r.slug, r.name_key, r.same_id, r.row
      from jsonb_to_recordset(${json}::jsonb)
        r(line int, state text, decision text, typo boolean, record_id uuid, slug text, name_key text, same_id uuid, row jsonb)
      on conflict (org_id, import_id, line) do update set reading = excluded.reading, state = excluded.state, typo = excluded.typo, slug = excluded.slug,
        name_key = excluded.name_key, same_id = excluded.same_id, row = excluded.row,
        decision = case when o.choice is null or excluded.state in ('broken', 'dropped') or (o.choice = 'update' and excluded.same_id is null)
          then excluded.decision else o.choice end`)
    await gently(keep)
  })
  await tx.run(sql`delete from import_rows r where r.import_id = ${id}::uuid and r.reading <> ${version}`)
  const { refused: _, ...told } = sheet
  const kept = await tx.run(sql`
    update imports i set state = 'checked', kind = ${sheet.kind}, checked = ${JSON.stringify(told)}::jsonb
    where i.id = ${id}::uuid and i.state = 'reading' and i.version = ${version}`)
  if (kept === 0) throw new Left()
  await keepCounts(tx, id)
}
