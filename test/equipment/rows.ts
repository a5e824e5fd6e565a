import type pg from 'pg'

let statement: string | undefined

/** A sum over all rows, by company and partner: what a refusal must leave as it was. In: the administrator. Out: place → sum. */
export async function hashRows(admin: pg.Client): Promise<Map<string, string>> {
  if (!statement) {
    const { rows } = await admin.query(`
      select c.relname as name, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'partner_id' and not a.attisdropped) as of_partner
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`)
    statement = rows
      .map(({ name, of_partner }) => {
        const partner = name === 'partners' ? 't.id::text' : of_partner ? "coalesce(t.partner_id::text, '')" : "''"
        return `select '${name}' as "table", t.org_id::text || '/' || ${partner} as place, sum(hashtextextended(t::text, 0)::numeric)::text as sum from ${name} t group by 2`
      })
      .join(' union all ')
  }
  const { rows } = await admin.query(statement)
  return new Map(rows.map((row) => [`${row.place}/${row.table}`, row.sum]))
}

/** The places where two sums differ. */
export function changedPlaces(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((place) => before.get(place) !== after.get(place))
}

const everyTable = `select c.oid::regclass::text as name, c.relname as plain from pg_class c
  where c.relnamespace in ('public'::regnamespace, 'auth'::regnamespace) and c.relkind in ('r', 'p') and not c.relispartition`
type Table = { name: string; plain: string }

/**
 * Counts the writing statements on every table, those of transactions that came to nothing too: much cheaper than looking at the rows.
 * In: the administrator. Out: what says which tables were written to since it was made or asked last.
 */
export async function watchWrites(admin: pg.Client): Promise<() => Promise<string[]>> {
  const { rows: tables } = await admin.query<Table>(everyTable)
  await admin.query(`
    create schema if not exists watched;
    create or replace function watched.count() returns trigger language plpgsql security definer as
      $$ begin perform nextval(format('watched.%I', tg_argv[0])); return null; end $$`)
  for (const { name, plain } of tables)
    await admin.query(`
      create sequence if not exists watched."${plain}";
      create or replace trigger zz_watched after insert or update or delete on ${name}
        for each statement execute function watched.count('${plain}')`)
  const counts = tables
    .map(({ name, plain }) => `select '${name}' as name, last_value + is_called::int as many from watched."${plain}"`)
    .join(' union all ')
  const seen = new Map<string, string>()
  const ask = async () => {
    const { rows } = await admin.query<{ name: string; many: string }>(counts)
    const written = rows.filter(({ name, many }) => seen.get(name) !== many).map(({ name }) => name)
    for (const { name, many } of rows) seen.set(name, many)
    return written
  }
  await ask()
  return ask
}

/** Keeps a copy of every row, so that what a successful call changed can be put back. */
export async function keepRows(admin: pg.Client): Promise<() => Promise<void>> {
  const { rows } = await admin.query<Table>(everyTable)
  await admin.query('drop schema if exists kept cascade; create schema kept')
  for (const { name, plain } of rows) await admin.query(`create table kept."${plain}" as table ${name}`)
  const written = await watchWrites(admin)
  return async () => {
    const names = await written()
    const touched = rows.filter(({ name }) => names.includes(name))
    const put = [
      "set session_replication_role = 'replica'",
      ...touched.map(({ name }) => `delete from ${name}`),
      ...touched.map(({ name, plain }) => `insert into ${name} overriding system value table kept."${plain}"`),
      "set session_replication_role = 'origin'",
    ]
    if (touched.length > 0) await admin.query(put.join('; '))
  }
}

// What keeps both a change and its undoing, and what every change moves by itself.
const logs = ['audit_rows', 'read_records', 'acts', 'act_changes', 'due_work', 'idempotency_keys']
const aside = '{version,updated_at,last_seen_at}'

/** Every business column of every row, by table: what doing something and taking it back must leave as it was. */
export async function businessOf(admin: pg.Client): Promise<Record<string, unknown[]>> {
  const { rows } = await admin.query(
    "select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relispartition and c.relname <> all($1) order by 1",
    [logs],
  )
  const all: Record<string, unknown[]> = {}
  for (const { name } of rows) {
    const found = await admin.query(
      `select to_jsonb(t) - $1::text[] as row from ${name} t order by (to_jsonb(t) - $1::text[])::text`,
      [aside],
    )
    all[name] = found.rows.map(({ row }) => row)
  }
  return all
}
