import { availableParallelism, cpus, totalmem } from 'node:os'
import type { Compared, Figures } from './load.ts'
import type { Size } from './sizes.ts'

export type Report = {
  size: Size
  rows: Record<string, number | string>
  pace: { clients: number; rounds: number; seconds: number }
  results: Compared[]
  memory: number
  start: { seconds: number; node: number | null; all: number | null }
}

const number = (n: number | string | undefined) => (typeof n === 'number' ? n.toLocaleString('en') : String(n))
const times = ({ p50, p97 }: Figures) => `${p50.toFixed(0)} / ${p97.toFixed(0)} ms`
const mb = (bytes: number | null) => (bytes === null ? 'unknown' : `${Math.round(bytes / 1e6)} MB`)

/** The figures as a Markdown table. */
export function table(results: Compared[]): string {
  const head = ['Endpoint', 'Ours, req/s', 'Limit, req/s', 'Ratio', 'Bar', 'Ours p50 / p97.5', 'Limit p50 / p97.5']
  const lines = results.map(({ name, ours, limit, ratio, bar }) => [
    name,
    number(Math.round(ours.rate)),
    number(Math.round(limit.rate)),
    ratio.toFixed(2),
    bar === null ? '' : bar.toFixed(1),
    times(ours),
    times(limit),
  ])
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** The whole page for docs/performance.md. */
export function page({ size, rows, pace, results, memory, start }: Report): string {
  return `# How fast it is

TODO
${table(results)} ${size.name} ${number(rows.partners)} ${pace.rounds} ${mb(memory)} ${start.seconds} ${availableParallelism()} ${cpus()[0]?.model} ${mb(totalmem())}
`
}
