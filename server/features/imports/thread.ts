// Runs in a thread of its own, started by apart.ts.
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { newId } from '#server/db/ids.ts'
import { nameKey } from '#server/features/partners/identity.ts'
import { slugOf, workspaceOf } from '#server/features/partners/slugs.ts'
import { type DealRow, type Input, type Opened, openSheet, type PartnerRow } from './opening.ts'

/** A row as the table of rows takes it. */
export type Kept = {
  line: number
  state: string
  decision: string
  typo: boolean
  record_id: string
  slug: string | null
  name_key: string | null
  same_id: string | null
  row: unknown
}
export type Told = { is: 'sheet'; sheet: Omit<Opened, 'rows'> } | { is: 'rows'; json: string } | { is: 'end' }

const rows_at_once = 100
const port = parentPort!
const tell = (message: Told) => port.postMessage(message)

function keep(row: PartnerRow | DealRow): Kept {
  const { line, state, decision } = row
  const about = { line, state, decision, record_id: newId() }
  if ('deal' in row) return { ...about, typo: false, slug: null, name_key: null, same_id: null, row }
  const name = row.partner?.legal_name ?? ''
  return {
    ...about,
    typo: state !== 'dropped' && row.contacts.some((contact) => contact.email_suggested),
    slug: name ? slugOf(name) : null,
    name_key: name ? nameKey(name) : null,
    same_id: row.duplicate_of?.partner_id ?? null,
    // The end of the workspace's address: only code makes one that nobody guesses.
    row: { ...row, end: workspaceOf('').slice(1) },
  }
}

// On Linux a priority is a thread's own: whoever works in the product goes first. Elsewhere it would be the whole server's.
if (process.platform === 'linux') setPriority(19)

const { rows, ...sheet } = openSheet(workerData as Input)
tell({ is: 'sheet', sheet })
const left = rows[Symbol.iterator]()
port.on('message', () => {
  const some: Kept[] = []
  for (let at = 0; at < rows_at_once; at++) {
    const { value, done } = left.next()
    if (done) break
    some.push(keep(value))
  }
  tell(some.length > 0 ? { is: 'rows', json: JSON.stringify(some) } : { is: 'end' })
})
