import * as z from 'zod/mini'
import { dealId } from './deals.ts'
import { endpoint } from './endpoint.ts'
import { Audience } from './entries.ts'
import { cursor, id, limit, moment, page, word } from './fields.ts'
import { partnerId } from './partners.ts'

export const mostFileBytes = 25 * 1024 * 1024
/** A file travels in pieces of this size; the last one is what is left. */
export const pieceBytes = 256 * 1024
export const piecesOf = (size: number): number => Math.ceil(size / pieceBytes)

const shownAs: Record<string, 'image' | 'pdf'> = {
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/gif': 'image',
  'image/webp': 'image',
  'image/avif': 'image',
  'application/pdf': 'pdf',
}
/** What can be looked at in the page. In: what the bytes are. Out: null for everything that is only downloaded. */
export const previewOf = (media_type: string): 'image' | 'pdf' | null => shownAs[media_type] ?? null

/** A file as the team sees it. */
export const FileRow = z.object({
  id: id(),
  name: z.string(),
  /** What the bytes are, by the bytes. */
  media_type: z.string(),
  size: z.int(),
  deal: z.nullable(z.object({ id: id(), ref: z.string(), customer_company: z.string() })),
  author: z.object({ name: z.string(), outside: z.boolean() }),
  created_at: moment(),
  /** Whether somebody shared it, whether the partner's people can read it now, and why. */
  shared: z.boolean(),
  visible: z.boolean(),
  why: z.string(),
})
export type FileRow = z.output<typeof FileRow>

/** A file on its way in: the name it will have, and which of its pieces are here. */
export const Upload = z.object({
  id: id(),
  name: z.string(),
  size: z.int(),
  pieces: z.int(),
  received: z.array(z.int()),
})
export type Upload = z.output<typeof Upload>

const fileId = z.object({ file: id() })
const sha256 = () =>
  z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/, 'Write the SHA-256 as 64 small hexadecimal digits.')))
const place = () => z.string().check(z.regex(/^\d{1,2}$/))
const inline = z.optional(z.literal('1'))

export const listFiles = endpoint({
  id: 'list_files',
  method: 'GET',
  path: '/api/v1/partners/:partner/files',
  caller: 'team',
  says: 'Files of a partner and of its deals, newest first.',
  params: partnerId,
  query: z.strictObject({ cursor: cursor(), limit: limit() }),
  output: page(FileRow),
})
export const listDealFiles = endpoint({
  id: 'list_deal_files',
  method: 'GET',
  path: '/api/v1/deals/:deal/files',
  caller: 'team',
  says: 'Files of a deal, newest first.',
  params: dealId,
  query: z.strictObject({ cursor: cursor(), limit: limit() }),
  output: page(FileRow),
})
export const beginFile = endpoint({
  id: 'begin_file',
  method: 'POST',
  path: '/api/v1/partners/:partner/files',
  caller: 'team',
  says: 'Begin to send a file of up to 25 MB. The same file, interrupted within 12 hours, goes on where it was.',
  params: partnerId,
  body: z.strictObject({
    name: word(1000),
    size: z
      .int('Write the size in bytes.')
      .check(z.minimum(1, 'This file is empty.'), z.maximum(mostFileBytes, 'A file may have at most 25 MB.')),
    sha256: sha256(),
    deal_id: z.optional(z.nullable(id())),
  }),
  output: Upload,
})
export const sendPiece = endpoint({
  id: 'send_piece',
  method: 'PUT',
  path: '/api/v1/files/:file/pieces/:place',
  caller: 'team',
  says: 'Send one piece: 256 kB each, the last one what is left. Pieces may come in any order, and again.',
  params: z.object({ file: id(), place: place() }),
  body: 'bytes',
  most_bytes: pieceBytes,
  output: null,
})
export const finishFile = endpoint({
  id: 'finish_file',
  method: 'POST',
  path: '/api/v1/files/:file/finish',
  caller: 'team',
  says: 'All pieces are sent: they are summed up, compared, and the file is there. With audience `partner` it is shared after ten seconds.',
  params: fileId,
  body: z.strictObject({ audience: Audience, sha256: sha256() }),
  output: FileRow,
})
export const giveUpFile = endpoint({
  id: 'give_up_file',
  method: 'DELETE',
  path: '/api/v1/files/:file/pieces',
  caller: 'team',
  says: 'Give up a file that is not finished. Nothing of it is kept.',
  params: fileId,
  output: null,
})
export const shareFile = endpoint({
  id: 'share_file',
  method: 'POST',
  path: '/api/v1/files/:file/share',
  caller: 'team',
  says: 'Make this file visible to its partner, after ten seconds.',
  params: fileId,
  output: FileRow,
})
export const stopSharingFile = endpoint({
  id: 'stop_sharing_file',
  method: 'DELETE',
  path: '/api/v1/files/:file/share',
  caller: 'team',
  says: 'They no longer see this file from now on.',
  params: fileId,
  output: FileRow,
})
export const removeFile = endpoint({
  id: 'remove_file',
  method: 'DELETE',
  path: '/api/v1/files/:file',
  caller: 'team',
  says: 'Take a file away, for the team and for the partner. It can be put back for 30 days.',
  params: fileId,
  output: null,
})
export const putFileBack = endpoint({
  id: 'put_file_back',
  method: 'POST',
  path: '/api/v1/files/:file/put_back',
  caller: 'team',
  says: 'Bring a removed file back as it was, shared or not.',
  params: fileId,
  output: FileRow,
})
export const getFileContent = endpoint({
  id: 'get_file_content',
  method: 'GET',
  path: '/api/v1/files/:file/content',
  caller: 'team',
  says: 'The bytes of a file, to download; with `inline`, a picture or a PDF to look at.',
  params: fileId,
  query: z.strictObject({ inline }),
  output: 'bytes',
})

/** A file as a contact sees it; its moment is when it was shared. */
export const PortalFile = z.object({
  id: id(),
  name: z.string(),
  media_type: z.string(),
  size: z.int(),
  deal: z.nullable(z.object({ ref: z.string(), customer_company: z.string() })),
  created_at: moment(),
  by_partner: z.boolean(),
  author_name: z.nullable(z.string()),
})
export type PortalFile = z.output<typeof PortalFile>
export const listPortalFiles = endpoint({
  id: 'list_portal_files',
  method: 'GET',
  path: '/api/v1/p/:workspace/files',
  caller: 'contact',
  says: 'Files shared with you, or those of one deal, newest first.',
  params: z.object({ workspace: word(120) }),
  query: z.strictObject({ ref: z.optional(word(40)), cursor: cursor(), limit: limit() }),
  output: page(PortalFile),
  reads: 'files',
})
export const getPortalFileContent = endpoint({
  id: 'get_portal_file_content',
  method: 'GET',
  path: '/api/v1/p/:workspace/files/:file/content',
  caller: 'contact',
  says: 'The bytes of a file shared with you. `view_as`: the contact a member looks as, where a link cannot carry a header.',
  params: z.object({ workspace: word(120), file: id() }),
  query: z.strictObject({ inline, view_as: z.optional(id()) }),
  output: 'bytes',
  reads: 'file',
})
export const fileEndpoints = [
  listFiles,
  listDealFiles,
  beginFile,
  sendPiece,
  finishFile,
  giveUpFile,
  shareFile,
  stopSharingFile,
  removeFile,
  putFileBack,
  getFileContent,
  listPortalFiles,
  getPortalFileContent,
]
