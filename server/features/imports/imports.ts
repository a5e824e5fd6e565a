import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { conflict, forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { Import, importFields, listImportRows } from '#shared/imports.ts'
import type { ExistingPartner } from './reading/duplicates.ts'
import { type CheckedSheet, readSheet } from './reading/read.ts'
import type { CheckedRow } from './reading/rows.ts'

type Field = (typeof importFields)[number]
type Choice = { decision?: 'import' | 'skip' | undefined; take_suggestion?: boolean | undefined }
type Stored = {
  columns: CheckedSheet['columns']
  rows: CheckedRow[]
  choices: Record<string, Choice>
  mended?: Record<string, CheckedRow>
}
type Row = Omit<Import, 'columns' | 'counts'> & { checked: Stored | null }
type RowAnswer = Answer<typeof listImportRows>['items'][number]

const most_rows_a_page = 100
const columns = sql`i.id, i.file_name, i.state, i.total, i.done, i.result, i.created_at, i.version`

async function find(tx: Tx, id: string, more: Sql = sql``): Promise<Row> {
  const row = await tx.row<Row>(sql`select ${columns}, i.checked from imports i where i.id = ${id}::uuid ${more}`)
  if (!row) throw notFound()
  return row
}

/** What the row becomes once the choices of the person at the screen are taken into account. `mended`: as it reads with the suggested address. */
export function decided(row: CheckedRow, choice: Choice | undefined, mended: CheckedRow | undefined): CheckedRow {
  const it = choice?.take_suggestion && mended ? mended : row
  const importable = it.state === 'new' || it.state === 'duplicate'
  return { ...it, decision: importable ? (choice?.decision ?? it.decision) : 'skip' }
}

export const decidedRows = ({ rows, choices, mended }: Stored): CheckedRow[] =>
  rows.map((row) => decided(row, choices[row.line], mended?.[row.line]))

function present({ checked, ...row }: Row): Import {
  const rows = checked ? decidedRows(checked) : []
  const count = (fits: (row: CheckedRow) => boolean) => rows.filter(fits).length
  return {
    ...row,
    columns: checked?.columns ?? [],
    counts: {
      new: count((one) => one.state === 'new'),
      duplicates: count((one) => one.state === 'duplicate'),
      broken: count((one) => one.state === 'broken'),
      dropped: count((one) => one.state === 'dropped'),
      typos: count((one) => one.contacts.some((contact) => contact.email_suggested)),
      will_add: count((one) => one.decision === 'import'),
    },
  }
}

/** Everything a sheet is compared with: who is on the team, which partners are there. */
async function surroundings(
  tx: Tx,
): Promise<{ members: { id: string; name: string; email: string }[]; existing: ExistingPartner[] }> {
  const [members, existing] = await Promise.all([
    tx.rows<{ id: string; name: string; email: string }>(
      sql`select id, name, email from members where deactivated_at is null`,
    ),
    tx.rows<ExistingPartner>(sql`
      select p.id, p.legal_name, p.name_key, p.domain,
        coalesce((select array_agg(lower(c.email)) from contacts c where c.partner_id = p.id and c.email is not null), '{}') as emails
      from partners p`),
  ])
  return { members, existing }
}

async function read(tx: Tx, file: Uint8Array, mapping?: (Field | null)[], taken: number[] = []): Promise<CheckedSheet> {
  const sheet = readSheet(file, { ...(await surroundings(tx)), taken, ...(mapping ? { mapping } : {}) })
  if (sheet.refused)
    throw invalid(
      'file',
      sheet.refused.line ? `Line ${sheet.refused.line}: ${sheet.refused.problem}` : sheet.refused.problem,
    )
  return sheet
}

/** Reads and checks a sheet. Nothing is added. */
export async function startImport(tx: Tx, file_name: string, file: Uint8Array): Promise<Import> {
  if ((await tx.entered).team_role === 'read_only')
    throw forbidden('You may look at partners, not import them. Ask an admin.')
  if (!(file instanceof Uint8Array) || file.length === 0) throw invalid('file', 'This file is empty.')
  const sheet = await read(tx, file)
  const id = newId()
  const stored: Stored = { columns: sheet.columns, rows: sheet.rows, choices: {} }
  await tx.run(sql`
    insert into imports (org_id, id, file_name, state, member_id, file, checked, total, created_at)
    values (app.org(), ${id}::uuid, ${file_name}, 'checked', app.member(), ${Buffer.from(file)}, ${JSON.stringify(stored)}::jsonb, ${sheet.rows.length}, app.now())`)
  return readImport(tx, id)
}

export const readImport = async (tx: Tx, id: string): Promise<Import> => present(await find(tx, id))

/** The rows of one group, in the order of the file. */
export async function listRows(
  tx: Tx,
  id: string,
  { show = 'all', after = '0' }: { show?: string | undefined; after?: string | undefined },
): Promise<Answer<typeof listImportRows>> {
  const { checked } = await find(tx, id)
  const groups: Record<string, (row: CheckedRow) => boolean> = {
    all: () => true,
    new: (row) => row.state === 'new',
    duplicates: (row) => row.state === 'duplicate',
    broken: (row) => row.state === 'broken',
    dropped: (row) => row.state === 'dropped',
    typos: (row) => row.contacts.some((contact) => contact.email_suggested),
  }
  // A row whose suggestion was taken stays in its group, so that it can be taken back.
  const all = (checked?.rows ?? []).filter((row) => row.line > Number(after) && groups[show]?.(row))
  const items = all.slice(0, most_rows_a_page)
  const last = all.length > items.length ? items.at(-1) : undefined
  const names = await namesOf(tx, items)
  return {
    items: items.map((row) => presentRow(decided(row, checked?.choices[row.line], checked?.mended?.[row.line]), names)),
    next: last?.line ?? null,
  }
}

type Names = { owners: Map<string, string>; slugs: Map<string, string> }

async function namesOf(tx: Tx, rows: CheckedRow[]): Promise<Names> {
  const slugs_of = rows.flatMap((row) => row.duplicate_of?.partner_id ?? [])
  const [owners, slugs] = await Promise.all([
    tx.rows<{ id: string; name: string }>(sql`select id, name from members`),
    tx.rows<{ id: string; slug: string }>(sql`select id, slug from partners where id = any(${slugs_of}::uuid[])`),
  ])
  return {
    owners: new Map(owners.map(({ id, name }) => [id, name])),
    slugs: new Map(slugs.map(({ id, slug }) => [id, slug])),
  }
}

function presentRow(row: CheckedRow, { owners, slugs }: Names): RowAnswer {
  const { partner, duplicate_of: same } = row
  const main = row.contacts.find((contact) => contact.is_main) ?? row.contacts[0]
  return {
    line: row.line,
    state: row.state,
    decision: row.decision,
    legal_name: partner?.legal_name ?? null,
    type: partner?.type ?? null,
    status: partner?.status ?? null,
    archived: partner?.archived ?? false,
    owner_name: partner?.owner_id ? (owners.get(partner.owner_id) ?? null) : null,
    email: main?.email ?? null,
    email_suggested: main?.email_suggested ?? null,
    contact_name: main?.name ?? null,
    extra_contacts: Math.max(row.contacts.length - 1, 0),
    problems: row.problems,
    duplicate_of: same && {
      line: same.line,
      partner_slug: same.partner_id ? (slugs.get(same.partner_id) ?? null) : null,
      legal_name: same.legal_name,
      why: same.why,
    },
  }
}

/** Matches columns differently, or keeps what was decided about rows. */
export async function recheck(
  tx: Tx,
  id: string,
  body: { version: number; mapping?: (Field | null)[] | undefined; rows?: ({ line: number } & Choice)[] | undefined },
): Promise<Import> {
  const it = await find(tx, id, sql`for update`)
  if (it.state !== 'checked' || !it.checked) throw conflict('This import has started already.')
  if (it.version !== body.version) throw conflict('This import was changed in another window.', present(it))
  const choices = { ...it.checked.choices }
  for (const { line, ...choice } of body.rows ?? []) choices[line] = { ...choices[line], ...choice }
  const mapping = body.mapping ?? it.checked.columns.map(({ field }) => field)
  const { columns: matched, rows } = body.mapping ? await reread(tx, id, mapping) : it.checked
  const taken = Object.keys(choices)
    .filter((line) => choices[line]?.take_suggestion)
    .map(Number)
  const lines = new Set(taken)
  const mended =
    taken.length > 0 ? (await reread(tx, id, mapping, taken)).rows.filter(({ line }) => lines.has(line)) : []
  const checked: Stored = {
    columns: matched,
    rows,
    choices,
    mended: Object.fromEntries(mended.map((row) => [row.line, row])),
  }
  await tx.run(
    sql`update imports set checked = ${JSON.stringify(checked)}::jsonb, total = ${rows.length} where id = ${id}::uuid`,
  )
  return readImport(tx, id)
}

async function reread(
  tx: Tx,
  id: string,
  mapping: (Field | null)[],
  taken: number[] = [],
): Promise<Pick<Stored, 'columns' | 'rows'>> {
  const kept = await tx.row<{ file: Buffer }>(sql`select file from imports where id = ${id}::uuid`)
  if (!kept?.file) throw notFound()
  const { columns: matched, rows } = await read(tx, kept.file, mapping, taken)
  if (!mapping.includes('legal_name')) throw invalid('mapping', 'Choose the column that holds the legal name.')
  return { columns: matched, rows }
}

/** Hands the checked rows to the background; safe to leave the page. */
export async function runImport(tx: Tx, id: string, version: number): Promise<Import> {
  const it = await find(tx, id, sql`for update`)
  if (it.state !== 'checked') throw conflict('This import has started already.')
  if (it.version !== version) throw conflict('This import was changed in another window.', present(it))
  await tx.run(
    sql`update imports set state = 'running', total = ${present(it).counts.will_add}, done = 0 where id = ${id}::uuid`,
  )
  await tx.run(sql`select app.enqueue('run_import', ${id}::uuid)`)
  return readImport(tx, id)
}
