import type pg from 'pg'
import { adding, differing, mentioning, type Statement, some, wordOf } from './adding.ts'
import { idOf, now, ours, twin } from './ids.ts'
import { decidesOn, type Member, seesPartner, type Tables, worksWith } from './oracle.ts'
import { attempt, type Look, looksAt } from './standing.ts'

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
  'deal_stages',
  'custom_fields',
  'members',
  'imports',
  'import_rows',
  'import_pieces',
  'parked_deals',
  'notice_settings',
  'mutes',
]
const of_company = [
  'partners',
  'views',
  'view_pins',
  'tags',
  'partner_types',
  'contact_roles',
  'deal_stages',
  'custom_fields',
  'members',
  'imports',
  'import_rows',
  'import_pieces',
  'parked_deals',
  'notice_settings',
]

function mayDiffer(tables: Tables, member: Member, words: readonly string[]): boolean {
  const pair = words.map((word) => tables.partners?.find((one) => one.id === idOf(`p_${word}`)))
  return pair.every((one) => seesPartner(tables, member, one)) && pair.some((one) => worksWith(tables, member, one))
}

function mayAdd(tables: Tables, member: Member, table: string, partner: string): boolean {
  const row = tables.partners?.find((one) => one.id === idOf(`p_${partner}`))
  if (table === 'partners' || table === 'imports' || table === 'views') return member.role !== 'read_only'
  if (table === 'view_pins' || table === 'notice_settings') return true
  if (table === 'mutes') return seesPartner(tables, member, row)
  if (table === 'parked_deals') return member.role !== 'read_only'
  if (table === 'import_rows' || table === 'import_pieces')
    return member.role !== 'read_only' && tables.imports?.some((one) => one.member_id === member.id) === true
  if (['tags', 'partner_types', 'contact_roles', 'deal_stages', 'custom_fields', 'members'].includes(table))
    return member.role === 'admin'
  if (table === 'different_partners') return mayDiffer(tables, member, [partner, 'readers'])
  return table === 'partner_members' ? decidesOn(member, row) : worksWith(tables, member, row)
}

/** What each member adds: in their own name, where they may, and nothing else. Out: what is not so. */
export async function checkAdding(
  client: pg.Client,
  tables: Tables,
  member: Member,
  look: Look = {},
): Promise<string[]> {
  const problems: string[] = []
  const say = (refused: string | null, may: boolean, what: string) => {
    const done = refused === null || refused === '23505'
    if (done !== may)
      problems.push(
        `${member.role} ${member.id.slice(-6)} adds ${what}: ${refused ?? 'done'}, wanted ${may ? 'done' : 'refused'}`,
      )
  }
  for (const table of addable.filter((table) => looksAt(look, table))) {
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
    'different_partners',
    'views',
    'view_pins',
    'notice_settings',
    'mutes',
  ].filter((table) => looksAt(look, table)))
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
    if (looksAt(look, /^insert into (\w+)/.exec(statement[0])?.[1] ?? ''))
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
  if (looksAt(look, 'different_partners'))
    for (const pair of [
      ['masked', 'picked'],
      ['picked', 'open'],
      ['picked2', 'picked'],
    ] as const)
      say(
        (await attempt(client, ...differing(ours, pair, member))).refused,
        mayDiffer(tables, member, pair),
        `that ${pair.join(' and ')} are two`,
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
