import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../fresh-database.ts'

let fresh: FreshDatabase
let client: pg.Client

beforeAll(async () => {
  fresh = await freshDatabase()
  client = new pg.Client({ connectionString: fresh.admin_url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await fresh.drop()
})

const roles = [
  'partnered_team',
  'partnered_contact',
  'partnered_views',
  'partnered_system',
  'partnered_auth',
  'partnered_worker',
  'partnered_app',
  'public',
]

/** Every right that a role of requests holds, a line each; columns where the right is not for the whole. */
async function rights(): Promise<string[]> {
  const { rows } = await client.query(
    `with held as (
      select case a.grantee when 0 then 'public' else a.grantee::regrole::text end as role, lower(a.privilege_type) as privilege, c.oid::regclass::text as thing, null::text as columns
      from pg_class c, aclexplode(c.relacl) a where c.relnamespace in ('public'::regnamespace, 'portal'::regnamespace, 'auth'::regnamespace) and c.relkind in ('r', 'p', 'v', 'S') and a.grantee <> c.relowner
      union all
      select case x.grantee when 0 then 'public' else x.grantee::regrole::text end, lower(x.privilege_type), c.oid::regclass::text, string_agg(a.attname, ', ' order by a.attname)
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped, aclexplode(a.attacl) x
      where c.relnamespace in ('public'::regnamespace, 'portal'::regnamespace, 'auth'::regnamespace) and x.grantee <> c.relowner group by 1, 2, 3
      union all
      select case x.grantee when 0 then 'public' else x.grantee::regrole::text end, 'execute', p.pronamespace::regnamespace || '.' || p.proname, null
      from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x where p.pronamespace in ('app'::regnamespace, 'portal'::regnamespace))
    select distinct role || ' ' || privilege || ' ' || thing || coalesce(' (' || columns || ')', '') as line from held where role = any($1)`,
    [roles],
  )
  return rows.map(({ line }) => line as string).sort()
}

/** A line of the contract as the statement that takes the right away. */
function revoking(line: string): string {
  const [, role, privilege, thing, columns] = /^(\S+) (\S+) (\S+)(?: \((.*)\))?$/.exec(line) ?? []
  if (privilege === 'execute')
    return `do $$ declare f record; begin for f in select oid::regprocedure as name from pg_proc where pronamespace::regnamespace || '.' || proname = '${thing}' loop execute format('revoke execute on function %s from ${role}', f.name); end loop; end $$`
  return columns
    ? `revoke ${privilege} (${columns
        .split(', ')
        .map((name) => `"${name}"`)
        .join(', ')}) on ${thing} from ${role}`
    : `revoke ${privilege} on ${thing} from ${role}`
}

describe('The rights of the roles of requests', () => {
  test('each of them, taken away, is missed', async () => {
    const held = await rights()
    const unnoticed: string[] = []
    for (const line of held) {
      await client.query('begin')
      await client.query(revoking(line))
      if ((await rights()).join() === held.join()) unnoticed.push(line)
      await client.query('rollback')
    }
    expect(held.length).toBeGreaterThan(100)
    expect(unnoticed).toEqual([])
  })
  test('are these and no others', async () => {
    await expect((await rights()).join('\n')).toMatchFileSnapshot('./grants.contract.snap')
  })
  test('a contact has none on any table, and changes through the views alone: deals, their own words, their choice of mail', async () => {
    const held = (await rights()).filter((line) => line.startsWith('partnered_contact '))
    expect(held.filter((line) => !/ (portal|app)\./.test(line))).toEqual([])
    expect(held.filter((line) => / (insert|update|delete|truncate|references|trigger) /.test(line))).toEqual([
      'partnered_contact insert portal.entries (body, deal_id, id)',
      'partnered_contact insert portal.mail_choice (choice)',
      'partnered_contact update portal.deals (answer, answer_reason, stage)',
      'partnered_contact update portal.entries (body, removed_at)',
      'partnered_contact update portal.mail_choice (choice)',
    ])
  })
  test('nobody rewrites a log, empties a table or refers to one', async () => {
    const held = await rights()
    expect(held.filter((line) => / (update|delete|insert) (audit_rows|read_records)/.test(line))).toEqual([])
    expect(held.filter((line) => / (truncate|references|trigger|maintain) /.test(line))).toEqual([])
  })
  test('the roles of requests own nothing and pass no wall by', async () => {
    const { rows } = await client.query(
      'select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit, rolcanlogin from pg_roles where rolname = any($1)',
      [roles.slice(0, 6)],
    )
    expect(rows).toHaveLength(6)
    for (const role of rows)
      expect(role).toMatchObject({
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolinherit: false,
        rolcanlogin: false,
      })
    const owned = await client.query(
      "select c.oid::regclass::text as name, c.relowner::regrole::text as owner from pg_class c where c.relowner::regrole::text = any($1) and c.relnamespace <> 'portal'::regnamespace",
      [roles],
    )
    expect(owned.rows).toEqual([])
  })
})
