import type pg from 'pg'
import { knownMembers } from '../walls/contact-wall.ts'
import {
  type Contact,
  contactSeesDeal,
  contactSeesEntry,
  contactSeesFields,
  contactSeesFile,
  eyesOf,
  type Member,
  type Tables,
  teamReads,
} from '../walls/oracle.ts'

// Every text that a person writes becomes a word that names its company, table, column and row.
const columns: Record<string, string[]> = {
  organizations: ['name'],
  members: ['name'],
  partners: ['legal_name', 'website', 'phone', 'description'],
  contacts: ['name', 'phone', 'title', 'role'],
  invitations: ['message'],
  tags: ['name', 'meaning'],
  deals: [
    'customer_company',
    'customer_contact_name',
    'customer_contact_phone',
    'ask',
    'answer_reason',
    'outcome_reason',
  ],
  entries: ['body'],
  files: ['name'],
  imports: ['file_name'],
  outbox: ['subject', 'body', 'error'],
}
const pattern = /mk\.([ab])\.([a-z_]+)\.([a-z_]+)\.([0-9a-f]{8})/g
const keyOf = (table: string) => (table === 'organizations' ? 'org_id' : 'id')

/** Writes the markers. In: the administrator, each company's letter. */
export async function seedMarkers(admin: pg.Client, companies: Record<string, 'a' | 'b'>): Promise<void> {
  await admin.query("set session_replication_role = 'replica'")
  for (const [org, letter] of Object.entries(companies)) {
    for (const [table, names] of Object.entries(columns)) {
      const set = names
        .map((name) => `${name} = 'mk.${letter}.${table}.${name}.' || right(${keyOf(table)}::text, 8)`)
        .join(', ')
      await admin.query(`update ${table} set ${set} where org_id = $1`, [org])
    }
    await admin.query(
      `update contacts set email = 'mk.${letter}.contacts.email.' || right(id::text, 8) where org_id = $1`,
      [org],
    )
  }
  await admin.query("set session_replication_role = 'origin'")
}

/** Every row of one company, as the oracle reads them. */
export async function dump(admin: pg.Client, org: string): Promise<Tables> {
  const tables: Tables = {}
  for (const table of [...Object.keys(columns), 'partner_members', 'partner_tags', 'shares', 'notifications']) {
    const { rows } = await admin.query(`select to_jsonb(t) as row from ${table} t where org_id = $1`, [org])
    tables[table] = rows.map(({ row }) => row)
  }
  return tables
}

export type Reader = { company: 'a' | 'b' | null; member?: Member; contact?: Contact }

/** The markers in some text that this reader must not be shown. */
export function foreignMarkers(text: string, reader: Reader, dumps: Record<'a' | 'b', Tables>): string[] {
  const found = new Set([...text.matchAll(pattern)].map((match) => match[0]))
  return [...found].filter((marker) => {
    const [, letter, table = '', column = '', short = ''] = new RegExp(pattern.source).exec(marker) ?? []
    if (letter !== reader.company || reader.company === null) return true
    const tables = dumps[reader.company]
    const row = (tables[table] ?? []).find((one) => String(one[keyOf(table)]).endsWith(short))
    if (!row) return true
    if (reader.member) return !teamReads(tables, reader.member, table, row)
    return reader.contact ? !contactMayKnow(tables, reader.contact, table, column, row) : true
  })
}

function contactMayKnow(
  tables: Tables,
  who: Contact,
  table: string,
  column: string,
  row: Record<string, unknown>,
): boolean {
  const { partner, inside } = eyesOf(tables, who)
  if (!inside) return false
  switch (table) {
    case 'organizations':
      return column === 'name'
    case 'partners':
      return row.id === partner?.id && column === 'legal_name'
    case 'contacts':
      return row.partner_id === partner?.id && ['name', 'email', 'role'].includes(column)
    case 'members':
      return column === 'name' && knownMembers(tables, who).includes(row.id)
    case 'invitations':
      return row.contact_id === who.id
    case 'deals':
      if (!contactSeesDeal(tables, who, row) || column === 'outcome_reason') return false
      return column.startsWith('customer_contact') ? contactSeesFields(tables, who, row, 'portal').customer : true
    case 'entries':
      return contactSeesEntry(tables, who, row)
    case 'files':
      return contactSeesFile(tables, who, row)
    default:
      return false
  }
}
