import type { Tx } from '#server/db/actor.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { dayWords } from '#server/features/deals/visibility.ts'
import { ids, pageOf, readPlace } from '#server/http/cursor.ts'
import { forbidden, notFound } from '#server/http/errors.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { listFiles as endpoint, FileRow } from '#shared/files.ts'
import { permissionTexts } from '#shared/permissions.ts'

// What keeps file `f` from the partner: `s` is its running share, `d` its deal, `p` the partner.
const barrier = sql`case
  when s.id is null then 'Team only'
  when s.effective_at > (select app.now()) then 'Leaves in a few seconds'
  when p.archived_at is not null then 'This partner is archived'
  when not p.sees_notes then '"' || ${permissionTexts.sees_notes.title}::text || '" is off'
  when d.id is not null and not p.sees_deals then '"' || ${permissionTexts.sees_deals.title}::text || '" is off'
  when d.id is not null and d.shared_from is null then 'Its deal is not shared'
  when d.id is not null and d.shared_from > (select app.now()) then 'Its deal leaves in a few seconds' end`

const listed = (wanted: Sql, limit: number): Sql => sql`
  select f.id, f.name, f.media_type, f.size, f.created_at,
    case when d.id is not null then json_build_object('id', d.id, 'ref', d.ref, 'customer_company', d.customer_company) end as deal,
    json_build_object('name', coalesce(
        (select c.name from contacts c where c.org_id = f.org_id and c.id = f.contact_id),
        (select m.name from members m where m.org_id = f.org_id and m.id = f.member_id),
        'Someone no longer here'),
      'outside', f.contact_id is not null) as author,
    s.id is not null as shared, ${barrier} is null as visible,
    coalesce(${barrier}, 'Shared by ' || sm.name || ' on ' || ${dayWords(sql`s.shared_at`)}) as why
  from (
    select f.* from files f where f.completed_at is not null and f.removed_at is null and ${wanted}
    order by f.created_at desc, f.id desc limit ${limit}) f
  join partners p on p.org_id = f.org_id and p.id = f.partner_id
  left join deals d on d.org_id = f.org_id and d.id = f.deal_id
  left join shares s on s.org_id = f.org_id and s.file_id = f.id and s.stopped_at is null
  left join members sm on sm.org_id = s.org_id and sm.id = s.shared_by
  order by f.created_at desc, f.id desc`

type Page = Given<typeof endpoint>['query']

async function page(tx: Tx, there: Sql, wanted: Sql, { cursor, limit = 50 }: Page): Promise<Answer<typeof endpoint>> {
  const from = readPlace(cursor, ids)
  const after = from ? sql`${wanted} and (f.created_at, f.id) < (${from.at}::timestamptz, ${from.key}::uuid)` : wanted
  const [found, rows] = await Promise.all([tx.row(there), tx.rows<FileRow>(listed(after, limit + 1))])
  if (!found) throw notFound()
  return pageOf(rows, limit, (file) => ({ at: file.created_at, key: file.id }))
}

/** Files of a partner and of its deals, newest first. */
export const listFiles = (tx: Tx, partner: string, query: Page): Promise<Answer<typeof endpoint>> =>
  page(tx, sql`select 1 from partners where id = ${partner}::uuid`, sql`f.partner_id = ${partner}::uuid`, query)

/** Files of one deal, newest first. */
export const listDealFiles = (tx: Tx, deal: string, query: Page): Promise<Answer<typeof endpoint>> =>
  page(tx, sql`select 1 from deals where id = ${deal}::uuid`, sql`f.deal_id = ${deal}::uuid`, query)

/** One file that is there. Errors: 404. */
export async function readFile(tx: Tx, file: string): Promise<FileRow> {
  const it = await tx.row<FileRow>(listed(sql`f.id = ${file}::uuid`, 1))
  if (!it) throw notFound()
  return it
}

/** Takes a file away for everybody. Whether it was shared stays written, so that putting it back is whole. */
export async function removeFile(tx: Tx, file: string): Promise<undefined> {
  const at = await tx.row<{ can: boolean }>(sql`
    select app.can_work_with(f.partner_id) as can from files f
    where f.id = ${file}::uuid and f.completed_at is not null and f.removed_at is null`)
  if (!at) throw notFound()
  if (!at.can) throw forbidden()
  await tx.run(sql`update files set removed_at = app.now() where id = ${file}::uuid`)
  await tx.run(sql`select app.enqueue('clear_file', ${file}::uuid, app.now() + interval '30 days')`)
}

/** Puts a removed file back as it was, while its bytes are kept. */
export async function putFileBack(tx: Tx, file: string): Promise<FileRow> {
  const at = await tx.row<{ can: boolean }>(sql`
    select app.can_work_with(f.partner_id) as can from files f
    where f.id = ${file}::uuid and f.completed_at is not null and (f.removed_at is null or f.removed_at > app.now() - interval '30 days')`)
  if (!at) throw notFound()
  if (!at.can) throw forbidden()
  await tx.run(sql`update files set removed_at = null where id = ${file}::uuid and removed_at is not null`)
  return readFile(tx, file)
}
