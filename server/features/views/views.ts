import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { join, type Sql, sql } from '#server/db/sql.ts'
import { conflict, forbidden, notFound } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type {
  addSavedView as addEndpoint,
  editSavedView as editEndpoint,
  listSavedViews as listEndpoint,
  SavedView,
} from '#shared/saved-views.ts'

const edits = sql`(v.member_id = (select app.member()) or (select app.team_role()) = 'admin')`
const view = sql`select v.id, v.screen, v.name, v.query, v.shared, v.version,
  exists (select from view_pins p where p.org_id = v.org_id and p.view_id = v.id and p.member_id = (select app.member())) as pinned,
  coalesce((select m.name from members m where m.org_id = v.org_id and m.id = v.member_id), 'Someone no longer here') as by,
  json_build_object('edit', ${edits}) as can
  from views v`

async function read(tx: Tx, id: string): Promise<SavedView> {
  const it = await tx.row<SavedView>(sql`${view} where v.id = ${id}::uuid and v.removed_at is null`)
  if (!it) throw notFound()
  return it
}

/** One's own views and those shared with the team, oldest first. */
export async function listViews(tx: Tx): Promise<Answer<typeof listEndpoint>> {
  const items = await tx.rows<SavedView>(sql`${view} where v.removed_at is null order by v.created_at, v.id limit 200`)
  const { team_role } = await tx.entered
  return { items, can: { share: team_role !== 'read_only' } }
}

export async function addView(
  tx: Tx,
  { screen, name, query, shared }: Given<typeof addEndpoint>['body'],
): Promise<SavedView> {
  await mayShare(tx, shared)
  const id = newId()
  await tx.run(sql`
    insert into views (org_id, id, member_id, screen, name, query, shared, created_at, updated_at)
    values (app.org(), ${id}::uuid, app.member(), ${screen}, ${name}, ${query}, ${shared}, app.now(), app.now())`)
  return read(tx, id)
}

/** Changes what is named. Errors: 404 for a view they do not see, 403 for one that is not theirs to change, 409 when it is another version. */
export async function editView(
  tx: Tx,
  id: string,
  { version, name, query, shared }: Given<typeof editEndpoint>['body'],
): Promise<SavedView> {
  const now = await read(tx, id)
  if (!now.can.edit) throw notTheirs(now)
  await mayShare(tx, shared === true)
  if (now.version !== version) throw conflict('Someone changed this view since you opened it.', now)
  const sets: Sql[] = []
  if (name !== undefined) sets.push(sql`name = ${name}`)
  if (query !== undefined) sets.push(sql`query = ${query}`)
  if (shared !== undefined) sets.push(sql`shared = ${shared}`)
  if (sets.length > 0) {
    const changed = await tx.run(
      sql`update views set ${join(sets, ', ')} where id = ${id}::uuid and version = ${version}`,
    )
    if (!changed) throw conflict('Someone changed this view since you opened it.', await read(tx, id))
  }
  return read(tx, id)
}

/** Takes a view away from everybody who has it. */
export async function removeView(tx: Tx, id: string): Promise<undefined> {
  const now = await read(tx, id)
  if (!now.can.edit) throw notTheirs(now)
  await tx.run(sql`update views set removed_at = app.now() where id = ${id}::uuid`)
  return undefined
}

export async function restoreView(tx: Tx, id: string): Promise<SavedView> {
  const back = await tx.run(sql`
    update views v set removed_at = null where v.id = ${id}::uuid and v.removed_at is not null and ${edits}`)
  if (!back) throw notFound()
  return read(tx, id)
}

/** Pins a view to one's own sidebar, or takes it off. Errors: 422 when five are pinned. */
export async function pinView(tx: Tx, id: string, pinned: boolean): Promise<SavedView> {
  const now = await read(tx, id)
  if (pinned && !now.pinned)
    await tx.run(sql`
      insert into view_pins (org_id, member_id, view_id, created_at) values (app.org(), app.member(), ${id}::uuid, app.now())`)
  if (!pinned) await tx.run(sql`delete from view_pins where view_id = ${id}::uuid`)
  return read(tx, id)
}

async function mayShare(tx: Tx, shared: boolean): Promise<void> {
  const { team_role } = await tx.entered
  if (shared && team_role === 'read_only') throw forbidden('Members and admins share views. Keep it for yourself.')
}

const notTheirs = ({ by }: SavedView) => forbidden(`${by} made this view. Ask them or an admin.`)
