import type pg from 'pg'
import { adding } from './adding.ts'
import { ours } from './ids.ts'
import {
  decidesOn,
  type Member,
  memberNamed,
  partnerNow,
  seesPartner,
  type Tables,
  teamChanges,
  teamDeletes,
  teamReads,
  twinOf,
  worksWith,
} from './oracle.ts'
import { attempt, difference, type Look, looksAt, standingAs } from './standing.ts'
import { checkAdding } from './team-adding.ts'

const members: Member[] = [
  memberNamed('admin', 'admin'),
  memberNamed('owner', 'member'),
  memberNamed('worker', 'member'),
  memberNamed('viewer', 'member'),
  memberNamed('outsider', 'member'),
  memberNamed('reader', 'read_only'),
  memberNamed('readpick', 'read_only'),
]

// How a row is named in a comparison, and one column that the team may change.
const keys: Record<string, string> = {
  organizations: 'org_id',
  members: 'id',
  tags: 'id',
  partner_types: 'id',
  contact_roles: 'id',
  deal_stages: 'id',
  custom_fields: 'id',
  custom_values: "partner_id || ' ' || field_id",
  ground_rules: 'rule',
  partners: 'id',
  partner_slugs: 'slug',
  merged_records: 'old_id',
  different_partners: "one_id || ' ' || other_id",
  acts: 'id',
  partner_members: "partner_id || ' ' || member_id",
  partner_tags: "partner_id || ' ' || tag_id",
  contacts: 'id',
  invitations: 'id',
  deals: 'id',
  entries: 'id',
  entry_versions: 'id',
  mentions: "entry_id || ' ' || member_id",
  files: 'id',
  file_chunks: "file_id || ' ' || place",
  shares: 'id',
  notifications: 'id',
  notice_settings: 'member_id',
  mutes: 'id',
  imports: 'id',
  import_rows: "import_id || ' ' || line",
  import_pieces: "import_id || ' ' || place",
  parked_deals: 'id',
  views: 'id',
  view_pins: "member_id || ' ' || view_id",
  outbox: 'id',
  audit_rows: "coalesce(partner_id::text, 'company')",
  read_records: "coalesce(partner_id::text, 'company')",
}
const keyOf = (table: string, row: Record<string, unknown>): string => {
  if (table === 'organizations') return ours
  if (table === 'partner_slugs') return String(row.slug)
  if (table === 'merged_records') return String(row.old_id)
  if (table === 'different_partners') return `${row.one_id} ${row.other_id}`
  if (table === 'partner_members') return `${row.partner_id} ${row.member_id}`
  if (table === 'partner_tags') return `${row.partner_id} ${row.tag_id}`
  if (table === 'custom_values') return `${row.partner_id} ${row.field_id}`
  if (table === 'notice_settings') return String(row.member_id)
  if (table === 'ground_rules') return String(row.rule)
  if (table === 'mentions') return `${row.entry_id} ${row.member_id}`
  if (table === 'view_pins') return `${row.member_id} ${row.view_id}`
  if (table === 'import_rows') return `${row.import_id} ${row.line}`
  if (table === 'import_pieces') return `${row.import_id} ${row.place}`
  if (table === 'file_chunks') return `${row.file_id} ${row.place}`
  if (table === 'audit_rows' || table === 'read_records') return String(row.partner_id ?? 'company')
  return String(row.id)
}
// Blind: they read no column, so that the rule of changing stands alone, without the rule of reading.
const changes: Record<string, string> = {
  organizations: "name = 'x'",
  members: "name = 'x'",
  tags: "meaning = 'x'",
  partner_types: "name = 'x'",
  contact_roles: 'archived_at = app.now()',
  deal_stages: 'quiet_days = 9',
  custom_fields: "purpose = 'x'",
  custom_values: "text_value = 'x'",
  ground_rules: 'is_on = false',
  partners: "phone = 'x'",
  contacts: "title = 'x'",
  invitations: 'expires_at = app.now()',
  deals: "stage = 'New'",
  entries: "body = 'x'",
  files: 'removed_at = app.now()',
  shares: 'stopped_at = app.now(), stopped_by = app.member()',
  partner_members: "level = 'view'",
  imports: "file_name = 'x'",
  import_rows: 'typo = true',
  parked_deals: 'settled_at = app.now()',
  views: "name = 'x'",
  notifications: 'read_at = app.now()',
  notice_settings: "moved = 'off'",
}
const deletable = [
  'partners',
  'view_pins',
  'mutes',
  'partner_tags',
  'custom_values',
  'different_partners',
  'partner_members',
  'files',
  'shares',
  'invitations',
  'import_rows',
  'import_pieces',
]

