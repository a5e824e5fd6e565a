import { readFile } from 'node:fs/promises'
import { availableParallelism, cpus, totalmem } from 'node:os'
import type { Compared, Figures } from './load.ts'
import type { Size } from './sizes.ts'

export type Report = {
  size: Size
  rows: Record<string, number | string>
  pace: { clients: number; rounds: number; seconds: number }
  results: Compared[]
  memory: number
  /** How many processes wanted a processor before the run, ours not among them. */
  load: number
  start: { seconds: number; node: number | null; all: number | null }
}

const number = (n: number | string | undefined) => (typeof n === 'number' ? n.toLocaleString('en') : String(n))
const times = ({ p50, p97 }: Figures) => `${p50.toFixed(0)} / ${p97.toFixed(0)} ms`
const work = ({ cpu }: Figures) => (Number.isNaN(cpu) ? 'unknown' : `${cpu.toFixed(2)} ms`)
export const mb = (bytes: number | null) => (bytes === null ? 'unknown' : `${Math.round(bytes / 1e6)} MB`)

/** The figures as a Markdown table. */
export function table(results: Compared[]): string {
  const head = [
    'Page',
    'Ours, req/s',
    'Limit, req/s',
    'Ratio',
    'Bar',
    'Ours p50 / p97.5',
    'Limit p50 / p97.5',
    'Ours CPU',
    'Limit CPU',
  ]
  const lines = results.map(({ name, ours, limit, ratio, bar }) => [
    name,
    number(Math.round(ours.rate)),
    number(Math.round(limit.rate)),
    ratio.toFixed(2),
    bar === null ? '' : bar.toFixed(1),
    times(ours),
    times(limit),
    work(ours),
    work(limit),
  ])
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const template = new URL('performance-page.md', import.meta.url)

/** The whole page for docs/performance.md: its words stand in performance-page.md, the figures come from this run. */
export async function page({ size, rows, pace, results, memory, start, load }: Report): Promise<string> {
  const figures: Record<string, string> = {
    table: table(results),
    rounds: results.map(({ name, rounds }) => `- ${name}: ${rounds.map((it) => it.toFixed(2)).join(', ')}`).join('\n'),
    date: new Date().toISOString().slice(0, 10),
    cores: String(availableParallelism()),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    machine_memory: `${Math.round(totalmem() / 1e9)} GB`,
    node: process.versions.node,
    postgres: String(rows.postgres),
    size: size.name,
    rows: ['companies', 'partners', 'contacts', 'deals', 'entries', 'reads']
      .map(
        (name) =>
          `${number(rows[name])} ${name === 'entries' ? 'timeline entries' : name === 'reads' ? 'read records' : name}`,
      )
      .join(', '),
    clients: String(pace.clients),
    pace: `${pace.rounds} rounds of ${pace.seconds} seconds`,
    load: load.toFixed(1),
    start: start.seconds.toFixed(1),
    memory_start: mb(start.node),
    memory_all: mb(start.all),
    memory_load: mb(memory),
  }
  const text = await readFile(template, 'utf8')
  return text.replace(/\{(\w+)\}/g, (_, name: string) => figures[name] ?? '')
}
