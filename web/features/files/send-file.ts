import { beginFile, type FileRow, finishFile, giveUpFile, mostFileBytes, pieceBytes, sendPiece } from '#shared/files.ts'
import { ApiProblem, call } from '../../api.ts'
import { fileSize } from '../../shell/file-words.ts'

const together = 3
const tries = 4

export type Target = { partner_id: string; deal_id: string | null; audience: 'team' | 'partner' }

/** Said before anything is sent. Out: null when the file may go. */
export function refusalOf(file: File): string | null {
  if (file.size > mostFileBytes) return `This file has ${fileSize(file.size)}. A file may have at most 25 MB.`
  if (file.size === 0) return 'This file is empty.'
  return null
}

/** The sum of all bytes, so that what arrives is what was sent. Browsers give it on safe addresses alone; elsewhere the server's counts. */
async function sumOf(file: File): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined
  const sum = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })

/** Again where the line broke or the server was busy; not where it said no. */
async function again<Result>(act: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (let n = 1; ; n++) {
    try {
      return await act()
    } catch (error) {
      const passing = error instanceof ApiProblem && (error.status === 0 || error.status >= 500)
      if (!passing || n >= tries) throw error
      await wait(500 * 2 ** n, signal)
    }
  }
}

/**
 * Sends one file in pieces, from where it was interrupted. In: the file, where it goes, whom to tell how much is there.
 * Out: the file as the team sees it. Errors: ApiProblem; AbortError when it was cancelled, and then nothing of it is kept.
 */
export async function sendFile(
  file: File,
  { partner_id, deal_id, audience }: Target,
  signal: AbortSignal,
  tell: (bytes: number) => void,
): Promise<FileRow> {
  const sha256 = await sumOf(file).catch(() => {
    throw new Error('This file cannot be read. It may have been moved.')
  })
  signal.throwIfAborted()
  const body = { name: file.name, size: file.size, ...(sha256 ? { sha256 } : {}), ...(deal_id ? { deal_id } : {}) }
  // Never cut off: what the server has begun without our hearing of it could not be given up.
  const upload = await again(() => call(beginFile, { params: { partner: partner_id }, body }), signal)
  const params = { file: upload.id }
  const left = Array.from({ length: upload.pieces }, (_, place) => place).filter(
    (place) => !upload.received.includes(place),
  )
  let done = Math.min(file.size, upload.received.length * pieceBytes)
  tell(done)
  const sendNext = async (): Promise<void> => {
    const place = left.shift()
    if (place === undefined) return
    const piece = file.slice(place * pieceBytes, (place + 1) * pieceBytes)
    await again(
      () => call(sendPiece, { params: { file: upload.id, place: String(place) }, body: piece }, { signal }),
      signal,
    )
    done += piece.size
    tell(done)
    return sendNext()
  }
  try {
    signal.throwIfAborted()
    await Promise.all(Array.from({ length: together }, sendNext))
    return await again(
      () => call(finishFile, { params, body: { audience, ...(sha256 ? { sha256 } : {}) } }, { signal }),
      signal,
    )
  } catch (error) {
    const lost = error instanceof ApiProblem && error.field('sha256') !== undefined
    if (signal.aborted || lost) await call(giveUpFile, { params }).catch(() => {})
    throw error
  }
}
