import { createHash } from 'node:crypto'
import type { Tx } from '#server/db/actor.ts'
import { newId } from '#server/db/ids.ts'
import { sql } from '#server/db/sql.ts'
import { conflict, forbidden, invalid, notFound } from '#server/http/errors.ts'
import type { Given } from '#shared/endpoint.ts'
import {
  type beginFile as beginEndpoint,
  type FileRow,
  type finishFile as finishEndpoint,
  pieceBytes,
  piecesOf,
  type Upload,
} from '#shared/files.ts'
import { readFile } from './files.ts'
import { safeName } from './names.ts'
import { shareFile } from './sharing.ts'
import { sniff } from './sniff.ts'

type Coming = { id: string; name: string; size: number; sha256: string | null; completed: boolean; can: boolean }

const lengthOf = (size: number, place: number) => Math.min(pieceBytes, size - place * pieceBytes)

/** Begins to take a file in, or goes on with the same one that was interrupted. Everything that can be refused by its size is refused here. */
export async function beginFile(tx: Tx, partner: string, it: Given<typeof beginEndpoint>['body']): Promise<Upload> {
  const at = await tx.row<{ can: boolean; archived: boolean; legal_name: string; deal_there: boolean }>(sql`
    select app.can_work_with(p.id) as can, p.archived_at is not null as archived, p.legal_name,
      ${it.deal_id ?? null}::uuid is null or exists (
        select from deals d where d.org_id = p.org_id and d.partner_id = p.id and d.id = ${it.deal_id ?? null}::uuid) as deal_there
    from partners p where p.id = ${partner}::uuid`)
  if (!at) throw notFound()
  if (!at.can) throw forbidden()
  if (at.archived) throw conflict(`${at.legal_name} is archived. Restore it first.`)
  if (!at.deal_there) throw invalid('deal_id', 'Choose a deal of this partner.')
  const name = safeName(it.name)
  const begun = await tx.row<{ id: string; received: number[] }>(sql`
    select f.id, array(select c.place from file_chunks c where c.file_id = f.id order by c.place) as received
    from files f
    where f.partner_id = ${partner}::uuid and f.deal_id is not distinct from ${it.deal_id ?? null}::uuid and f.completed_at is null and f.member_id = app.member()
      and f.name = ${name} and f.size = ${it.size} and f.sha256 = ${it.sha256 ?? null} and f.created_at > app.now() - interval '12 hours'
    order by f.created_at desc limit 1`)
  const upload = { name, size: it.size, pieces: piecesOf(it.size) }
  if (begun) return { ...upload, ...begun }
  const id = newId()
  await tx.run(sql`
    insert into files (org_id, id, partner_id, deal_id, name, size, sha256, member_id, created_at)
    values (app.org(), ${id}::uuid, ${partner}::uuid, ${it.deal_id ?? null}::uuid, ${name}, ${it.size}, ${it.sha256 ?? null}, app.member(), app.now())`)
  await tx.run(sql`select app.enqueue('clear_file', ${id}::uuid, app.now() + interval '1 day')`)
  return { id, ...upload, received: [] }
}

const coming = (tx: Tx, file: string, lock = sql``) =>
  tx.row<Coming>(sql`
    select f.id, f.name, f.size, f.sha256, f.completed_at is not null as completed, app.can_work_with(f.partner_id) as can
    from files f where f.id = ${file}::uuid and f.member_id = app.member() and f.removed_at is null ${lock}`)

/** Keeps one piece. The same piece again changes nothing. */
export async function sendPiece(tx: Tx, file: string, place: number, bytes: Uint8Array): Promise<undefined> {
  const it = await coming(tx, file)
  if (!it || place >= piecesOf(it.size)) throw notFound()
  if (!it.can) throw forbidden()
  if (it.completed) throw conflict('This file is finished already.')
  const wanted = lengthOf(it.size, place)
  const length = bytes instanceof Uint8Array ? bytes.length : 0
  if (length !== wanted) throw invalid('body', `Piece ${place} has ${wanted} bytes, ${length} came.`)
  await tx.run(sql`
    insert into file_chunks (org_id, file_id, place, bytes) values (app.org(), ${file}::uuid, ${place}, ${bytes}) on conflict do nothing`)
}

/** Sums up what came, one piece in memory at a time. Out: the sum, and what the bytes are. Errors: 422 when a piece is missing. */
async function sumUp(tx: Tx, { id, size }: Coming): Promise<{ sha256: string; media_type: string }> {
  const hash = createHash('sha256')
  let media_type = ''
  for (let place = 0; place < piecesOf(size); place++) {
    const piece = await tx.row<{ bytes: Buffer }>(
      sql`select bytes from file_chunks where file_id = ${id}::uuid and place = ${place}`,
    )
    if (piece?.bytes.length !== lengthOf(size, place))
      throw invalid('pieces', `Piece ${place} is not here yet. Send it again.`)
    if (place === 0) media_type = sniff(piece.bytes)
    hash.update(piece.bytes)
  }
  return { sha256: hash.digest('hex'), media_type }
}

/** All of it is here: compared with its sum, the file is there, and shared if that was wanted. Asked again, it answers the same. */
export async function finishFile(
  tx: Tx,
  file: string,
  { audience, sha256 }: Given<typeof finishEndpoint>['body'],
): Promise<FileRow> {
  const it = await coming(tx, file, sql`for update of f`)
  if (!it) throw notFound()
  if (!it.can) throw forbidden()
  if (it.completed) return readFile(tx, file)
  const found = await sumUp(tx, it)
  for (const wanted of [it.sha256, sha256])
    if (wanted && wanted !== found.sha256)
      throw invalid('sha256', 'What arrived is not what was sent. Nothing was kept; send the file again.')
  await tx.run(sql`
    update files set media_type = ${found.media_type}, sha256 = ${found.sha256}, completed_at = app.now() where id = ${file}::uuid`)
  return audience === 'partner' ? shareFile(tx, file) : readFile(tx, file)
}

/** Nothing of it is kept. */
export async function giveUpFile(tx: Tx, file: string): Promise<undefined> {
  const it = await coming(tx, file)
  if (!it) throw notFound()
  if (!it.can) throw forbidden()
  if (it.completed) throw conflict('This file is finished already. Remove it instead.')
  await tx.run(sql`delete from files where id = ${file}::uuid`)
}
