import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import { conflict, forbidden, notFound } from '#server/http/errors.ts'
import type { FileRow } from '#shared/files.ts'
import { readFile } from './files.ts'

type State = { can: boolean; archived: boolean; shared: boolean; deal_shared: boolean; legal_name: string }

async function stateOf(tx: Tx, file: string): Promise<State> {
  const state = await tx.row<State>(sql`
    select app.can_work_with(f.partner_id) as can, p.archived_at is not null as archived, f.shared_from is not null as shared,
      f.deal_id is null or d.shared_from is not null as deal_shared, p.legal_name
    from files f
    join partners p on p.org_id = f.org_id and p.id = f.partner_id
    left join deals d on d.org_id = f.org_id and d.id = f.deal_id
    where f.id = ${file}::uuid and f.completed_at is not null and f.removed_at is null`)
  if (!state) throw notFound()
  if (!state.can) throw forbidden()
  return state
}

/** Makes this very file visible to its partner, after ten seconds. There is no copy: what they download is what the team sees. */
export async function shareFile(tx: Tx, file: string): Promise<FileRow> {
  const { archived, shared, deal_shared, legal_name } = await stateOf(tx, file)
  if (archived) throw conflict(`${legal_name} is archived. Restore it first.`)
  if (shared) throw conflict('This file is shared already.', await readFile(tx, file))
  if (!deal_shared) throw conflict(`${legal_name} does not see this file's deal. Share the deal first.`)
  await tx.run(sql`
    insert into shares (org_id, id, partner_id, file_id, shared_by, shared_at, effective_at)
    select f.org_id, ${newId()}::uuid, f.partner_id, f.id, app.member(), app.now(), app.now() + interval '10 seconds'
    from files f where f.id = ${file}::uuid`)
  return readFile(tx, file)
}

/** Within ten seconds: as if it never was. Later: they no longer see it from now on. */
export async function stopSharingFile(tx: Tx, file: string): Promise<FileRow> {
  await stateOf(tx, file)
  const [, , it] = await Promise.all([
    tx.run(sql`delete from shares where file_id = ${file}::uuid and stopped_at is null and effective_at > app.now()`),
    tx.run(
      sql`update shares set stopped_at = app.now(), stopped_by = app.member() where file_id = ${file}::uuid and stopped_at is null`,
    ),
    readFile(tx, file),
  ])
  return it
}
