// Prints the database to db/schema.sql and docs/visibility.md. --check: says whether they are as printed.
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asAdmin, createAppLogin } from '#server/db/embedded/logins.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'
import { printSchema } from '#server/db/print/schema.ts'
import { printVisibility } from '#server/db/print/visibility.ts'

const at = (path: string) => new URL(`../${path}`, import.meta.url)

async function print(): Promise<Record<string, string>> {
  const name = `partnered_print_${process.pid}`
  const given = process.env.TEST_ADMIN_URL
  const server = given
    ? null
    : await startEmbedded({ data: join(tmpdir(), `partnered-print-${randomUUID()}`), test: true })
  const url = new URL(given ?? server?.admin_url ?? '')
  const server_url = url.href
  url.pathname = `/${name}`
  const app_login = given ? 'partnered_test_app' : 'partnered_app'
  if (given) await createAppLogin({ admin_url: given, login: app_login, password: randomUUID() })
  try {
    await asAdmin(server_url, (client) => client.query(`create database ${name}`))
    await migrate({ admin_url: url.href, app_login })
    return await asAdmin(url.href, async (client) => ({
      'db/schema.sql': await printSchema(client),
      'docs/visibility.md': await printVisibility(client),
    }))
  } finally {
    await asAdmin(server_url, (client) => client.query(`drop database if exists ${name} with (force)`))
    await server?.stop()
  }
}

async function run() {
  const printed = await print()
  if (!process.argv.includes('--check')) {
    await mkdir(at('docs'), { recursive: true })
    for (const [path, text] of Object.entries(printed)) await writeFile(at(path), text)
    return
  }
  const stale: string[] = []
  for (const [path, text] of Object.entries(printed))
    if ((await readFile(at(path), 'utf8').catch(() => '')) !== text) stale.push(path)
  if (stale.length === 0) return
  console.error(
    `${stale.join(' and ')} ${stale.length > 1 ? 'are' : 'is'} not what the database is now. Run "npm run schema" and keep the result.`,
  )
  process.exitCode = 1
}

await run()
