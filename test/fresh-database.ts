import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { asAdmin } from '#server/db/embedded/logins.ts'
import { withDatabase } from './database-url.ts'

export type FreshDatabase = { app_url: string; admin_url: string; drop(): Promise<void> }

/**
 * A migrated, empty database of one's own, copied from the template in some 50 ms.
 * Out: the URLs of the app's login and of the administrator, and `drop`, which ends open connections too.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const admin = inject('admin_base_url')
  const name = `partnered_test_${randomBytes(8).toString('hex')}`
  await asAdmin(admin, (client) =>
    client.query(`create database ${name} template ${inject('template')} strategy file_copy`),
  )
  return {
    app_url: withDatabase(inject('app_base_url'), name),
    admin_url: withDatabase(admin, name),
    drop: async () => {
      await asAdmin(admin, (client) => client.query(`drop database if exists ${name} with (force)`))
    },
  }
}
