import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { type Embedded, startEmbedded } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'
import type { Size } from './sizes.ts'

/** Whom and what is measured. */
export type Scene = {
  member_token: string
  /** A member of another company. */
  stranger_token: string
  contact_token: string
  workspace: string
  refs: string[]
  long_deal: string
}

/** A PostgreSQL of its own that waits for the disk like a real one, with all tables, filled to a size. */
export async function fillDatabase(data: string, size: Size): Promise<{ server: Embedded; scene: Scene }> {
  const server = await startEmbedded({ data })
  await migrate({ admin_url: server.admin_url, app_login: 'partnered_app' })
  const client = new pg.Client({ connectionString: server.admin_url })
  await client.connect()
  try {
    await client.query("select set_config('bench.companies', $1, false)", [JSON.stringify(size.companies)])
    await client.query(await readFile(new URL('seed.sql', import.meta.url), 'utf8'))
    await client.query('vacuum (analyze)')
    await client.query('checkpoint')
    return { server, scene: await findScene(client) }
  } finally {
    await client.end()
  }
}

async function findScene(client: pg.Client): Promise<Scene> {
  const { rows } = await client.query(`
    with company as (select org_id as id from organizations where name = 'Company 1')
    select (select s.token from auth.session s where s."userId" = 'member 1 2') as member_token,
      (select s.token from auth.session s where s."userId" = 'member 2 2') as stranger_token,
      (select s.token from auth.session s where s."userId" = 'contact 1 1') as contact_token,
      'w1-partner-1' as workspace,
      (select array_agg(ref) from (
        select d.ref from deals d, company c where d.org_id = c.id and d.outcome is null order by md5(d.ref) limit 40) them) as refs,
      (select e.deal_id from entries e, company c where e.org_id = c.id and e.deal_id is not null
        group by 1 order by count(*) desc limit 1) as long_deal`)
  return rows[0]
}

/** How many rows there are, for the report. */
export async function countRows(admin_url: string): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: admin_url })
  await client.connect()
  try {
    const { rows } = await client.query(`
      select (select count(*)::int from organizations) as companies, (select count(*)::int from partners) as partners,
        (select count(*)::int from contacts) as contacts, (select count(*)::int from deals) as deals,
        (select count(*)::int from entries) as entries, (select count(*)::int from read_records) as reads,
        (select split_part(current_setting('server_version'), ' ', 1)) as postgres`)
    return rows[0]
  } finally {
    await client.end()
  }
}
