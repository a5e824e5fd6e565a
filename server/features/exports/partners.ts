import type { Tx } from '#server/db/actor.ts'
import { join, sql } from '#server/db/sql.ts'
import { conditions } from '#server/features/partners/conditions.ts'
import { listPartners } from '#server/features/partners/list.ts'
import { notFound } from '#server/http/errors.ts'
import type { Again } from '#server/http/serve.ts'
import type { Bytes, Given } from '#shared/endpoint.ts'
import type { exportPartners as endpoint } from '#shared/exports.ts'
import { type Cell, dayOf, momentOf } from './cells.ts'
import { filled, logExport, refuseCrowd, tableFile } from './sending.ts'

type Asked = Given<typeof endpoint>['body']
type Person = { name: string; email: string | null; title: string | null; role: string | null }
type Field = { id: string; name: string; kind: string }
type Row = {
  id: string
  legal_name: string
  type: string | null
  status: string
  archived: boolean
  tags: string[]
  owner_name: string | null
  owner_email: string | null
  works_via: string
  people: (Person & { is_main: boolean })[]
  phone: string | null
  website: string | null
  description: string | null
  agreement_signed: string | null
  own: Record<string, string | number | boolean>
  open_deals: number
  last_activity_at: string
}

const page_size = 1000
const statuses: Record<string, string> = { onboarding: 'Onboarding', active: 'Active', dormant: 'Dormant' }
const ways: Record<string, string> = { portal: 'Portal', email: 'Email', internal: 'Internal only' }
const before = [
  'Legal name',
  'Type',
  'Status',
  'Tags',
  'Owner',
  'Works via',
  'Main contact',
  'Contact title',
  'Contact role',
  'Email',
  'Phone',
  'Website',
  'Description',
  'Agreement signed',
  'Other contacts',
]
const after = ['Open deals', 'Last activity']

/** Ids of the view in its order, or those that were picked, page by page. */
async function* pagesOfIds(tx: Tx, { format: _, ids, except = [], ...query }: Asked): AsyncIterable<string[]> {
  if (ids) {
    for (let at = 0; at < ids.length; at += page_size) yield ids.slice(at, at + page_size)
    return
  }
  const out = new Set(except)
  let cursor: string | undefined
  do {
    const { items, next } = await listPartners(tx, { ...query, cursor, limit: page_size }, true)
    yield items.map(({ id }) => id).filter((id) => !out.has(id))
    cursor = next ?? undefined
  } while (cursor)
}

const rowsOf = (tx: Tx, ids: readonly string[]) =>
  tx.rows<Row>(sql`
    select p.id, p.legal_name, t.name as type, p.status, p.archived_at is not null as archived, m.name as owner_name, m.email as owner_email,
      p.works_via, p.phone, p.website, p.description, p.agreement_signed, p.last_activity_at,
      (select coalesce(json_agg(g.name order by g.name), '[]') from partner_tags pt join tags g on g.org_id = pt.org_id and g.id = pt.tag_id
        where pt.org_id = p.org_id and pt.partner_id = p.id) as tags,
      (select coalesce(json_agg(json_build_object('name', c.name, 'email', c.email, 'title', c.title, 'role', r.name, 'is_main', c.is_main) order by c.is_main desc, c.name, c.id), '[]')
        from contacts c left join contact_roles r on r.org_id = c.org_id and r.key = c.role
        where c.org_id = p.org_id and c.partner_id = p.id and c.left_at is null) as people,
      (select coalesce(json_object_agg(v.field_id, coalesce(to_json(v.text_value), to_json(v.number_value), to_json(v.date_value), to_json(v.yes_value))), '{}')
        from custom_values v where v.org_id = p.org_id and v.partner_id = p.id) as own,
      (select count(*)::int from deals d where d.org_id = p.org_id and d.partner_id = p.id and d.outcome is null and d.in_pipeline) as open_deals
    from unnest(${ids}::uuid[]) with ordinality it(id, place)
    join partners p on p.id = it.id
    left join partner_types t on t.org_id = p.org_id and t.key = p.type
    left join members m on m.org_id = p.org_id and m.id = p.owner_id
    order by it.place`)

// As people write it in a sheet, and as the import reads it: Luca Lee <luca@acme.example> (CFO); Kim Sato
const written = ({ name, email, title }: Person) =>
  [
    name === email ? null : name.replaceAll(/[;<>()]/g, ' '),
    email && `<${email}>`,
    title && `(${title.replaceAll(/[;<>()]/g, ' ')})`,
  ]
    .filter(Boolean)
    .join(' ')

function cellsOf(row: Row, fields: readonly Field[], namesakes: ReadonlySet<string>): Cell[] {
  const main = row.people.find((person) => person.is_main)
  const others = row.people.filter((person) => person !== main)
  const owner =
    row.owner_name && namesakes.has(row.owner_name.toLowerCase())
      ? `${row.owner_name} <${row.owner_email}>`
      : row.owner_name
  return [
    row.legal_name,
    row.type,
    row.archived ? 'Archived' : (statuses[row.status] ?? row.status),
    row.tags.join('; '),
    owner,
    ways[row.works_via] ?? row.works_via,
    main && main.name !== main.email ? main.name : null,
    main?.title,
    main?.role,
    main?.email,
    row.phone,
    row.website,
    row.description,
    dayOf(row.agreement_signed),
    others.map(written).join('; '),
    ...fields.map(({ id, kind }) => {
      const value = row.own[id] ?? null
      return kind === 'date' && typeof value === 'string' ? { day: value } : value
    }),
    row.open_deals,
    momentOf(row.last_activity_at),
  ]
}

async function countOf(tx: Tx, { format: _, ids, except = [], sort: __, ...chosen }: Asked): Promise<number> {
  const wanted = ids ? [sql`p.id = any(${ids}::uuid[])`] : [...conditions(chosen), sql`p.id <> all(${except}::uuid[])`]
  const found = await tx.row<{ n: number }>(
    sql`select count(*)::int as n from partners p where ${join(wanted, ' and ')}`,
  )
  if (!ids) return found?.n ?? 0
  if (found?.n !== new Set(ids).size) throw notFound()
  return found.n
}

/** The partners of a view in its order, or those picked, as a file. Logged before the first byte. */
export async function exportPartners(tx: Tx, again: Again, given: Asked): Promise<Bytes> {
  refuseCrowd()
  const asked = given.ids ? { ...given, ids: [...new Set(given.ids)] } : filled(given)
  const { format, ids, except, ...filter } = asked
  const count = await countOf(tx, asked)
  await logExport(tx, 'partners', {
    format,
    count,
    ...(ids ? { picked: true } : { filter, ...(except?.length ? { left_out: except.length } : {}) }),
  })
  const fields = await tx.rows<Field>(
    sql`select id, name, kind from custom_fields where archived_at is null order by place, id`,
  )
  const twice = await tx.rows<{ name: string }>(
    sql`select lower(name) as name from members group by 1 having count(*) > 1`,
  )
  const namesakes = new Set(twice.map(({ name }) => name))
  const taken = new Set([...before, ...after].map((heading) => heading.toLowerCase()))
  return tableFile(tx, again, format, {
    name: 'Partners',
    headings: [
      ...before,
      ...fields.map(({ name }) => (taken.has(name.toLowerCase()) ? `${name} (own field)` : name)),
      ...after,
    ],
    async *pages(tx) {
      for await (const page of pagesOfIds(tx, asked))
        yield (await rowsOf(tx, page)).map((row) => cellsOf(row, fields, namesakes))
    },
  })
}
