import pg from 'pg'

/**
 * Makes the login that the app uses, or gives it this password: no superuser, inherits nothing, enters roles one transaction at a time.
 * In: the administrator's URL, the login's name and password. Errors: the database's own.
 */
export async function createAppLogin({
  admin_url,
  login = 'partnered_app',
  password,
}: {
  admin_url: string
  login?: string
  password: string
}): Promise<void> {
  await asAdmin(admin_url, async (client) => {
    const name = pg.escapeIdentifier(login)
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [login])
    await client.query(
      `${rowCount ? 'alter' : 'create'} role ${name} login noinherit password ${pg.escapeLiteral(password)}`,
    )
  })
}

/** Makes a database unless it is there. In: the URL of another database on the same server, and its name. */
export async function createDatabase(admin_url: string, name: string): Promise<void> {
  await asAdmin(admin_url, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (!rowCount) await client.query(`create database ${pg.escapeIdentifier(name)}`)
  })
}

/** One connection as the administrator, closed at the end. */
export async function asAdmin<Result>(admin_url: string, act: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: admin_url })
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}
