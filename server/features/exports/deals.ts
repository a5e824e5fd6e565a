import type { Tx } from '#server/db/actor.ts'
import { join, sql } from '#server/db/sql.ts'
import { dealConditions, listDeals } from '#server/features/deals/deals.ts'
import type { Again } from '#server/http/serve.ts'
import type { Bytes, Given } from '#shared/endpoint.ts'
import type { exportDeals as endpoint } from '#shared/exports.ts'
import { amount } from './amount.ts'
import { type Cell, dayOf, momentOf } from './cells.ts'
import { filled, logExport, refuseCrowd, tableFile } from './sending.ts'

type Asked = Given<typeof endpoint>['body']
type Row = {
  ref: string
  partner: string
  kind: string
  customer_company: string
  customer_domain: string | null
  customer_contact_name: string | null
  customer_contact_email: string | null
  customer_contact_phone: string | null
  value_minor: number | null
  currency: string | null
  expected_close: string | null
  ask: string
  stage: string
  answer: string
  outcome: string | null
  reason: string | null
  our_owner: string
  their_owner: string | null
  direction: string
  shared_from: string | null
  last_activity_at: string
  created_at: string
}

const page_size = 1000
const words: Record<string, string> = {
  lead: 'Lead',
  referral: 'Referral',
  co_sell: 'Co-sell',
  given: 'Us',
  received: 'Them',
  pending: 'Pending',
  accepted: 'Accepted',
  declined: 'Declined',
  won: 'Won',
  lost: 'Lost',
}
const columns: [heading: string, (row: Row) => Cell][] = [
  ['Reference', (row) => row.ref],
  ['Customer', (row) => row.customer_company],
  ['Customer website', (row) => row.customer_domain],
  ['Partner', (row) => row.partner],
  ['Kind', (row) => words[row.kind]],
  ['Who brought it', (row) => words[row.direction]],
  ['Stage', (row) => row.stage],
  ['Answer', (row) => words[row.answer]],
  ['Outcome', (row) => row.outcome && words[row.outcome]],
  ['Reason', (row) => row.reason],
  ['Value', (row) => amount(row.value_minor, row.currency)],
  ['Currency', (row) => row.currency],
  ['Expected close', (row) => dayOf(row.expected_close)],
  ['Our owner', (row) => row.our_owner],
  ['Their owner', (row) => row.their_owner],
  ['What we want from them', (row) => row.ask],
  ['Customer contact', (row) => row.customer_contact_name],
  ['Customer email', (row) => row.customer_contact_email],
  ['Customer phone', (row) => row.customer_contact_phone],
  ['Shared since', (row) => momentOf(row.shared_from)],
  ['Last activity', (row) => momentOf(row.last_activity_at)],
  ['Added', (row) => momentOf(row.created_at)],
]

const rowsOf = (tx: Tx, ids: readonly string[]) =>
  tx.rows<Row>(sql`
    select d.ref, p.legal_name as partner, d.kind, d.direction, d.customer_company, d.customer_domain, d.customer_contact_name, d.customer_contact_email,
      d.customer_contact_phone, d.value_minor, d.currency, d.expected_close, d.ask, (select s.name from deal_stages s where s.org_id = d.org_id and s.key = d.stage) as stage, d.answer, d.outcome,
      coalesce(d.outcome_reason, d.answer_reason) as reason, m.name as our_owner, c.name as their_owner, d.shared_from, d.last_activity_at, d.created_at
    from unnest(${ids}::uuid[]) with ordinality it(id, place)
    join deals d on d.id = it.id
    join partners p on p.org_id = d.org_id and p.id = d.partner_id
    join members m on m.org_id = d.org_id and m.id = d.our_owner_id
    left join contacts c on c.org_id = d.org_id and c.id = d.their_owner_id
    order by it.place`)

const fields = [
  'customer_company',
  'customer_contact',
  'value',
  'expected_close',
  'ask',
  'owners',
  'stage',
  'answer',
  'outcome',
]

/** Who took which deals out stands beside who opened them: a read record for each partner. Out: how many deals. */
async function recordReading(tx: Tx, asked: Omit<Asked, 'format'>): Promise<number> {
  const row = await tx.row<{ count: number }>(sql`
    with taken as materialized (
      select d.partner_id, array_agg(d.id) as ids from deals d where ${join([sql`true`, ...dealConditions(asked)], ' and ')} group by 1),
    kept as materialized (select app.record_read('export', partner_id, ids, ${fields}::text[]), cardinality(ids) as many from taken)
    select coalesce(sum(many), 0)::int as count from kept`)
  return row?.count ?? 0
}

/** The deals that match, newest activity first, as a file. Logged before the first byte. */
export async function exportDeals(tx: Tx, again: Again, { format, ...asked }: Asked): Promise<Bytes> {
  const filter = filled(asked)
  refuseCrowd()
  const count = await recordReading(tx, filter)
  await logExport(tx, 'deals', { format, count, filter })
  return tableFile(tx, again, format, {
    name: 'Deals',
    headings: columns.map(([heading]) => heading),
    async *pages(tx) {
      let cursor: string | undefined
      do {
        const { items, next } = await listDeals(tx, { ...filter, cursor, limit: page_size })
        const rows = await rowsOf(
          tx,
          items.map(({ id }) => id),
        )
        yield rows.map((row) => columns.map(([, cell]) => cell(row)))
        cursor = next ?? undefined
      } while (cursor)
    },
  })
}
