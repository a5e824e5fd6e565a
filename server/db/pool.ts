import pg from 'pg'
import { type ReadLater, readLater } from './read-later.ts'

const { DATE, INT8, TIMESTAMPTZ } = pg.types.builtins
const parsers: Record<number, (text: string) => unknown> = {
  // Dates stay the strings they are.
  [DATE]: (text) => text,
  [INT8]: (text) => {
    const n = Number(text)
    if (!Number.isSafeInteger(n)) throw new Error('A number from the database is too large to be exact.')
    return n
  },
  // Microseconds stay: a cursor that lost them would skip rows.
  [TIMESTAMPTZ]: (text) => `${text.replace(' ', 'T').replace(/\+00$/, '')}Z`,
}
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text') =>
    parsers[oid] ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

export type Database = {
  /** Connections at rest as partnered_system: no table rights. Only actor.ts takes from it. */
  system: pg.Pool
  /** For the sign-in library: rights on schema `auth` only, its own types. */
  auth: pg.Pool
  /** For the background worker: rights on its queue only. */
  worker: pg.Pool
  /** As `system`, for work that takes long: it never takes a connection away from a request. */
  work: pg.Pool
  /** What members read, on its way to the log. */
  reads: ReadLater
  close(): Promise<void>
}

type Settings = { role: string; search_path: string; max: number; pipeline?: boolean; types?: pg.CustomTypesConfig }

function poolAs(url: string, { role, search_path, ...rest }: Settings): pg.Pool {
  const pool = new pg.Pool({
    ...rest,
    connectionString: url,
    options: `-c role=${role} -c search_path=${search_path} -c timezone=UTC -c plan_cache_mode=force_generic_plan -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000`,
    application_name: 'partnered',
  })
  // A dropped connection is replaced at the next request; it must not end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/**
 * Opens the pools. In: the app login's URL, the most connections for requests, and how one of the server's processes is told to go last, where that can be done.
 * Out: the pools and `close`.
 */
export function openDatabase(app_url: string, most = 16, goLast: (pid: number) => void = () => {}): Database {
  const system = poolAs(app_url, { role: 'partnered_system', search_path: 'public', max: most, pipeline: true, types })
  const auth = poolAs(app_url, { role: 'partnered_auth', search_path: 'auth', max: 4 })
  const worker = poolAs(app_url, { role: 'partnered_worker', search_path: 'public', max: 7 })
  const work = poolAs(app_url, { role: 'partnered_system', search_path: 'public', max: 4, pipeline: true, types })
  work.on('connect', (client) => goLast((client as unknown as { processID: number }).processID))
  const reads = readLater((rows) => system.query('select app.keep_reads($1)', [JSON.stringify(rows)]))
  return {
    system,
    auth,
    worker,
    work,
    reads,
    async close() {
      await reads.close().catch(() => {})
      await Promise.all([system.end(), auth.end(), worker.end(), work.end()])
    },
  }
}
