import { randomBytes, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { asAdmin, createAppLogin } from '#server/db/embedded/logins.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'
import { withDatabase } from './database-url.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The name of the migrated database that every test's own is copied from. */
    template: string
    /** The server's URLs; freshDatabase() puts the name of a database in. */
    admin_base_url: string
    app_base_url: string
  }
}

async function reachServer(): Promise<{ app_url: string; admin_url: string; stop(): Promise<void> }> {
  const admin_url = process.env.TEST_DATABASE_ADMIN_URL
  if (!admin_url) return startEmbedded({ data: join(tmpdir(), `partnered-test-${randomUUID()}`), test: true })
  const login = 'partnered_test_app'
  const password = randomBytes(18).toString('base64url')
  await createAppLogin({ admin_url, login, password })
  const app = new URL(admin_url)
  app.username = login
  app.password = password
  return { app_url: app.href, admin_url, stop: async () => {} }
}

/**
 * One server for the whole run, thrown away at its end: the built-in one, or that of TEST_DATABASE_ADMIN_URL (a superuser's).
 * The structure and rules are applied once, to the database that the others are copied from.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await reachServer()
  const template = `partnered_template_${process.pid}`
  const admin = withDatabase(server.admin_url, 'postgres')
  const drop = `drop database if exists ${template} with (force)`
  const end = async () => {
    await asAdmin(admin, (client) => client.query(drop)).catch(() => {})
    await server.stop()
  }
  try {
    await asAdmin(admin, async (client) => {
      await client.query(drop)
      await client.query(`create database ${template}`)
    })
    await migrate({
      admin_url: withDatabase(admin, template),
      app_login: decodeURIComponent(new URL(server.app_url).username),
    })
  } catch (error) {
    await end()
    throw error
  }
  project.provide('template', template)
  project.provide('admin_base_url', admin)
  project.provide('app_base_url', server.app_url)
  return end
}
