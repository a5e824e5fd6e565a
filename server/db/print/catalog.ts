import type pg from 'pg'

/** Schemas of the product: not the server's own, nor those of libraries, nor what an extension brought. */
export const ours = (name: string) => `${name} !~ '^pg_' and ${name} not in ('information_schema', 'graphile_worker')`
export const notFromExtension = (oid: string) =>
  `not exists (select from pg_depend e where e.objid = ${oid} and e.deptype = 'e')`

/** A name as SQL needs it, with its schema unless that is public. */
export const named = (schema: string, name: string) =>
  `case when ${schema} = 'public' then '' else quote_ident(${schema}) || '.' end || quote_ident(${name})`

export async function rowsOf<Row>(client: pg.Client, text: string): Promise<Row[]> {
  return (await client.query(text)).rows as Row[]
}

/** Rows by one of their fields, in the order they came. */
export function groups<Row>(rows: Row[], by: (row: Row) => string): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) found.set(by(row), [...(found.get(by(row)) ?? []), row])
  return found
}

export type Grant = { object: string; grantee: string; privilege: string; columns: string | null }

/** Who may do what with tables and views: for a whole one `columns` is null. An owner's own rights are left out. */
export function tableGrants(client: pg.Client): Promise<Grant[]> {
  return rowsOf(
    client,
    `with held as (
      select c.oid, c.relowner as owner, a.grantee, lower(a.privilege_type) as privilege, null::text as col, 0 as at
      from pg_class c, aclexplode(c.relacl) a where c.relkind in ('r', 'p', 'v', 'm')
      union all
      select c.oid, c.relowner, a.grantee, lower(a.privilege_type), quote_ident(t.attname), t.attnum
      from pg_class c join pg_attribute t on t.attrelid = c.oid and not t.attisdropped, aclexplode(t.attacl) a where c.relkind in ('r', 'p', 'v', 'm'))
    select ${named('n.nspname', 'c.relname')} as object, coalesce(r.rolname, 'public') as grantee, h.privilege,
      string_agg(h.col, ', ' order by h.at) as columns
    from held h join pg_class c on c.oid = h.oid join pg_namespace n on n.oid = c.relnamespace left join pg_roles r on r.oid = h.grantee
    where ${ours('n.nspname')} and h.grantee <> h.owner and not c.relispartition and ${notFromExtension('c.oid')}
    group by 1, 2, 3, h.col is null order by 1, 2, 3, h.col is null desc`,
  )
}

export type Policy = {
  table: string
  name: string
  command: string
  restrictive: boolean
  roles: string[]
  using: string | null
  check: string | null
  comment: string | null
}

/** The policies in force. */
export function policies(client: pg.Client): Promise<Policy[]> {
  return rowsOf(
    client,
    `select ${named('n.nspname', 'c.relname')} as "table", p.polname as name, not p.polpermissive as restrictive,
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end as command,
      case when p.polroles = '{0}' then array['public'] else (select array_agg(r.rolname::text order by r.rolname) from pg_roles r where r.oid = any (p.polroles)) end as roles,
      pg_get_expr(p.polqual, p.polrelid, true) as "using", pg_get_expr(p.polwithcheck, p.polrelid, true) as "check", obj_description(p.oid, 'pg_policy') as comment
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where ${ours('n.nspname')} and not c.relispartition
    order by 1, p.polname <> 'company', array_position(array['r', 'a', 'w', 'd', '*'], p.polcmd::text), p.polname`,
  )
}
