import { setTimeout as wait } from 'node:timers/promises'
import autocannon from 'autocannon'
import { cpuOf, familyOf } from './cpu.ts'
import type { Measured } from './endpoints.ts'
import type { Side } from './sides.ts'

/** Requests a second, milliseconds of waiting, and milliseconds of processor time a request took in the server and in PostgreSQL. */
export type Figures = { rate: number; p50: number; p97: number; cpu: number }
export type Compared = {
  name: string
  bar: number | null
  ours: Figures
  limit: Figures
  ratio: number
  rounds: number[]
}

const cookie = (token: string) => ({ cookie: `partnered=${token}` })

async function drive(side: Side, { paths, token }: Measured, clients: number, seconds: number): Promise<Figures> {
  const others = familyOf(process.pid).slice(1)
  const before = cpuOf(others)
  const result = await autocannon({
    url: side.url,
    connections: clients,
    duration: seconds,
    sampleInt: 250,
    requests: paths.map((path) => ({ method: 'GET', path, headers: cookie(token) })),
  })
  if (result.errors || result.non2xx)
    throw new Error(`${paths[0]}: ${result.errors + result.non2xx} answers were no answers.`)
  const after = cpuOf(others)
  return {
    rate: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p97: result.latency.p97_5,
    cpu: before === null || after === null ? Number.NaN : (after - before) / result['2xx'],
  }
}

const median = (numbers: number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function middleOf(rounds: Figures[]): Figures {
  const of = (name: keyof Figures) => median(rounds.map((round) => round[name]))
  return { rate: of('rate'), p50: of('p50'), p97: of('p97'), cpu: of('cpu') }
}

/** One endpoint on both sides in turn, A B A B. Out: the medians and the ratio of their rates. */
export async function compare(
  { ours, limit }: { ours: Side; limit: Side },
  what: Measured,
  { clients, seconds, rounds }: { clients: number; seconds: number; rounds: number },
): Promise<Compared> {
  for (const side of [ours, limit]) await drive(side, what, clients, 1)
  const seen = { ours: [] as Figures[], limit: [] as Figures[] }
  for (let round = 0; round < rounds; round++) {
    for (const name of ['ours', 'limit'] as const) {
      seen[name].push(await drive({ ours, limit }[name], what, clients, seconds))
      await wait(100)
    }
  }
  const medians = { ours: middleOf(seen.ours), limit: middleOf(seen.limit) }
  return {
    name: what.name,
    bar: what.bar,
    ...medians,
    ratio: medians.ours.rate / medians.limit.rate,
    rounds: seen.ours.map((it, round) => it.rate / (seen.limit[round]?.rate ?? Number.NaN)),
  }
}

// Moments are written in two ways that mean the same.
const plain = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(/^(\d{4}-\d\d-\d\dT[\d:.]+)(Z|\+00:00)$/, '$1Z')
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, it]) => [key, plain(it)]),
  )
}

/** Makes sure that both sides answer the same; where a page goes on is each one's own word. Errors: shows the first difference. */
export async function checkSame(ours: Side, limit: Side, { name, paths, token }: Measured): Promise<void> {
  for (const path of paths) {
    const answers = await Promise.all(
      [ours, limit].map(async (side) => {
        const answer = await fetch(side.url + path, { headers: cookie(token) })
        if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
        const body = (await answer.json()) as { items?: unknown[]; next?: unknown }
        return JSON.stringify(plain(body.items ?? body))
      }),
    )
    const [a = '', b = ''] = answers
    if (a === b && a.length > 2) continue
    const at = [...a].findIndex((letter, place) => letter !== b[place])
    throw new Error(
      `${name}: the two sides differ at ${path}:\n  ${a.slice(Math.max(0, at - 60), at + 80)}\n  ${b.slice(Math.max(0, at - 60), at + 80)}`,
    )
  }
}
