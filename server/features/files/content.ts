import type { Tx } from '#server/db/actor.ts'
import { type Sql, sql } from '#server/db/sql.ts'
import { notFound } from '#server/http/errors.ts'
import type { Again } from '#server/http/serve.ts'
import type { Bytes } from '#shared/endpoint.ts'
import { piecesOf, previewOf } from '#shared/files.ts'

type Head = { name: string; media_type: string; size: number; sha256: string }

/** Each piece in a short transaction of its own, asked again whether they may: whoever loses access gets no further. */
function bytesOf(
  { name, media_type, size, sha256 }: Head,
  piece: (place: number) => Sql,
  again: Again,
  inline: boolean,
): Bytes {
  const preview = previewOf(media_type)
  return {
    name,
    // What is not looked at in the page is a file to save, whatever it calls itself.
    media_type: preview ? media_type : 'application/octet-stream',
    size,
    etag: sha256,
    inline: inline && preview !== null,
    async send(write) {
      for (let place = 0; place < piecesOf(size); place++) {
        const it = await again((tx) => tx.row<{ bytes: Buffer }>(piece(place)))
        if (!it) throw notFound()
        await write(it.bytes)
      }
    },
  }
}

/** A file for the team. Where the partner can see it too, the look is on record. */
export async function readContent(tx: Tx, again: Again, file: string, inline: boolean): Promise<Bytes> {
  const head = await tx.row<Head>(sql`
    with it as materialized (
      select f.id, f.partner_id, f.name, f.media_type, f.size, f.sha256, f.shared_from is not null as shared
      from files f where f.id = ${file}::uuid and f.completed_at is not null and f.removed_at is null),
    seen as materialized (select app.record_read('file', r.partner_id, array[r.id], array['bytes']) from it r where r.shared)
    select it.name, it.media_type, it.size, it.sha256 from it left join seen on true`)
  if (!head) throw notFound()
  const piece = (place: number) => sql`
    select c.bytes from file_chunks c where c.place = ${place} and c.file_id = (select f.id from files f where f.id = ${file}::uuid and f.removed_at is null)`
  return bytesOf(head, piece, again, inline)
}

/** A file shared with the contact who asks. */
export async function readPortalContent(tx: Tx, again: Again, file: string, inline: boolean): Promise<Bytes> {
  const head = await tx.row<Head>(sql`
    with it as materialized (select f.id, f.name, f.media_type, f.size, f.sha256 from portal.files f where f.id = ${file}::uuid)
    select it.name, it.media_type, it.size, it.sha256
    from it cross join (select app.record_read('file', null, array_agg(r.id), array['bytes']) from it r having count(*) > 0) seen`)
  if (!head) throw notFound()
  const piece = (place: number) => sql`
    select c.bytes from portal.file_chunks c where c.file_id = ${file}::uuid and c.place = ${place}`
  return bytesOf(head, piece, again, inline)
}
