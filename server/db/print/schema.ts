import type pg from 'pg'
import { groups, notFromExtension, ours, rowsOf } from './catalog.ts'
import { printTables, printViews } from './structure.ts'

type Function = { name: string; owner: string; definition: string }
type Executes = { name: string; grantee: string }

/** Who may call each function; its owner is left out, `public` is everyone. */
export function functionGrants(client: pg.Client): Promise<Executes[]> {
  return rowsOf(
    client,
    `select p.oid::regprocedure::text as name, coalesce(r.rolname, 'public') as grantee
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a left join pg_roles r on r.oid = a.grantee
    where ${ours('n.nspname')} and a.grantee <> p.proowner and ${notFromExtension('p.oid')} order by 1, 2`,
  )
}

async function printFunctions(client: pg.Client): Promise<string[]> {
  const functions = await rowsOf<Function>(
    client,
    `select p.oid::regprocedure::text as name, pg_get_userbyid(p.proowner) as owner, pg_get_functiondef(p.oid) as definition
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${ours('n.nspname')} and p.prokind in ('f', 'p') and ${notFromExtension('p.oid')} order by n.nspname, p.proname, 1`,
  )
  const callers = groups(await functionGrants(client), (row) => row.name)
  return functions.map(({ name, owner, definition }) => {
    const to = (callers.get(name) ?? []).map((row) => row.grantee)
    const lines = [`${definition.trim().replaceAll('\r', '')};`]
    if (owner !== 'partnered_owner') lines.push(`alter function ${name} owner to ${owner};`)
    if (!to.includes('public')) lines.push(`revoke all on function ${name} from public;`)
    const named = to.filter((role) => role !== 'public')
    if (named.length > 0) lines.push(`grant execute on function ${name} to ${named.join(', ')};`)
    return lines.join('\n')
  })
}

async function printFrame(client: pg.Client): Promise<string[]> {
  const roles = await rowsOf<{ line: string }>(
    client,
    `select 'create role ' || quote_ident(rolname) || ' nologin' || case when rolinherit then '' else ' noinherit' end
      || case when rolsuper then ' superuser' else '' end || case when rolbypassrls then ' bypassrls' else '' end || ';' as line
    from pg_roles where rolname ~ '^partnered_' and not rolcanlogin order by rolname`,
  )
  const memberships = await rowsOf<{ line: string }>(
    client,
    `select format('grant %I to %I;', g.rolname, m.rolname) as line
    from pg_auth_members a join pg_roles g on g.oid = a.roleid join pg_roles m on m.oid = a.member
    where g.rolname ~ '^partnered_' and m.rolname ~ '^partnered_' and not m.rolcanlogin order by 1`,
  )
  const extensions = await rowsOf<{ line: string }>(
    client,
    `select format('create extension %I with schema %I;', e.extname, n.nspname) as line
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname <> 'plpgsql' order by 1`,
  )
  const schemas = await rowsOf<{ name: string; rights: string[] | null }>(
    client,
    `select quote_ident(n.nspname) as name,
      (select array_agg(g.line order by g.line) from (
        select distinct format('grant %s on schema %I to %s;', lower(a.privilege_type), n.nspname, coalesce(r.rolname, 'public')) as line
        from aclexplode(n.nspacl) a left join pg_roles r on r.oid = a.grantee where a.grantee <> n.nspowner) g) as rights
    from pg_namespace n where ${ours('n.nspname')} order by n.nspname`,
  )
  const made = schemas.map(({ name, rights }) =>
    [...(name === 'public' ? [] : [`create schema ${name};`]), ...(rights ?? [])].join('\n'),
  )
  return [
    [...roles, ...memberships].map((row) => row.line).join('\n'),
    extensions.map((row) => row.line).join('\n'),
    ...made.filter(Boolean),
  ]
}

const heading = (text: string) => `-- ── ${text} ${'─'.repeat(Math.max(3, 90 - text.length))}`

/**
 * The whole database as its catalogs have it, in an order that depends on nothing else.
 * In: a connection to a migrated database. Out: SQL to read, not to run. Errors: the database's own.
 */
export async function printSchema(client: pg.Client): Promise<string> {
  await client.query('set search_path = public')
  const parts = [
    '-- The whole database, printed from its catalogs by "npm run schema". Change db/migrations and db/rules, not this file.',
    heading('Roles, extensions, schemas'),
    ...(await printFrame(client)),
    heading('Tables'),
    ...(await printTables(client)),
    heading('Views'),
    ...(await printViews(client)),
    heading('Functions'),
    ...(await printFunctions(client)),
  ]
  return `${parts.join('\n\n')}\n`
}
