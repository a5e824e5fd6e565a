import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'

const root = new URL('../../db/', import.meta.url)

async function read(folder: 'migrations' | 'rules'): Promise<{ name: string; text: string }[]> {
  const names = (await readdir(new URL(`${folder}/`, root))).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(new URL(`${folder}/${name}`, root), 'utf8') })),
  )
}

const minimum: Record<number, number> = { 15: 13, 16: 9, 17: 5 }

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    "select current_setting('server_version_num')::int as n, current_setting('server_version') as v",
  )
  const major = Math.floor(rows[0].n / 10_000)
  if (major < 15) throw new Error(`PostgreSQL ${rows[0].v} is too old. Partnered needs 15 or newer.`)
  if (rows[0].n % 10_000 < (minimum[major] ?? 0))
    throw new Error(
      `PostgreSQL ${rows[0].v} has known holes in row rights. Update it to ${major}.${minimum[major]} or newer.`,
    )
}

/** The roles of the cluster, and which of them the app's login may enter. Changed only when something is missing. */
async function prepareRoles(client: pg.Client, roles: string, app_login: string): Promise<void> {
  const { rows } = await client.query('select rolsuper from pg_roles where rolname = current_user')
  await client.query(roles)
  const grant = async (role: string, to: string) => {
    // From 16 on, who makes a role is its member at once, but may not become it: that needs a grant of its own.
    const has = await client.query(
      "select from pg_auth_members m where roleid = $1::regrole and member = $2::regrole and to_jsonb(m) ->> 'set_option' is distinct from 'false'",
      [role, to],
    )
    if (has.rowCount === 0) await client.query(`grant ${role} to ${pg.escapeIdentifier(to)}`)
  }
  for (const role of ['partnered_team', 'partnered_contact', 'partnered_system', 'partnered_auth', 'partnered_worker'])
    await grant(role, app_login)
  await grant('partnered_views', 'partnered_owner')
  if (!rows[0].rolsuper) {
    const me = (await client.query('select current_user as me')).rows[0].me
    await grant('partnered_owner', me)
  }
}

/**
 * Brings a database to today's structure and rules.
 * In: the administrator's URL, the login the app uses, where to say what was done. Out: nothing; safe to repeat and to run side by side.
 * Errors: the database's own, naming the file that failed.
 */
export async function migrate({
  admin_url,
  app_login,
  log = () => {},
}: {
  admin_url: string
  app_login: string
  log?: (line: string) => void
}): Promise<void> {
  const [migrations, rules] = await Promise.all([read('migrations'), read('rules')])
  const roles = rules.shift()
  if (roles?.name !== '00_roles.sql') throw new Error('db/rules/00_roles.sql is missing.')
  const client = new pg.Client({
    connectionString: admin_url,
    options: '-c lock_timeout=20000 -c client_min_messages=warning',
  })
  await client.connect()
  try {
    await checkVersion(client)
    // Roles belong to the cluster: one database at a time changes them.
    await client.query('select pg_advisory_lock(7301)')
    await prepareRoles(client, roles.text, app_login)
    await client.query('select pg_advisory_unlock(7301)')
    await client.query('select pg_advisory_lock(7302)')
    const name = (await client.query('select current_database() as name')).rows[0].name
    await client.query(`grant create on database ${pg.escapeIdentifier(name)} to partnered_owner`)
    await client.query('grant usage, create on schema public to partnered_owner')
    await client.query('set role partnered_owner')
    await client.query('create schema if not exists migrations')
    await client.query(
      'create table if not exists migrations.applied (name text primary key, checksum text not null, at timestamptz not null default now())',
    )
    await applyMigrations(client, migrations, log)
    await prepareQueue(client, admin_url)
    await applyRules(client, [roles, ...rules], migrations.length, log)
  } finally {
    await client.end()
  }
}

async function applyMigrations(
  client: pg.Client,
  files: { name: string; text: string }[],
  log: (line: string) => void,
) {
  const done = new Set((await client.query('select name from migrations.applied')).rows.map((row) => row.name))
  for (const file of files) {
    if (done.has(file.name)) continue
    await inTransaction(client, file.name, async () => {
      await client.query(file.text)
      await client.query('insert into migrations.applied (name, checksum) values ($1, $2)', [
        file.name,
        checksum(file.text),
      ])
    })
    log(`Database: ${file.name}`)
  }
}

/** The worker's own tables, owned like all others; its role may do there what the worker does, and nothing elsewhere. */
async function prepareQueue(client: pg.Client, admin_url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: admin_url, max: 1, options: '-c role=partnered_owner' })
  pool.on('error', () => {})
  pool.on('connect', (made) => made.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) })
  } finally {
    await pool.end()
  }
  await client.query(`
    grant usage on schema graphile_worker to partnered_worker;
    grant select, insert, update, delete on all tables in schema graphile_worker to partnered_worker;
    grant usage, select on all sequences in schema graphile_worker to partnered_worker;
    grant execute on all functions in schema graphile_worker to partnered_worker;
    do $$ declare t record; begin
      for t in select c.oid::regclass as name from pg_class c
        where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
          and not exists (select from pg_policy p where p.polrelid = c.oid) loop
        execute format('create policy worker on %s to partnered_worker using (true) with check (true)', t.name);
      end loop; end $$`)
}

const request_roles =
  'partnered_team, partnered_contact, partnered_system, partnered_views, partnered_auth, partnered_worker'

async function applyRules(
  client: pg.Client,
  files: { name: string; text: string }[],
  structure: number,
  log: (line: string) => void,
) {
  const now = checksum(files.map((file) => file.text).join('\n') + structure)
  const was = (await client.query("select checksum from migrations.applied where name = 'rules'")).rows[0]?.checksum
  if (was === now) return
  await inTransaction(client, 'rules', async () => {
    await client.query(`do $$ declare p record; begin
      for p in select policyname, tablename from pg_policies where schemaname = 'public' loop
        execute format('drop policy %I on %I', p.policyname, p.tablename);
      end loop; end $$`)
    // Rights are written anew, so that one taken out of a file is gone here too.
    await client.query(
      `revoke all on all tables in schema public from ${request_roles}; revoke all on all tables in schema auth from ${request_roles}`,
    )
    await client.query('drop schema portal cascade')
    await client.query('create schema portal')
    await client.query('grant usage, create on schema portal to partnered_views')
    for (const file of files.slice(1)) {
      await client.query(file.text).catch((error: Error) => {
        throw new Error(`db/rules/${file.name}: ${error.message}`, { cause: error })
      })
    }
    await client.query(
      "insert into migrations.applied (name, checksum) values ('rules', $1) on conflict (name) do update set checksum = excluded.checksum, at = now()",
      [now],
    )
  })
  log('Database: rules are up to date')
}

async function inTransaction(client: pg.Client, name: string, act: () => Promise<void>) {
  await client.query('begin')
  try {
    await act()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`The database change "${name}" failed: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  }
}

const checksum = (text: string) => createHash('sha256').update(text).digest('hex')
