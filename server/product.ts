import type { Config } from '#server/config.ts'
import type { Auth } from './auth/auth.ts'
import type { Database } from './db/pool.ts'
import type { Courier } from './mail/courier.ts'

/** What the running product is made of; main.ts and the tests put it together. */
export type Product = {
  config: Config
  database: Database
  auth: Auth
  courier: Courier
  /** Tests move it; without it every moment is the database's own. */
  clock?: (() => Date) | undefined
  /** Speaks to whoever started the server, on its console. */
  say(line: string): void
}
