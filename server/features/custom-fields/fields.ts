import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { join, sql } from '#server/db/sql.ts'
import { conflict, forbidden, invalid, notFound } from '#server/http/errors.ts'
import type {
  addCustomField as addEndpoint,
  CustomField,
  editCustomField as editEndpoint,
  listCustomFields as listEndpoint,
} from '#shared/custom-fields.ts'
import type { Answer, Given } from '#shared/endpoint.ts'

const field = sql`f.id, f.name, f.purpose, f.kind, f.choices, f.archived_at is not null as archived, f.version,
  (select count(*)::int from custom_values v where v.org_id = f.org_id and v.field_id = f.id) as filled`

async function admins(tx: Tx): Promise<void> {
  const { team_role } = await tx.entered
  if (team_role !== 'admin') throw forbidden('Admins add and change fields. Ask an admin.')
}

/** The fields in their order, archived ones last. */
export async function listCustomFields(tx: Tx): Promise<Answer<typeof listEndpoint>> {
  const items = await tx.rows<CustomField>(
    sql`select ${field} from custom_fields f order by f.archived_at is not null, f.place, f.id`,
  )
  const { team_role } = await tx.entered
  return { items, can: { edit: team_role === 'admin' } }
}

function refuseTwins(names: readonly string[]): void {
  const plain = names.map((name) => name.toLowerCase())
  if (new Set(plain).size < plain.length) throw invalid('choices', 'Write each choice once.')
}

/** Adds a field at the end. The database keeps them at ten. */
export async function addCustomField(
  tx: Tx,
  { name, purpose, kind, choices = [] }: Given<typeof addEndpoint>['body'],
): Promise<CustomField> {
  await admins(tx)
  if (kind === 'choice' && choices.length === 0) throw invalid('choices', 'Write at least one choice.')
  if (kind !== 'choice' && choices.length > 0) throw invalid('choices', 'Only a field of choices has choices.')
  refuseTwins(choices)
  const added = await tx.row<CustomField>(sql`
    insert into custom_fields as f (org_id, id, name, purpose, kind, choices, place, created_at)
    values (app.org(), ${newId()}::uuid, ${name}, ${purpose}, ${kind}, ${choices}::text[],
      (select coalesce(max(o.place), 0) + 1 from custom_fields o), app.now())
    returning ${field}`)
  return added!
}

/** Changes what is named. Where a choice is called otherwise, partners that have it follow; a choice left out stays on them. */
export async function editCustomField(
  tx: Tx,
  id: string,
  { version, name, purpose, choices, archived }: Given<typeof editEndpoint>['body'],
): Promise<CustomField> {
  await admins(tx)
  const read = () => tx.row<CustomField>(sql`select ${field} from custom_fields f where f.id = ${id}::uuid`)
  const before = await read()
  if (!before) throw notFound()
  const sets = [
    sql`name = coalesce(${name ?? null}::text, name), purpose = coalesce(${purpose ?? null}::text, purpose)`,
  ]
  if (archived !== undefined)
    sets.push(archived ? sql`archived_at = coalesce(archived_at, app.now())` : sql`archived_at = null`)
  if (choices) {
    if (before.kind !== 'choice') throw invalid('choices', 'Only a field of choices has choices.')
    if (choices.length === 0) throw invalid('choices', 'Write at least one choice.')
    refuseTwins(choices.map((choice) => choice.name))
    sets.push(sql`choices = ${choices.map((choice) => choice.name)}::text[]`)
  }
  const changed = await tx.run(
    sql`update custom_fields set ${join(sets, ', ')} where id = ${id}::uuid and version = ${version}`,
  )
  if (!changed) throw conflict('Someone changed this field since you opened it.', await read())
  const renamed = (choices ?? []).filter((choice) => choice.was !== undefined && choice.was !== choice.name)
  if (renamed.length > 0)
    await tx.run(sql`
      update custom_values v set text_value = r.name, updated_at = app.now()
      from unnest(${renamed.map((it) => it.was)}::text[], ${renamed.map((it) => it.name)}::text[]) r(was, name)
      where v.field_id = ${id}::uuid and v.text_value = r.was`)
  return (await read())!
}

/** Another order of those in use. */
export async function orderCustomFields(tx: Tx, ids: readonly string[]): Promise<Answer<typeof listEndpoint>> {
  await admins(tx)
  const placed = await tx.run(sql`
    update custom_fields f set place = o.place
    from (select id, place from unnest(${ids}::uuid[]) with ordinality o(id, place)) o
    where f.id = o.id and f.archived_at is null`)
  const list = await listCustomFields(tx)
  if (placed !== ids.length || placed !== list.items.filter((it) => !it.archived).length)
    throw conflict('The fields changed since you opened this.', list)
  await tx.run(sql`select app.log_event('list_order', null, null, '{"list": "fields"}'::jsonb)`)
  return list
}
