import type { Tx } from '#server/db/actor.ts'
import { nothing, type Sql, sql } from '#server/db/sql.ts'
import { csvLine, csvStart } from '#server/features/exports/csv.ts'
import type { Answer, Bytes } from '#shared/endpoint.ts'
import type { importGroups, listImportRows } from '#shared/imports.ts'
import { findImport } from './imports.ts'
import type { DealRow, PartnerRow } from './opening.ts'
import { wouldChange } from './updating-partners.ts'

type RowAnswer = Answer<typeof listImportRows>['items'][number]
type Fact = NonNullable<RowAnswer['duplicate_of']>['changes'][number]
type Found = {
  line: number
  state: RowAnswer['state']
  decision: RowAnswer['decision']
  taken: boolean
  edits: Record<string, string> | null
  row: PartnerRow | DealRow
  owner_name: string | null
  slug: string | null
  can_update: boolean
  changes: Fact[] | null
}

const most_rows_a_page = 100
// A row whose suggestion was taken stays in its group, so that it can be taken back.
const groups: Record<(typeof importGroups)[number], Sql> = {
  all: nothing,
  new: sql`and r.state = 'new'`,
  duplicates: sql`and r.state = 'duplicate'`,
  broken: sql`and r.state = 'broken'`,
  parked: sql`and r.state = 'parked'`,
  dropped: sql`and r.state = 'dropped'`,
  typos: sql`and (r.typo or r.taken)`,
}

/** The rows of one group, in the order of the file; a duplicate with what Update would change. */
export async function listRows(
  tx: Tx,
  id: string,
  { show = 'all', after = '0' }: { show?: (typeof importGroups)[number] | undefined; after?: string | undefined },
): Promise<Answer<typeof listImportRows>> {
  await findImport(tx, id)
  const page = sql`
    select r.* from import_rows r where r.import_id = ${id}::uuid and r.line > ${Number(after)} ${groups[show]}
    order by r.line limit ${most_rows_a_page + 1}`
  const fact = (field: Sql, from: Sql, to: Sql) => sql`(${field}, ${from}, ${to})`
  const found = await tx.rows<Found>(sql`
    with page as materialized (${page}), would as materialized (${wouldChange(sql`select * from page where state = 'duplicate'`)})
    select r.line, r.state, r.decision, r.taken, r.edits, r.row, m.name as owner_name, p.slug, w.line is not null as can_update,
      case when w.line is not null then (
        select json_agg(json_build_object('field', f.field, 'from', f.was, 'to', f.next))
        from (values
          ${fact(sql`'type'`, sql`p.type`, sql`w.type`)}, ${fact(sql`'status'`, sql`p.status`, sql`w.status`)}, ${fact(sql`'website'`, sql`p.website`, sql`w.website`)},
          ${fact(sql`'phone'`, sql`p.phone`, sql`w.phone`)}, ${fact(sql`'agreement_signed'`, sql`p.agreement_signed::text`, sql`w.agreement_signed::text`)},
          ${fact(sql`'works_via'`, sql`p.works_via`, sql`w.works_via`)}, ${fact(sql`'description'`, sql`p.description`, sql`w.description`)},
          ${fact(sql`'owner'`, sql`(select o.name from members o where o.id = p.owner_id)`, sql`(select o.name from members o where o.id = w.owner_id)`)}
        ) f(field, was, next) where f.was is distinct from f.next) end as changes
    from page r
    left join members m on m.id = coalesce(r.row #>> '{partner,owner_id}', r.row #>> '{deal,our_owner_id}')::uuid
    left join partners p on p.id = r.same_id
    left join would w on w.line = r.line
    order by r.line`)
  const items = found.slice(0, most_rows_a_page)
  return { items: items.map(present), next: found.length > items.length ? (items.at(-1)?.line ?? null) : null }
}

const edited = (cells: string[], edits: Found['edits']): string[] => {
  const all = [...cells]
  for (const [index, text] of Object.entries(edits ?? {})) {
    while (all.length < Number(index)) all.push('')
    all[Number(index)] = text
  }
  return all
}

function present({ row, owner_name, slug, can_update, changes, edits, ...it }: Found): RowAnswer {
  const about = {
    ...it,
    problems: row.problems,
    edited: edits !== null,
    cells: row.cells ? edited(row.cells, edits) : null,
  }
  if ('deal' in row) return { ...about, ...noPartner, ...presentDeal(row, owner_name) }
  const { partner, duplicate_of: same } = row
  const main = row.contacts.find((contact) => contact.is_main) ?? row.contacts[0]
  return {
    ...about,
    legal_name: partner?.legal_name ?? null,
    type: partner?.type ?? null,
    status: partner?.status ?? null,
    archived: partner?.archived ?? false,
    owner_name,
    email: main?.email ?? null,
    email_suggested: main?.email_suggested ?? null,
    contact_name: main?.name ?? null,
    extra_contacts: Math.max(row.contacts.length - 1, 0),
    deal: null,
    duplicate_of: same && {
      line: same.line,
      partner_slug: slug,
      legal_name: same.legal_name,
      why: same.why,
      can_update,
      changes: changes ?? [],
    },
  }
}

const noPartner = {
  legal_name: null,
  type: null,
  status: null,
  archived: false,
  owner_name: null,
  email: null,
  email_suggested: null,
  contact_name: null,
  extra_contacts: 0,
}

function presentDeal(
  { deal, duplicate_of: same }: DealRow,
  our_owner_name: string | null,
): Pick<RowAnswer, 'deal' | 'duplicate_of'> {
  return {
    deal: deal && { ...deal, our_owner_name },
    duplicate_of: same && {
      line: same.line,
      partner_slug: null,
      legal_name: same.customer_company,
      why: same.why,
      can_update: false,
      changes: [],
    },
  }
}

/** The broken rows as they stand in the file, with what is wrong beside them: to be mended there and brought again. */
export async function brokenRows(tx: Tx, id: string): Promise<Bytes> {
  const { checked, file_name } = await findImport(tx, id)
  const rows = await tx.rows<{ row: PartnerRow | DealRow; edits: Found['edits'] }>(
    sql`select r.row, r.edits from import_rows r where r.import_id = ${id}::uuid and r.state = 'broken' order by r.line`,
  )
  const columns = (checked?.columns ?? []).map(({ heading }) => heading)
  const lines = rows.map(({ row, edits }) => {
    const cells = edited(row.cells ?? [], edits)
    while (cells.length < columns.length) cells.push('')
    return csvLine([...cells, row.problems.map(({ problem }) => problem).join(' ')])
  })
  const widest = Math.max(columns.length, ...rows.map(({ row }) => row.cells?.length ?? 0))
  const head = csvLine([...columns, ...Array<string>(widest - columns.length).fill(''), 'What is wrong'])
  return {
    name: `${file_name.replace(/\.\w{1,5}$/, '')} - broken rows.csv`,
    media_type: 'text/csv; charset=utf-8',
    send: async (write) => write(Buffer.from(csvStart + head + lines.join(''))),
  }
}
