import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants, setPriority } from 'node:os'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Input, Opened } from './opening.ts'

export type Sheet = Omit<Opened, 'rows'>
const most_seconds = 180
const tooMuch = 'This file holds more than can be read at once. Split it and bring the parts one by one.'

const reader = fileURLToPath(new URL('./reader.ts', import.meta.url))
const project = fileURLToPath(new URL('../../../', import.meta.url))
// No more memory than this, and few threads.
const lean = ['--max-old-space-size=192', '--max-semi-space-size=4', '--single-threaded-gc', '--v8-pool-size=0']
// It opens what it is written in, and nothing else: no other file, no program.
const flags = [...lean, '--permission', `--allow-fs-read=${project}*`]

const unreadable = (problem: string): Sheet => ({
  refused: problem,
  kind: 'partners',
  columns: [],
  unknown: [],
  sheets: [],
})

/**
 * Reads a sheet in a process of its own, which goes last and may use so much memory and time and no more: the server goes on whatever the file does.
 * In: the sheet and what it is compared with. Out: what it is; `rows` then hands over its rows, some at a time, as JSON, and waits for each to be dealt with.
 */
export async function readApart({
  file,
  ...about
}: Input): Promise<{ sheet: Sheet; rows(take: (json: string) => Promise<void>): Promise<void>; end(): void }> {
  const child = spawn(process.execPath, [...flags, reader], { env: {}, stdio: 'pipe' })
  goLast(child.pid)
  const ended = once(child, 'close').catch((error: Error) => [error])
  const wrong = text(child.stderr)
  const timer = setTimeout(() => child.kill('SIGKILL'), most_seconds * 1000)
  const end = () => {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
  // Whoever ends early does not hear the rest; how it ended says why.
  child.stdin.on('error', () => {})
  child.stdin.write(`${JSON.stringify(about)}\n`)
  child.stdin.end(file)
  const lines = linesOf(child.stdout)
  try {
    const first = await lines.next()
    clearTimeout(timer)
    if (first.done) await refuse()
    return {
      sheet: JSON.parse(first.value ?? ''),
      async rows(take) {
        for await (const line of lines) await take(line)
        const [code] = await ended
        if (code !== 0) await refuse()
      },
      end,
    }
  } catch (error) {
    end()
    if (!(error instanceof TooMuch)) throw error
    return { sheet: unreadable(error.message), rows: async () => {}, end }
  }

  /** A fault of ours is told as one; whatever else ends it was too much for it. */
  async function refuse(): Promise<never> {
    const [code] = await ended
    if (code instanceof Error) throw code
    throw code === 1 ? new Error(await wrong) : new TooMuch(tooMuch)
  }
}

// Whoever works in the product goes first. Said before it begins, so that every thread it starts goes last too.
function goLast(pid: number | undefined): void {
  try {
    if (pid) setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It has ended already, or may not be told.
  }
}

async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string, void> {
  let begun = ''
  for await (const chunk of stream.setEncoding('utf8')) {
    const [end = '', ...more] = String(chunk).split('\n')
    begun += end
    for (const next of more) {
      yield begun
      begun = next
    }
  }
}

class TooMuch extends Error {}
