import type { Tx } from '#server/db/actor.ts'
import { listChanges } from '#server/features/log/changes.ts'
import { listViews } from '#server/features/log/views.ts'
import type { Again } from '#server/http/serve.ts'
import type { Bytes, Given } from '#shared/endpoint.ts'
import type { exportLog as endpoint } from '#shared/exports.ts'
import type { Change, View } from '#shared/log.ts'
import { type Cell, momentOf, type Put } from './cells.ts'
import { inSnapshot, logExport, refuseCrowd, type Table, tableFile } from './sending.ts'

type Asked = Given<typeof endpoint>['body']
type Line = Change | View
const page_size = 500

const changed = ({ field, before, after }: Change['changes'][number]) =>
  `${field}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`
const cellsOf = (line: Line): Cell[] => [
  momentOf(line.at),
  line.who,
  line.outside,
  line.channel,
  line.sentence,
  'changes' in line ? line.changes.map(changed).join('\n') : line.partner_name,
  'fields' in line ? line.fields.join(', ') : null,
]
const headings = {
  changes: ['When', 'Who', 'From outside', 'How', 'What happened', 'Before and after'],
  views: ['When', 'Who', 'From outside', 'How', 'What was seen', 'Partner', 'Fields'],
}

async function* pagesOf(tx: Tx, { lens, format: _, ...filter }: Asked): AsyncIterable<Line[]> {
  const list: (
    tx: Tx,
    query: typeof filter & { cursor?: string; limit: number },
  ) => Promise<{ items: Line[]; next: string | null }> = lens === 'changes' ? listChanges : listViews
  let cursor: string | undefined
  do {
    const { items, next } = await list(tx, { ...filter, ...(cursor ? { cursor } : {}), limit: page_size })
    yield items
    cursor = next ?? undefined
  } while (cursor)
}

async function writeJson(tx: Tx, asked: Asked, write: Put): Promise<void> {
  let open = '[\n'
  for await (const page of pagesOf(tx, asked)) {
    if (page.length === 0) continue
    await write(Buffer.from(open + page.map((line) => JSON.stringify(line)).join(',\n')))
    open = ',\n'
  }
  await write(Buffer.from(open === '[\n' ? '[]\n' : '\n]\n'))
}

/** Lines of the log, newest first, as a file; this export is the next line. */
export async function exportLog(tx: Tx, again: Again, asked: Asked): Promise<Bytes> {
  refuseCrowd()
  const { lens, format, ...filter } = asked
  await logExport(tx, 'log', { lens, format, filter })
  const name = lens === 'changes' ? 'Log of changes' : 'Log of views'
  if (format === 'json')
    return {
      name: `${name} ${tx.now().toISOString().slice(0, 10)}.json`,
      media_type: 'application/json; charset=utf-8',
      send: inSnapshot(again, (tx, write) => writeJson(tx, asked, write)),
    }
  const table: Table = {
    name,
    headings: headings[lens],
    async *pages(tx) {
      for await (const page of pagesOf(tx, asked))
        yield page.map((line) => cellsOf(line).slice(0, headings[lens].length))
    },
  }
  return tableFile(tx, again, 'csv', table)
}
