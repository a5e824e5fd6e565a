import type { Tx } from '#server/db/actor.ts'
import { nothing, type Sql, sql } from '#server/db/sql.ts'
import { invalid, notFound } from '#server/http/errors.ts'
import type { BulkChange } from '#shared/bulk.ts'

/** A change of many partners `p`, as SQL speaks of it and as people do. */
export type Change = {
  /** What the sentence names: "status". */
  field: string
  /** "to Dormant", "add Gold". */
  to: string
  /** What `p` is today, in words; null where the sentence does not say it. */
  today: Sql | null
  /** Would `p` be another one afterwards? */
  differs: Sql
  /** Owner and archive are for the partner's owner and for admins. */
  decides: boolean
  /** Carries it out for the partners `p` that `which` chooses. */
  run(tx: Tx, which: Sql): Promise<void>
}

const statuses = { onboarding: 'Onboarding', active: 'Active', dormant: 'Dormant' }
const today = {
  status: sql`initcap(p.status)`,
  type: sql`coalesce((select t.name from partner_types t where t.key = p.type), 'none')`,
  owner: sql`coalesce((select m.name from members m where m.id = p.owner_id), 'nobody')`,
}
const set = (column: Sql) => async (tx: Tx, which: Sql) => {
  await tx.run(sql`update partners p set ${column} where ${which}`)
}

/** In: what was asked. Out: the change. Errors: 404 for tags and people that are not there, 422 for a type that is not listed. */
export async function readChange(tx: Tx, asked: BulkChange): Promise<Change> {
  const { status, type, owner_id, add_tag_ids, remove_tag_ids, archived } = asked
  const tags = add_tag_ids ?? remove_tag_ids
  if ([status, type, owner_id, tags, archived].filter((it) => it !== undefined).length !== 1)
    throw invalid('change', 'Choose one thing to change.')
  if (status) return statusChange(status)
  if (type !== undefined) return typeChange(tx, type)
  if (owner_id !== undefined) return ownerChange(tx, owner_id)
  if (archived) return archiving
  return tagChange(tx, add_tag_ids ?? [], remove_tag_ids ?? [])
}

const archiving: Change = {
  field: 'archive',
  to: '',
  today: null,
  differs: sql`p.archived_at is null`,
  decides: true,
  run: set(sql`archived_at = app.now()`),
}

const statusChange = (status: NonNullable<BulkChange['status']>): Change => ({
  field: 'status',
  to: `to ${statuses[status]}`,
  today: today.status,
  differs: sql`p.status <> ${status}`,
  decides: false,
  run: set(sql`status = ${status}`),
})

async function typeChange(tx: Tx, type: string | null): Promise<Change> {
  const listed =
    type === null
      ? { name: 'none' }
      : await tx.row<{ name: string }>(sql`
    select t.name from partner_types t where t.key = ${type} and t.archived_at is null`)
  if (!listed) throw invalid('change.type', 'Choose one of your types.')
  return {
    field: 'type',
    to: `to ${listed.name}`,
    today: today.type,
    differs: sql`p.type is distinct from ${type}::text`,
    decides: false,
    run: set(sql`type = ${type}`),
  }
}

async function ownerChange(tx: Tx, owner: string | null): Promise<Change> {
  const person =
    owner === null
      ? { name: 'nobody', gone: false }
      : await tx.row<{ name: string; gone: boolean }>(sql`
          select m.name, m.deactivated_at is not null as gone from members m where m.id = ${owner}::uuid`)
  if (!person) throw notFound()
  if (person.gone) throw invalid('change.owner_id', 'This person is no longer on the team.')
  return {
    field: 'owner',
    to: `to ${person.name}`,
    today: today.owner,
    differs: sql`p.owner_id is distinct from ${owner}::uuid`,
    decides: true,
    async run(tx, which) {
      // Whoever hands over a partner that only picked people see stays one of them.
      await tx.run(sql`
        insert into partner_members (org_id, partner_id, member_id, level, created_at)
        select p.org_id, p.id, p.owner_id, 'work', app.now() from partners p
        where p.team_access = 'picked' and p.owner_id is not null and ${which}
        on conflict (org_id, partner_id, member_id) do update set level = 'work' where partner_members.level <> 'work'`)
      await set(sql`owner_id = ${owner}::uuid`)(tx, which)
    },
  }
}

async function tagChange(tx: Tx, add: readonly string[], remove: readonly string[]): Promise<Change> {
  if (add.length + remove.length === 0) throw invalid('change', 'Choose what to change.')
  if (add.some((tag) => remove.includes(tag))) throw invalid('change', 'A tag is either added or removed.')
  const wanted = [...new Set([...add, ...remove])]
  const known = await tx.rows<{ id: string; name: string }>(sql`
    select t.id, t.name from tags t where t.id = any(${wanted}::uuid[]) order by t.name`)
  if (known.length < wanted.length) throw notFound()
  const names = (ids: readonly string[]) =>
    known
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .join(', ')
  const worn = sql`select pt.tag_id from partner_tags pt where pt.org_id = p.org_id and pt.partner_id = p.id`
  return {
    field: add.length + remove.length === 1 ? 'tag' : 'tags',
    to: [add.length ? `add ${names(add)}` : '', remove.length ? `remove ${names(remove)}` : '']
      .filter(Boolean)
      .join(', '),
    today: null,
    differs: sql`((${add}::uuid[] <> '{}' and exists (select from unnest(${add}::uuid[]) a where a not in (${worn})))
      ${remove.length ? sql`or exists (select from (${worn}) w where w.tag_id = any(${remove}::uuid[]))` : nothing})`,
    decides: false,
    async run(tx, which) {
      // Taking off first would change who still matches a filter by tag: both see the partners as they were.
      await tx.run(sql`
        with them as materialized (select p.org_id, p.id from partners p where ${which}),
        off as (
          delete from partner_tags pt using them
          where pt.org_id = them.org_id and pt.partner_id = them.id and pt.tag_id = any(${remove}::uuid[]))
        insert into partner_tags (org_id, partner_id, tag_id)
        select them.org_id, them.id, tag from them, unnest(${add}::uuid[]) tag
        on conflict do nothing`)
    },
  }
}