/** One member, one table: exactly the rows that the oracle names are read, changed, deleted. */
async function checkTable(client: pg.Client, tables: Tables, member: Member, table: string): Promise<string[]> {
  const key = keys[table]
  const rows = tables[table] ?? []
  const who = `${member.role} ${members.indexOf(member) + 1}`
  const named = (may: typeof teamReads) =>
    rows.filter((row) => may(tables, member, table, row)).map((row) => keyOf(table, row))
  const read = await attempt(client, `select ${key} as key from ${table}`)
  const problems = difference(
    `${who} reads ${table} ${read.refused ?? ''}`,
    read.rows.map((row) => row.key),
    named(teamReads),
  )
  const count = async (does: string, text: string, may: number) => {
    const { count, refused } = await attempt(client, text)
    if (count !== may) problems.push(`${who} ${does} ${count} ${table}, wanted ${may} ${refused ?? ''}`)
  }
  if (changes[table]) await count('changes', `update ${table} set ${changes[table]}`, named(teamChanges).length)
  if (deletable.includes(table)) {
    const gone = await attempt(client, `delete from ${table} returning ${key} as key`)
    problems.push(
      ...difference(
        `${who} deletes ${table} ${gone.refused ?? ''}`,
        gone.rows.map((row) => row.key),
        named(teamDeletes),
      ),
    )
    // Blind again: a rule of deleting that leans on the rule of reading shows here.
    await count('deletes blindly', `delete from ${table}`, named(teamDeletes).length)
  }
  return problems
}

/** Every member, every table: exactly the rows that the oracle names are read, changed, deleted, added. Out: what is not so. */
export async function checkTeamWall(client: pg.Client, tables: Tables, look: Look = {}): Promise<string[]> {
  const problems: string[] = []
  const enough = () => look.first === true && problems.length > 0
  for (const member of members) {
    await standingAs(client, { role: 'partnered_team', member: member.id, team_role: member.role }, async () => {
      for (const table of Object.keys(keys).filter((table) => looksAt(look, table)))
        if (!enough()) problems.push(...(await checkTable(client, tables, member, table)))
      if (!enough() && looksAt(look, 'partners')) problems.push(...(await checkAnswers(client, tables, member)))
      if (!enough()) problems.push(...(await checkAdding(client, tables, member, look)))
    })
    if (enough()) return problems
  }
  if (looksAt(look, 'tags', 'organizations')) problems.push(...(await checkTagsOfEveryone(client)))
  if (!enough()) problems.push(...(await checkNobody(client, look)))
  return problems
}

/** What the product is told a member may do is what they may do. */
async function checkAnswers(client: pg.Client, tables: Tables, member: Member): Promise<string[]> {
  const { rows, refused } = await attempt(
    client,
    'select p as id, app.can_see_partner(p) as sees, app.can_work_with(p) as works, app.can_decide_on(p) as decides, (select t.id from app.twin_of(p) t) as twin from unnest($1::uuid[]) p',
    [[...(tables.partners ?? []).map((row) => row.id), ...(tables.merged_records ?? []).map((row) => row.old_id)]],
  )
  // What became part of a partner is seen and worked with as that one is; nobody decides on it any more, but admins.
  const wanted = [
    ...(tables.partners ?? []).map((row) =>
      [
        row.id,
        seesPartner(tables, member, row),
        worksWith(tables, member, row),
        decidesOn(member, row),
        twinOf(tables, member, row),
      ].join(' '),
    ),
    ...(tables.merged_records ?? []).map(({ old_id }) => {
      const became = partnerNow(tables, old_id)
      return [
        old_id,
        seesPartner(tables, member, became),
        worksWith(tables, member, became),
        member.role === 'admin',
        null,
      ].join(' ')
    }),
  ]
  return difference(
    `what ${member.role} ${member.id.slice(9, 20)} is told ${refused ?? ''}`,
    rows.map((row) => [row.id, row.sees, row.works, row.decides, row.twin].join(' ')),
    wanted,
  )
}

/** Where the company lets everyone make tags, members do, and read-only members do not. */
async function checkTagsOfEveryone(client: pg.Client): Promise<string[]> {
  const problems: string[] = []
  await client.query('update organizations set members_add_tags = true where org_id = $1', [ours])
  for (const member of members)
    await standingAs(client, { role: 'partnered_team', member: member.id, team_role: member.role }, async () => {
      const { refused } = await attempt(client, ...adding('tags', 'open', ours, member))
      if ((refused === null) !== (member.role !== 'read_only'))
        problems.push(`${member.role} makes a tag where everyone may: ${refused ?? 'done'}`)
    })
  await client.query('update organizations set members_add_tags = false where org_id = $1', [ours])
  return problems
}

/** A transaction that says which company, but not who: it sees nothing and adds nothing. */
async function checkNobody(client: pg.Client, look: Look): Promise<string[]> {
  return standingAs(client, { role: 'partnered_team', team_role: 'admin' }, async () => {
    const problems: string[] = []
    for (const table of Object.keys(keys).filter((table) => looksAt(look, table)))
      problems.push(...difference(`nobody reads ${table}`, (await attempt(client, `select 1 from ${table}`)).rows, []))
    const { refused } = await attempt(client, ...adding('partners', 'new', ours, memberNamed('admin', 'admin')))
    return refused === '42501' ? problems : [...problems, `nobody adds a partner (${refused})`]
  })
}
