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

/** Keeps a copy of every row, so that what a successful call changed can be put back. */
export async function keepRows(admin: pg.Client): Promise<() => Promise<void>> {
  const { rows } = await admin.query(
    "select c.oid::regclass::text as name, c.relname as plain from pg_class c where c.relnamespace in ('public'::regnamespace, 'auth'::regnamespace) and c.relkind in ('r', 'p') and not c.relispartition",
  )
  await admin.query('drop schema if exists kept cascade; create schema kept')
  for (const { name, plain } of rows) await admin.query(`create table kept."${plain}" as table ${name}`)
  const put = [
    "set session_replication_role = 'replica'",
    ...rows.map(({ name }) => `delete from ${name}`),
    ...rows.map(({ name, plain }) => `insert into ${name} overriding system value table kept."${plain}"`),
    "set session_replication_role = 'origin'",
  ].join('; ')
  return async () => {
    await admin.query(put)
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
