import type { Tx } from '#server/db/actor.ts'
import { sql } from '#server/db/sql.ts'
import { Refusal } from '#server/http/errors.ts'
import type { Again } from '#server/http/serve.ts'
import type { Bytes } from '#shared/endpoint.ts'
import type { Cell, Put } from './cells.ts'
import { csvLine, csvStart } from './csv.ts'
import { writeXlsx } from './xlsx.ts'

export type Table = {
  name: string
  headings: readonly string[]
  /** Read in one snapshot, page by page. */
  pages(tx: Tx): AsyncIterable<readonly (readonly Cell[])[]>
}

const most_at_once = 3
const ask_again_ms = 1000
let under_way = 0

/** Each export keeps a connection until its reader is done; the others are for everyone else. Errors: 503 when too many are under way. */
export function refuseCrowd(): void {
  if (under_way < most_at_once) return
  throw new Refusal(
    {
      status: 503,
      code: 'busy',
      title: 'One moment',
      detail: 'Several exports are being made. Try again in a minute.',
    },
    60,
  )
}

/** As in an address: a chip that names nothing chooses nothing. */
export const filled = <Filter extends object>(filter: Filter): Filter =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => !Array.isArray(value) || value.length > 0)) as Filter

/** The row in the log without which nothing leaves. In: what is taken out, and which part of it. Errors: 403 for who may not. */
export const logExport = (tx: Tx, what: string, details: Record<string, unknown>): Promise<number> =>
  tx.run(sql`select app.log_export(${what}, ${JSON.stringify(details)}::jsonb)`)

/**
 * Reads in one snapshot while the bytes leave, and stops within a second when the reader's access ends.
 * In: a further transaction, what writes. Out: what `send` of a file is.
 */
export function inSnapshot(again: Again, act: (tx: Tx, write: Put) => Promise<void>): Bytes['send'] {
  return async (write) => {
    under_way++
    try {
      let asked = Date.now()
      await again(
        (tx) =>
          act(tx, async (piece) => {
            if (Date.now() - asked > ask_again_ms) {
              await again(async ({ entered }) => entered)
              asked = Date.now()
            }
            await write(piece)
          }),
        { snapshot: true },
      )
    } finally {
      under_way--
    }
  }
}

const kinds = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

async function writeCsv(tx: Tx, table: Table, write: Put): Promise<void> {
  await write(Buffer.from(csvStart + csvLine(table.headings)))
  for await (const page of table.pages(tx)) if (page.length > 0) await write(Buffer.from(page.map(csvLine).join('')))
}

/** A table as a file. In: when, the format, the table. */
export function tableFile(tx: Tx, again: Again, format: keyof typeof kinds, table: Table): Bytes {
  const at = tx.now()
  return {
    name: `${table.name} ${at.toISOString().slice(0, 10)}.${format}`,
    media_type: kinds[format],
    send: inSnapshot(again, async (tx, write) => {
      if (format === 'csv') return writeCsv(tx, table, write)
      await writeXlsx(write, { ...table, at }, async (add) => {
        for await (const page of table.pages(tx)) await add(page)
      })
    }),
  }
}
