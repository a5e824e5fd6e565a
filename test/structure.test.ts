import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiDescription } from '#server/http/openapi.ts'
import { endpoints } from '#shared/endpoints.ts'
import { type FreshDatabase, freshDatabase } from './fresh-database.ts'

const root = new URL('..', import.meta.url).pathname
let fresh: FreshDatabase
let client: pg.Client

beforeAll(async () => {
  fresh = await freshDatabase()
  client = new pg.Client({ connectionString: fresh.admin_url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await fresh.drop()
})

const names = async (text: string) => (await client.query(text)).rows.map((row) => row.name as string)

describe('Every table', () => {
  test('has row-level security, enabled and not forced', async () => {
    expect(
      await names(
        "select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and (not c.relrowsecurity or c.relforcerowsecurity)",
      ),
    ).toEqual([])
  })
  test('has the restrictive policy of the company, for every role', async () => {
    expect(
      await names(`select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'company' and not p.polpermissive and p.polroles = '{0}')`),
    ).toEqual([])
  })
  test('begins every key and every index with the company, but for those that work reads by itself', async () => {
    expect(
      await names(`select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
        where c.relnamespace = 'public'::regnamespace and not c.relispartition
          and coalesce((select a.attname from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0]), '') <> 'org_id'
          and (i.indisunique or i.indexrelid::regclass::text not in ('members_person', 'contacts_person', 'invitations_token', 'invitations_mailed', 'merged_records_workspace', 'outbox_due', 'outbox_by_id', 'due_work_open', 'due_work_by_id', 'mail_links_token', 'deals_paused', 'deals_protected', 'read_records_of_record'))`),
    ).toEqual([])
  })
  test('refers to others by company and id', async () => {
    expect(
      await names(`select c.conrelid::regclass || '.' || c.conname as name from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace
        and (select a.attname from pg_attribute a where a.attrelid = c.conrelid and a.attnum = c.conkey[1]) <> 'org_id'`),
    ).toEqual([])
  })
  test('and every function that acts for its owner fixes where it looks', async () => {
    expect(
      await names(
        "select p.proname as name from pg_proc p where p.pronamespace in ('app'::regnamespace, 'portal'::regnamespace) and p.prosecdef and not coalesce(array_to_string(p.proconfig, ','), '') like '%search_path=%'",
      ),
    ).toEqual([])
  })
  test('no policy asks who is connected', async () => {
    expect(
      await names(
        "select polname as name from pg_policy p where pg_get_expr(polqual, polrelid) ~* 'current_user|session_user'",
      ),
    ).toEqual([])
  })
})

describe('The API', () => {
  test('is described as it was agreed', async () => {
    await expect(`${JSON.stringify(apiDescription(), null, 1)}\n`).toMatchFileSnapshot('./openapi.snap')
  })
  test('names every endpoint and every address once', () => {
    const ids = endpoints.map((endpoint) => endpoint.id)
    const places = endpoints.map((endpoint) => `${endpoint.method} ${endpoint.path.replace(/:\w+/g, ':')}`)
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(places).size).toBe(places.length)
  })
  test('says of every endpoint for contacts what they read through it', () => {
    expect(
      endpoints.filter((endpoint) => endpoint.caller === 'contact' && !endpoint.reads).map((endpoint) => endpoint.id),
    ).toEqual([])
  })
})

async function sources(folder: string): Promise<string[]> {
  const found = await readdir(join(root, folder), { withFileTypes: true, recursive: true })
  return found
    .filter((file) => file.isFile() && /\.(ts|tsx|mjs)$/.test(file.name))
    .map((file) => join(file.parentPath, file.name).slice(root.length))
}
const product = async () =>
  (
    await Promise.all(
      ['bin', 'db', 'shared', 'server', 'web', 'bench'].map((folder) => sources(folder).catch(() => [])),
    )
  )
    .flat()
    .filter((file) => !/\.test\.tsx?$/.test(file))

describe('The source', () => {
  test('is written in files of a size to read', async () => {
    const sizes = await Promise.all(
      (await product()).map(async (file) => ({
        file,
        lines: (await readFile(join(root, file), 'utf8')).split('\n').length - 1,
      })),
    )
    const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b)
    expect(sizes.filter(({ lines }) => lines > 400)).toEqual([])
    expect(sorted[Math.floor(sorted.length * 0.5)]).toBeLessThanOrEqual(80)
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThanOrEqual(220)
  })

  const rules: [who: RegExp, may_not: RegExp, but: RegExp][] = [
    [/^shared\//, /^(#|pg|fastify|react|\.\.\/)/, /^$/],
    [/^web\//, /^#(server|db|test)\//, /^$/],
    [/^web\/ui\//, /(^#|\.\.\/(features|shell|api|query|router|paths))/, /^$/],
    [/^web\/shell\//, /features\//, /^$/],
    [/^server\/(?!db\/|http\/constraints)/, /^pg$/, /^server\/auth\/auth\.ts$/],
    [/^server\/(db|http|mail|auth)\//, /features\//, /^$/],
  ]
  test('imports in one direction', async () => {
    const broken: string[] = []
    for (const file of await product()) {
      const text = await readFile(join(root, file), 'utf8')
      for (const [, from = ''] of text.matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)) {
        for (const [who, may_not, but] of rules)
          if (who.test(file) && may_not.test(from) && !but.test(file)) broken.push(`${file} imports ${from}`)
      }
    }
    expect(broken).toEqual([])
  })
  test('reads the environment in one place', async () => {
    const files = (await product()).filter((file) => file.startsWith('server/'))
    const readers: string[] = []
    for (const file of files) if (/process\.env\b/.test(await readFile(join(root, file), 'utf8'))) readers.push(file)
    expect(readers.sort()).toEqual(['server/main.ts'])
  })
  test('keeps the settings of a transaction inside it', async () => {
    const leaks: string[] = []
    for (const file of [
      ...(await product()),
      ...(await readdir(join(root, 'db/rules'))).map((name) => `db/rules/${name}`),
    ]) {
      const text = await readFile(join(root, file), 'utf8')
      if (!file.startsWith('bench/') && /set_config\([^)]*,\s*false\)/.test(text)) leaks.push(file)
    }
    expect(leaks).toEqual([])
  })
  test('has no circle of imports', async () => {
    const files = await product()
    const known = new Set(files)
    const imports = new Map<string, string[]>()
    for (const file of files) {
      const text = await readFile(join(root, file), 'utf8')
      const found = [...text.matchAll(/(?:^|\n)\s*(?:import|export)\s(?!type\b)[^'"]*from\s*['"]([^'"]+)['"]/g)].map(
        ([, from = '']) => (from.startsWith('#') ? from.slice(1) : from.startsWith('.') ? join(file, '..', from) : ''),
      )
      imports.set(
        file,
        found.filter((one) => known.has(one)),
      )
    }
    const done = new Set<string>()
    const circles: string[] = []
    const walk = (file: string, path: string[]) => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      if (path.includes(file) || done.has(file)) return
      for (const next of imports.get(file) ?? []) walk(next, [...path, file])
      done.add(file)
    }
    for (const file of files) walk(file, [])
    expect(circles).toEqual([])
  })
})
