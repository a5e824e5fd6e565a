import { createHash } from 'node:crypto'
import { beginFile, type FileRow, finishFile, pieceBytes, sendPiece } from '#shared/files.ts'
import type { Person } from './world.ts'

export const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
export const pieceOf = (bytes: Uint8Array, place: number): Uint8Array =>
  bytes.subarray(place * pieceBytes, (place + 1) * pieceBytes)

/** The smallest picture there is. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

/** Sends a file as the page does: begun, piece by piece, finished with its sum. */
export async function sendFile(
  who: Person,
  partner: string,
  it: { name: string; bytes: Uint8Array; audience?: 'team' | 'partner'; deal_id?: string },
): Promise<FileRow> {
  const { name, bytes, audience = 'team', deal_id } = it
  const sha256 = sumOf(bytes)
  const upload = await who.does(beginFile, {
    params: { partner },
    body: { name, size: bytes.length, sha256, ...(deal_id ? { deal_id } : {}) },
  })
  for (let place = 0; place < upload.pieces; place++)
    await who.does(sendPiece, {
      params: { file: upload.id, place: String(place) },
      body: pieceOf(bytes, place) as never,
    })
  return who.does(finishFile, { params: { file: upload.id }, body: { audience, sha256 } })
}
