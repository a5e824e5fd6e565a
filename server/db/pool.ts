import pg from 'pg'

// Dates stay the strings they are; 64-bit integers become numbers while they are safe.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const n = Number(text)
  if (!Number.isSafeInteger(n)) throw new Error('A number from the database is too large to be exact.')
  return n
})
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString())

export type Database = {
  /** Connections at rest as partnered_system: no table rights. Only actor.ts takes from it. */
  system: pg.Pool
  /** For the sign-in library: rights on schema auth only. */
  auth: pg.Pool
  close(): Promise<void>
}

function poolAs(url: string, role: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    options: `-c role=${role} -c search_path=public -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000`,
    pipeline: true,
    application_name: 'partnered',
  })
  // A dropped idle connection is replaced at the next request; it must not end the process.
  pool.on('error', () => {})
  return pool
}

/** Opens the pools. In: the app login's URL and the most connections for requests. Out: the pools and `close`. */
export function openDatabase(app_url: string, most = 16): Database {
  const system = poolAs(app_url, 'partnered_system', most)
  const auth = poolAs(app_url, 'partnered_auth', 4)
  return {
    system,
    auth,
    async close() {
      await Promise.all([system.end(), auth.end()])
    },
  }
}
