import { addMember } from '#shared/company.ts'
import type { Input } from '#shared/endpoint.ts'
import { checkImport, getImport, type Import, listImportRows, runImport, startImport } from '#shared/imports.ts'
import { createWorld, type Person, type World } from './world.ts'

type Said = Omit<Input<typeof checkImport>['body'], 'version'>
type At = { id: string; version: number }

/** A company whose members bring sheets, and what they do with them: each step waits until it is done. */
export async function createImporting() {
  const world: World = await createWorld()
  const dana = await world.found('Us', 'Dana Reyes', 'dana@us.example')
  const ira_id = (await dana.does(addMember, { body: { name: 'Ira Novak', email: 'ira@us.example', role: 'member' } }))
    .id
  await dana.does(addMember, { body: { name: 'Lee Park', email: 'lee@us.example', role: 'member' } })
  await dana.does(addMember, { body: { name: 'Mei Sato', email: 'mei@us.example', role: 'read_only' } })
  const ira = await world.signIn('Ira Novak', 'ira@us.example')
  const mei = await world.signIn('Mei Sato', 'mei@us.example')

  const start = (who: Person, bytes: Buffer | string, file_name = 'partners.csv') =>
    who.call(startImport, { query: { file_name }, body: bytes as never })
  const now = (id: string, who = dana): Promise<Import> => who.does(getImport, { params: { import: id } })
  return {
    world,
    dana,
    ira,
    ira_id,
    mei,
    start,
    now,
    /** Brings a sheet and waits until it is read. */
    async bring(who: Person, bytes: Buffer | string, file_name?: string) {
      const { body } = await start(who, bytes, file_name)
      await world.settle()
      return { body: await now(body.id, who) }
    },
    /** Says something about an import and waits until it is read again. */
    async say(it: At, said: Said) {
      await dana.does(checkImport, { params: { import: it.id }, body: { version: it.version, ...said } })
      await world.settle()
      return now(it.id)
    },
    /** Imports what was checked and waits until it is done. */
    async run(it: At) {
      await dana.does(runImport, { params: { import: it.id }, body: { version: it.version } })
      await world.settle()
      return now(it.id)
    },
    rows: async (id: string, show: 'duplicates' | 'broken' | 'typos' | 'new') =>
      (await dana.does(listImportRows, { params: { import: id }, query: { show } })).items,
    everything: () => everything(world),
  }
}

/** Everything of the company but what each change moves by itself. */
async function everything(world: World): Promise<string> {
  const tables = [
    'partners',
    'partner_slugs',
    'partner_tags',
    'contacts',
    'entries',
    'deals',
    'custom_values',
    'tags',
    'notifications',
    'outbox',
    'shares',
    'different_partners',
  ]
  const one = (table: string) =>
    `'${table}', (select jsonb_agg(to_jsonb(t) - '{version,updated_at}'::text[] order by to_jsonb(t)::text) from ${table} t)`
  const { rows } = await world.admin.query(`select md5(jsonb_build_object(${tables.map(one).join(', ')})::text) as it`)
  return rows[0].it
}
