import type { Tx } from '#server/db/actor.ts'
import { nothing, sql } from '#server/db/sql.ts'
import { ids, pageOf, readPlace } from '#server/http/cursor.ts'
import type { Answer, Given } from '#shared/endpoint.ts'
import type { listPortalFiles as endpoint, PortalFile } from '#shared/files.ts'

/** Files shared with them, or those of one deal they see, the newest share first. */
export async function listPortalFiles(
  tx: Tx,
  { ref, cursor, limit = 50 }: Given<typeof endpoint>['query'],
): Promise<Answer<typeof endpoint>> {
  const from = readPlace(cursor, ids)
  const it = await tx.row<{ rows: PortalFile[] }>(sql`
    with page as materialized (
      select f.id, f.name, f.media_type, f.size, f.shared_at as created_at, f.by_partner, f.author_name,
        (select json_build_object('ref', d.ref, 'customer_company', d.customer_company) from portal.deals d where d.id = f.deal_id) as deal
      from portal.files f
      where ${ref ? sql`f.deal_id = (select d.id from portal.deals d where d.ref = ${ref})` : sql`true`}
        ${from ? sql`and (f.shared_at, f.id) < (${from.at}::timestamptz, ${from.key}::uuid)` : nothing}
      order by f.shared_at desc, f.id desc limit ${limit + 1}),
    shown as (select id from page order by created_at desc, id desc limit ${limit})
    select (select coalesce(json_agg(page order by created_at desc, id desc), '[]') from page) as rows,
      (select app.record_read('files', null, coalesce(array_agg(r.id), '{}'), array['name', 'size', 'author']) from shown r) as seen`)
  return pageOf(it?.rows ?? [], limit, (file) => ({ at: file.created_at, key: file.id }))
}
