import type pg from 'pg'
import {
  decidesOn,
  type Member,
  memberNamed,
  seesPartner,
  type Tables,
  teamChanges,
  teamDeletes,
  teamReads,
  worksWith,
} from './oracle.ts'
import { idOf, now, ours, twin } from './population.ts'
import { attempt, difference, standingAs } from './standing.ts'

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
  mentions: "entry_id || ' ' || member_id",
  files: 'id',
  file_chunks: "file_id || ' ' || place",
  shares: 'id',
  notifications: 'id',
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
  custom_fields: "purpose = 'x'",
  custom_values: "text_value = 'x'",
  ground_rules: 'is_on = false',
  partners: "phone = 'x'",
  contacts: "title = 'x'",
  invitations: 'expires_at = app.now()',
  deals: "stage = 'New'",
  files: 'removed_at = app.now()',
  shares: 'stopped_at = app.now(), stopped_by = app.member()',
  partner_members: "level = 'view'",
  imports: "file_name = 'x'",
  import_rows: 'typo = true',
  parked_deals: 'settled_at = app.now()',
  views: "name = 'x'",
  notifications: 'read_at = app.now()',
}
const deletable = [
  'partners',
  'view_pins',
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

/** Every member, every table: exactly the rows that the oracle names are read, changed, deleted, added. Out: what is not so. */
export async function checkTeamWall(client: pg.Client, tables: Tables): Promise<string[]> {
  const problems: string[] = []
  for (const member of members) {
    const name = members.indexOf(member) + 1
    await standingAs(client, { role: 'partnered_team', member: member.id, team_role: member.role }, async () => {
      for (const [table, key] of Object.entries(keys)) {
        const rows = tables[table] ?? []
        const read = await attempt(client, `select ${key} as key from ${table}`)
        problems.push(
          ...difference(
            `${member.role} ${name} reads ${table}${read.refused ?? ''}`,
            read.rows.map((row) => row.key),
            rows.filter((row) => teamReads(tables, member, table, row)).map((row) => keyOf(table, row)),
          ),
        )
        if (changes[table]) {
          const may = rows.filter((row) => teamChanges(tables, member, table, row)).length
          const blind = await attempt(client, `update ${table} set ${changes[table]}`)
          if (blind.count !== may)
            problems.push(
              `${member.role} ${name} changes ${blind.count} ${table}, wanted ${may} ${blind.refused ?? ''}`,
            )
        }
        if (deletable.includes(table)) {
          const gone = await attempt(client, `delete from ${table} returning ${key} as key`)
          problems.push(
            ...difference(
              `${member.role} ${name} deletes ${table} ${gone.refused ?? ''}`,
              gone.rows.map((row) => row.key),
              rows.filter((row) => teamDeletes(tables, member, table, row)).map((row) => keyOf(table, row)),
            ),
          )
          // Blind again: a rule of deleting that leaned on the rule of reading would show here.
          const blind = await attempt(client, `delete from ${table}`)
          if (table === 'files' && blind.count !== gone.count)
            problems.push(`${member.role} ${name} deletes ${blind.count} ${table} blindly, ${gone.count} seeing`)
        }
      }
      problems.push(...(await checkAdding(client, tables, member)))
      problems.push(...(await checkAnswers(client, tables, member)))
    })
  }
  problems.push(...(await checkTagsOfEveryone(client)))
  problems.push(...(await checkNobody(client)))
  return problems
}

/** What the product is told a member may do is what they may do. */
async function checkAnswers(client: pg.Client, tables: Tables, member: Member): Promise<string[]> {
  const { rows, refused } = await attempt(
    client,
    'select p as id, app.can_see_partner(p) as sees, app.can_work_with(p) as works, app.can_decide_on(p) as decides from unnest($1::uuid[]) p',
    [tables.partners?.map((row) => row.id)],
  )
  const wanted = (tables.partners ?? []).map((row) =>
    [row.id, seesPartner(tables, member, row), worksWith(tables, member, row), decidesOn(member, row)].join(' '),
  )
  return difference(
    `what ${member.role} ${member.id.slice(9, 20)} is told ${refused ?? ''}`,
    rows.map((row) => [row.id, row.sees, row.works, row.decides].join(' ')),
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
async function checkNobody(client: pg.Client): Promise<string[]> {
  return standingAs(client, { role: 'partnered_team', team_role: 'admin' }, async () => {
    const problems: string[] = []
    for (const table of Object.keys(keys))
      problems.push(...difference(`nobody reads ${table}`, (await attempt(client, `select 1 from ${table}`)).rows, []))
    const { refused } = await attempt(client, ...adding('partners', 'new', ours, memberNamed('admin', 'admin')))
    return refused === '42501' ? problems : [...problems, `nobody adds a partner (${refused})`]
  })
}

const some = idOf('new_row')
const wordOf = (member: Member): string =>
  ['admin', 'owner', 'worker', 'viewer', 'outsider', 'reader', 'readpick'].find(
    (word) => idOf(`m_${word}`) === member.id,
  ) ?? ''
type Statement = [text: string, values: unknown[]]

/** Names somebody in the entry that a member wrote at a partner. */
const mentioning = (org: string, written: string, who: string): Statement => [
  'insert into mentions (org_id, entry_id, member_id) values ($1, $2, $3)',
  [org, idOf(`mine_${written}`), idOf(who)],
]

function adding(table: string, partner: string, org: string, member: Member): Statement {
  const p = idOf(`p_${partner}`)
  switch (table) {
    case 'partners':
      return [
        'insert into partners (org_id, id, slug, workspace, legal_name, name_key, last_activity_at, created_at) values ($1, $2, $3, $3, $3, $3, $4, $4)',
        [org, some, 'new', now],
      ]
    case 'contacts':
      return [
        'insert into contacts (org_id, id, partner_id, name, created_at) values ($1, $2, $3, $4, $5)',
        [org, some, p, 'new', now],
      ]
    case 'invitations':
      return [
        "insert into invitations (org_id, id, partner_id, contact_id, message, sent_by, created_at, effective_at, expires_at) values ($1, $2, $3, $4, 'a message that is long enough', $5, $6, $6, $6)",
        [org, some, p, idOf(`own_${partner}`), member.id, now],
      ]
    case 'deals':
      return [
        "insert into deals (org_id, id, ref, partner_id, kind, customer_company, ask, our_owner_id, created_at, last_activity_at, stage_since, turn_since) values ($1, $2, 'D-new', $3, 'lead', 'x', 'x', $4, $5, $5, $5, $5)",
        [org, some, p, member.id, now],
      ]
    case 'entries':
      return [
        "insert into entries (org_id, id, partner_id, kind, audience, body, member_id, created_at) values ($1, $2, $3, 'note', 'team', 'x', $4, $5)",
        [org, some, p, member.id, now],
      ]
    case 'files':
      return [
        "insert into files (org_id, id, partner_id, name, size, member_id, created_at) values ($1, $2, $3, 'x', 1, $4, $5)",
        [org, some, p, member.id, now],
      ]
    // The second piece of what this member is sending there.
    case 'file_chunks':
      return [
        "insert into file_chunks (org_id, file_id, place, bytes) values ($1, $2, 1, 'x')",
        [org, idOf(`fpart_${wordOf(member)}_${partner}`)],
      ]
    case 'mentions':
      return mentioning(org, `${wordOf(member)}_${partner}`, 'm_admin')
    case 'shares':
      return [
        'insert into shares (org_id, id, partner_id, deal_id, shared_by, shared_at, effective_at) values ($1, $2, $3, $4, $5, $6, $6)',
        [org, some, p, idOf(`dnever_${partner}`), member.id, now],
      ]
    case 'partner_tags':
      return ['insert into partner_tags (org_id, partner_id, tag_id) values ($1, $2, $3)', [org, p, idOf('t_gold')]]
    case 'partner_members':
      return [
        "insert into partner_members (org_id, partner_id, member_id, level, created_at) values ($1, $2, $3, 'view', $4)",
        [org, p, idOf('m_reader'), now],
      ]
    case 'different_partners':
      return [
        'insert into different_partners (org_id, one_id, other_id, member_id, created_at) values ($1, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), $4, $5)',
        [org, p, idOf('p_readers'), member.id, now],
      ]
    case 'views':
      return [
        "insert into views (org_id, id, member_id, screen, name, query, shared, created_at) values ($1, $2, $3, 'partners', 'new', '', true, $4)",
        [org, some, member.id, now],
      ]
    case 'view_pins':
      return [
        'insert into view_pins (org_id, member_id, view_id, created_at) values ($1, $2, $3, $4)',
        [org, member.id, idOf('v_shared'), now],
      ]
    case 'custom_values':
      return [
        "insert into custom_values (org_id, partner_id, field_id, text_value, updated_at) values ($1, $2, $3, 'x', $4)",
        [org, p, idOf('f_other'), now],
      ]
    case 'partner_types':
    case 'contact_roles':
      return [
        `insert into ${table} (org_id, id, key, name, place, created_at) values ($1, $2, 'new', 'new', 9, $3)`,
        [org, some, now],
      ]
    case 'custom_fields':
      return [
        "insert into custom_fields (org_id, id, name, purpose, kind, place, created_at) values ($1, $2, 'new', 'x', 'text', 9, $3)",
        [org, some, now],
      ]
    case 'tags':
      return ["insert into tags (org_id, id, name, created_at) values ($1, $2, 'new', $3)", [org, some, now]]
    case 'members':
      return [
        "insert into members (org_id, id, person_id, name, email, role, created_at) values ($1, $2, 'new', 'new', 'new@x.example', 'member', $3)",
        [org, some, now],
      ]
    case 'import_rows':
      return [
        "insert into import_rows (org_id, import_id, line, reading, state, decision, record_id, row) values ($1, $2, 3, 1, 'new', 'import', $3, '{}')",
        [org, idOf(`i_${wordOf(member)}`), some],
      ]
    case 'import_pieces':
      return [
        "insert into import_pieces (org_id, import_id, place, bytes) values ($1, $2, 1, 'x')",
        [org, idOf(`i_${wordOf(member)}`)],
      ]
    case 'parked_deals':
      return [
        "insert into parked_deals (org_id, id, import_id, member_id, line, partner_name, deal, created_at) values ($1, $2, $3, $4, 3, 'x', '{}', $5)",
        [org, some, idOf('i_owner'), member.id, now],
      ]
    default:
      return [
        "insert into imports (org_id, id, file_name, state, member_id, created_at) values ($1, $2, 'x', 'checked', $3, $4)",
        [org, some, member.id, now],
      ]
  }
}

const addable = [
  'partners',
  'views',
  'view_pins',
  'contacts',
  'invitations',
  'deals',
  'entries',
  'mentions',
  'files',
  'file_chunks',
  'shares',
  'partner_tags',
  'custom_values',
  'partner_members',
  'different_partners',
  'tags',
  'partner_types',
  'contact_roles',
  'custom_fields',
  'members',
  'imports',
  'import_rows',
  'import_pieces',
  'parked_deals',
]
const of_company = [
  'partners',
  'views',
  'view_pins',
  'tags',
  'partner_types',
  'contact_roles',
  'custom_fields',
  'members',
  'imports',
  'import_rows',
  'import_pieces',
  'parked_deals',
]

function mayAdd(tables: Tables, member: Member, table: string, partner: string): boolean {
  const row = tables.partners?.find((one) => one.id === idOf(`p_${partner}`))
  if (table === 'partners' || table === 'imports' || table === 'views') return member.role !== 'read_only'
  if (table === 'view_pins') return true
  if (table === 'parked_deals') return member.role !== 'read_only'
  if (table === 'import_rows' || table === 'import_pieces')
    return member.role !== 'read_only' && tables.imports?.some((one) => one.member_id === member.id) === true
  if (['tags', 'partner_types', 'contact_roles', 'custom_fields', 'members'].includes(table))
    return member.role === 'admin'
  if (table === 'different_partners') {
    const pair = [row, tables.partners?.find((one) => one.id === idOf('p_readers'))]
    return pair.every((one) => seesPartner(tables, member, one)) && pair.some((one) => worksWith(tables, member, one))
  }
  return table === 'partner_members' ? decidesOn(member, row) : worksWith(tables, member, row)
}

async function checkAdding(client: pg.Client, tables: Tables, member: Member): Promise<string[]> {
  const problems: string[] = []
  const say = (refused: string | null, may: boolean, what: string) => {
    const done = refused === null || refused === '23505'
    if (done !== may)
      problems.push(
        `${member.role} ${member.id.slice(-6)} adds ${what}: ${refused ?? 'done'}, wanted ${may ? 'done' : 'refused'}`,
      )
  }
  for (const table of addable) {
    for (const partner of of_company.includes(table) ? ['open'] : ['open', 'picked', 'archived']) {
      say(
        (await attempt(client, ...adding(table, partner, ours, member))).refused,
        mayAdd(tables, member, table, partner),
        `${table} at ${partner}`,
      )
    }
    say((await attempt(client, ...adding(table, 'open', twin, member))).refused, false, `${table} in the other company`)
  }
  // In somebody else's name, or so that a team-only line would leave: never.
  const other = { ...member, id: idOf('m_reader') }
  for (const table of [
    'invitations',
    'entries',
    'files',
    'file_chunks',
    'shares',
    'imports',
    'import_rows',
    'import_pieces',
    'parked_deals',
    'views',
    'view_pins',
  ])
    say(
      (await attempt(client, ...adding(table, 'open', ours, other))).refused,
      member.id === other.id && mayAdd(tables, member, table, 'open'),
      `${table} as somebody else`,
    )
  const never: Statement[] = [
    [
      "insert into entries (org_id, id, partner_id, kind, audience, member_id, created_at) values ($1, $2, $3, 'answer', 'team', $4, $5)",
      [ours, some, idOf('p_open'), member.id, now],
    ],
    [
      "insert into entries (org_id, id, partner_id, deal_id, kind, audience, member_id, created_at) values ($1, $2, $3, $4, 'comment', 'partner', $5, $6)",
      [ours, some, idOf('p_open'), idOf('dnever_open'), member.id, now],
    ],
    [
      'insert into shares (org_id, id, partner_id, entry_id, shared_by, shared_at, effective_at) values ($1, $2, $3, $4, $5, $6, $6)',
      [ours, some, idOf('p_open'), idOf('nteam_open'), member.id, now],
    ],
    [
      'insert into shares (org_id, id, partner_id, entry_id, shared_by, shared_at, effective_at) values ($1, $2, $3, $4, $5, $6, $6)',
      [ours, some, idOf('p_open'), idOf('epartner_open'), member.id, now],
    ],
    ...[`fpart_${wordOf(member)}_open`, 'fgone_open'].map(
      (file): Statement => [
        'insert into shares (org_id, id, partner_id, file_id, shared_by, shared_at, effective_at) values ($1, $2, $3, $4, $5, $6, $6)',
        [ours, some, idOf('p_open'), idOf(file), member.id, now],
      ],
    ),
    // To a file that is finished, and past the end of one that is not.
    ...(
      [
        ['fteam_open', 1],
        [`fpart_${wordOf(member)}_open`, 2],
      ] as const
    ).map(
      ([file, place]): Statement => [
        "insert into file_chunks (org_id, file_id, place, bytes) values ($1, $2, $3, 'x')",
        [ours, idOf(file), place],
      ],
    ),
  ]
  never.push(
    mentioning(ours, `${wordOf(member) === 'admin' ? 'owner' : 'admin'}_open`, 'm_worker'),
    mentioning(ours, `${wordOf(member)}_picked`, 'm_outsider'),
  )
  for (const [at, statement] of never.entries())
    say((await attempt(client, ...statement)).refused, false, `what nobody may add, ${at + 1}`)
  say(
    (
      await attempt(client, 'insert into view_pins (org_id, member_id, view_id, created_at) values ($1, $2, $3, $4)', [
        ours,
        member.id,
        idOf('v_own'),
        now,
      ])
    ).refused,
    member.id === idOf('m_owner'),
    'a pin of what somebody keeps for themselves',
  )
  const sharing = await attempt(client, 'update views set shared = true where id = $1', [idOf('v_readers')])
  if (member.role === 'read_only' && sharing.count > 0) problems.push('a read-only member shares a view')
  const stopping = await attempt(
    client,
    'update shares set stopped_at = $1, stopped_by = $2 where id = $3 returning id',
    [now, idOf('m_reader'), idOf('sdshared_open')],
  )
  if (stopping.rows.length > 0 && member.id !== idOf('m_reader'))
    problems.push(`${member.role} stops a share in another name`)
  return problems
}
