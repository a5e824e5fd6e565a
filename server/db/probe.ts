import type { Database } from './pool.ts'

// Each try must fail or find nothing. Run as the product's own login, in transactions that are rolled back.
const tries: { role: string; say: string; text: string; expect: 'nothing' | 'refused' }[] = [
  {
    role: 'partnered_team',
    say: 'a member of no company reads partners',
    text: 'select 1 from partners limit 1',
    expect: 'nothing',
  },
  {
    role: 'partnered_team',
    say: 'a member of no company reads deals',
    text: 'select 1 from deals limit 1',
    expect: 'nothing',
  },
  {
    role: 'partnered_team',
    say: 'a member of no company reads the log',
    text: 'select 1 from audit_rows limit 1',
    expect: 'nothing',
  },
  {
    role: 'partnered_team',
    say: 'a member adds a company',
    text: "insert into organizations (org_id, name, created_at, updated_at) values (gen_random_uuid(), 'x', now(), now())",
    expect: 'refused',
  },
  {
    role: 'partnered_team',
    say: 'a member rewrites the log',
    text: 'update audit_rows set channel = channel',
    expect: 'refused',
  },
  { role: 'partnered_team', say: 'a member deletes the log', text: 'delete from read_records', expect: 'refused' },
  { role: 'partnered_team', say: 'a member empties a table', text: 'truncate deals', expect: 'refused' },
  { role: 'partnered_contact', say: 'a contact reads a table', text: 'select 1 from deals limit 1', expect: 'refused' },
  {
    role: 'partnered_contact',
    say: 'a contact of no partner reads the portal',
    text: 'select 1 from portal.deals limit 1',
    expect: 'nothing',
  },
  {
    role: 'partnered_contact',
    say: 'a contact reads sessions',
    text: 'select 1 from auth.session limit 1',
    expect: 'refused',
  },
  {
    role: 'partnered_contact',
    say: 'a contact changes a policy',
    text: 'alter table deals disable row level security',
    expect: 'refused',
  },
  { role: 'partnered_system', say: 'nobody reads a table', text: 'select 1 from partners limit 1', expect: 'refused' },
  {
    role: 'partnered_auth',
    say: 'signing in reads a table',
    text: 'select 1 from partners limit 1',
    expect: 'refused',
  },
]

/**
 * Refuses to start where a wall does not hold.
 * In: the open database. Errors: names the try that went through.
 */
export async function proveWalls(database: Database): Promise<void> {
  const client = await database.system.connect()
  try {
    const { rows } = await client.query('select rolsuper, rolbypassrls from pg_roles where rolname = session_user')
    if (rows[0]?.rolsuper || rows[0]?.rolbypassrls)
      throw new Error(
        'The database login of the app is too powerful: row rights do not bind it. Use a plain login in DATABASE_URL.',
      )
    for (const { role, say, text, expect } of tries) {
      await client.query('begin')
      await client.query("select set_config('role', $1, true)", [role])
      const got = await client.query(text).then(
        (answer) => (answer.rowCount ? 'something' : 'nothing'),
        (error: { code?: string }) => (error.code === '42501' ? 'refused' : 'broken'),
      )
      await client.query('rollback')
      if (got !== expect && got !== 'refused')
        throw new Error(`This database does not keep its walls (${say}: ${got}). Partnered does not start on it.`)
    }
  } finally {
    client.release()
  }
}
