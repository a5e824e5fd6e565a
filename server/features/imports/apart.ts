import { Worker } from 'node:worker_threads'
import type { Input } from './opening.ts'
import type { Told } from './thread.ts'

export type Sheet = Extract<Told, { is: 'sheet' }>['sheet']
const most_seconds = 180
const most_heap_mb = 192
const tooMuch = 'This file holds more than can be read at once. Split it and bring the parts one by one.'

const unreadable = (problem: string): Sheet => ({
  refused: problem,
  kind: 'partners',
  columns: [],
  unknown: [],
  sheets: [],
})

/**
 * Reads a sheet in a thread of its own, which may use so much memory and time and no more: the server goes on whatever the file does.
 * In: the sheet and what it is compared with. Out: what it is; `rows` then hands over its rows, some at a time, as JSON, and waits for each to be dealt with.
 */
export async function readApart(
  input: Input,
): Promise<{ sheet: Sheet; rows(take: (json: string) => Promise<void>): Promise<void>; end(): Promise<void> }> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: input,
    transferList: [input.file.buffer],
    resourceLimits: { maxOldGenerationSizeMb: most_heap_mb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  })
  const told: Told[] = []
  let ended: Error | null = null
  let wake = () => {}
  worker.on('message', (message: Told) => {
    told.push(message)
    wake()
  })
  const stop = (error: Error) => {
    ended ??= error
    wake()
  }
  worker.on('error', (error: Error & { code?: string }) =>
    stop(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new TooMuch(tooMuch) : error),
  )
  worker.on('exit', () => stop(new TooMuch(tooMuch)))
  const next = async (): Promise<Told> => {
    while (told.length === 0) {
      if (ended) throw ended
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return told.shift()!
  }
  const timer = setTimeout(() => {
    stop(new TooMuch(tooMuch))
    void worker.terminate()
  }, most_seconds * 1000)
  const end = async () => {
    clearTimeout(timer)
    await worker.terminate()
  }
  try {
    const first = await next()
    clearTimeout(timer)
    if (first.is !== 'sheet') throw new Error('The reader said its rows before its sheet.')
    return {
      sheet: first.sheet,
      async rows(take) {
        for (;;) {
          worker.postMessage('more')
          const message = await next()
          if (message.is !== 'rows') return
          await take(message.json)
        }
      },
      end,
    }
  } catch (error) {
    await end()
    if (!(error instanceof TooMuch)) throw error
    return { sheet: unreadable(error.message), rows: async () => {}, end: async () => {} }
  }
}

class TooMuch extends Error {}
