// A program of its own, started by apart.ts: a sheet comes in, what it says goes out, a line of JSON each.
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { newId } from '#server/db/ids.ts'
import { nameKey } from '#server/features/partners/identity.ts'
import { slugOf, workspaceOf } from '#server/features/partners/slugs.ts'
import { type DealRow, openSheet, type PartnerRow } from './opening.ts'

/** A row as the table of rows takes it. */
type Kept = {
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

const rows_at_once = 100
const newline = 10

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

/** Waits until it is taken, so that a large sheet is never told all at once. */
async function tell(it: unknown): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(it)}\n`)) await once(process.stdout, 'drain')
}

const given = await buffer(process.stdin)
const end = given.indexOf(newline)
const { rows, ...sheet } = openSheet({ ...JSON.parse(given.toString('utf8', 0, end)), file: given.subarray(end + 1) })
await tell(sheet)
let some: Kept[] = []
for (const row of rows) {
  some.push(keep(row))
  if (some.length < rows_at_once) continue
  await tell(some)
  some = []
}
if (some.length > 0) await tell(some)
