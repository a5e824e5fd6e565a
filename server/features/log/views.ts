import type { Tx } from '#server/db/actor.ts'
import { join, sql } from '#server/db/sql.ts'
import { pageOf } from '#server/http/cursor.ts'
import type { Answer } from '#shared/endpoint.ts'
import type { listViews as endpoint } from '#shared/log.ts'
import { type Filters, sharedConditions } from './changes.ts'

type Row = {
  id: number
  at: string
  who: string
  outside: boolean
  partner_name: string | null
  partner_slug: string | null
  channel: string
  kind: string
  fields: string[]
  many: number
  deal: { ref: string; customer_company: string } | null
  file_name: string | null
}

const deals = (n: number) => (n === 1 ? '1 deal' : `${n} deals`)
const said: Record<string, (row: Row) => string> = {
  deal: ({ deal }) => `opened the deal ${deal?.customer_company ?? 'no longer here'}`,
  deals: ({ many, deal }) =>
    many === 1 && deal
      ? `saw the deal ${deal.customer_company} in the list`
      : many === 0
        ? 'opened an empty list of deals'
        : `saw ${deals(many)} in the list`,
  entries: ({ deal }) => `read the timeline of the deal ${deal?.customer_company ?? 'no longer here'}`,
  notes: ({ many }) =>
    many === 0 ? 'opened an empty list of notes' : `read ${many === 1 ? '1 shared note' : `${many} shared notes`}`,
  file: ({ file_name }) => `opened the file ${file_name ?? 'no longer here'}`,
  files: ({ many }) =>
    many === 0 ? 'opened an empty list of files' : `saw ${many === 1 ? '1 file' : `${many} files`} in the list`,
  people: () => 'looked at their own people',
  receipt: ({ deal }) => `had the receipt of the deal ${deal?.customer_company ?? 'no longer here'}`,
  choice: () => 'looked at when they get email',
  workspace: () => 'opened the workspace',
  export: ({ many, deal }) =>
    many === 1 && deal ? `exported the deal ${deal.customer_company}` : `exported ${deals(many)}`,
  mail: ({ deal }) => (deal ? `was sent the deal ${deal.customer_company}` : 'was sent an invitation'),
}

/** Who saw what, newest first. Admins read all of it, owners what concerns their partners: the policy says so. */
export async function listViews(tx: Tx, query: Filters): Promise<Answer<typeof endpoint>> {
  const { limit = 50, record } = query
  const wanted = await sharedConditions(tx, query)
  if (record) wanted.push(sql`r.id in (select app.reads_of(${record}::uuid))`)
  const rows = await tx.rows<Row>(sql`
    with page as materialized (
      select r.* from read_records r where ${join(wanted, ' and ')} order by r.at desc, r.id desc limit ${limit + 1})
    select r.id, r.at, r.channel, r.kind, r.fields, cardinality(r.record_ids) as many, r.contact_id is not null as outside,
      p.legal_name as partner_name, p.slug as partner_slug,
      coalesce(
        (select c.name from contacts c where c.org_id = r.org_id and c.id = coalesce((select b.contact_id from merged_records b where b.old_id = r.contact_id), r.contact_id)),
        (select m.name from members m where m.org_id = r.org_id and m.id = r.member_id), 'Someone no longer here') as who,
      (select json_build_object('ref', d.ref, 'customer_company', d.customer_company) from deals d
        where d.org_id = r.org_id and d.id = r.record_ids[1] and (r.kind <> 'deals' or cardinality(r.record_ids) = 1)) as deal,
      (select f.name from files f where f.org_id = r.org_id and f.id = r.record_ids[1] and r.kind = 'file') as file_name
    from page r left join partners p on p.org_id = r.org_id and p.id = r.partner_id
    order by r.at desc, r.id desc`)
  const { items, next } = pageOf(rows, limit, (row) => ({ at: row.at, key: String(row.id) }))
  return {
    next,
    items: items.map((row) => ({
      id: String(row.id),
      at: row.at,
      who: row.who,
      outside: row.outside,
      partner_name: row.partner_name,
      channel: row.channel,
      fields: row.fields,
      sentence: `${row.who} ${said[row.kind]?.(row) ?? 'looked at something'}`,
      link: row.deal ? `/deals/${row.deal.ref}` : row.partner_slug ? `/partners/${row.partner_slug}` : null,
    })),
  }
}
