import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Put } from './cells.ts'

/** Adds one file to the zip. In: its name, and what writes its bytes. */
export type Add = (name: string, content: (put: Put) => Promise<void>) => Promise<void>

/**
 * Writes a zip piece by piece. In: where its bytes go, what fills it, the moment its files carry.
 * Returns when nothing of it runs any more. Errors: those of `fill` and of `write`.
 */
export async function writeZip(write: Put, at: Date, fill: (add: Add) => Promise<void>): Promise<void> {
  const zip = new ZipFile()
  const over = new AbortController()
  const bytes = zip.outputStream as PassThrough
  const stop = (error: Error) => {
    over.abort(error)
    bytes.destroy(error)
    throw error
  }
  zip.on('error', (error: Error) => bytes.destroy(error))
  const add: Add = async (name, content) => {
    over.signal.throwIfAborted()
    const entry = new PassThrough({ highWaterMark: 262_144 })
    entry.on('error', () => {})
    zip.addReadStream(entry, name, { mtime: at, compress: true })
    await content(async (piece) => {
      over.signal.throwIfAborted()
      if (!entry.write(piece)) await once(entry, 'drain', { signal: over.signal })
    })
    entry.end()
  }
  const filling = fill(add)
    .then(() => zip.end())
    .catch(stop)
  const sending = (async () => {
    for await (const piece of bytes) await write(piece as Uint8Array)
  })().catch(stop)
  const ends = await Promise.allSettled([sending, filling])
  const broken = ends.find((end) => end.status === 'rejected')
  if (broken) throw over.signal.reason ?? broken.reason
}
