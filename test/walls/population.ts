import { createHash } from 'node:crypto'
import type pg from 'pg'

// Every id is made from a word, the same each time.
export const idOf = (word: string): string => {
  const hex = createHash('md5').update(word).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
export const ours = idOf('org_ours')
export const twin = idOf('org_twin')
export const now = '2026-11-23T10:00:00Z'
const past = '2026-11-01T10:00:00Z'
const soon = '2026-11-23T10:00:05Z'

type Row = Record<string, unknown>
type Tables = Record<string, Row[]>
const id = idOf

const members = [
  ['admin', 'admin'],
  ['owner', 'member'],
  ['worker', 'member'],
  ['viewer', 'member'],
  ['outsider', 'member'],
  ['reader', 'read_only'],
  ['readpick', 'read_only'],
] as const
// Each of these owns or wrote one kind of thing alone: whoever learns their name has seen it.
const witnesses = [
  ...['invited', 'held', 'saidheld', 'team', 'noteheld', 'notestopped'],
  ...['fileheld', 'filegone', 'filestopped', 'fileondheld', 'fileondnever'],
]
const all = {
  sees_deals: true,
  sees_value: true,
  sees_customer_contact: true,
  sees_notes: true,
  updates_deals: true,
  sends_deals: true,
}
const partners: Record<string, Row> = {
  open: { ...all },
  masked: { ...all, sees_value: false, sees_customer_contact: false },
  nodeals: { ...all, sees_deals: false },
  nonotes: { ...all, sees_notes: false },
  noupdate: { ...all, updates_deals: false },
  archived: { ...all, archived_at: past },
  // Its twin is open and lets everybody see everything.
  closed: { ...Object.fromEntries(Object.keys(all).map((row) => [row, false])), archived_at: past },
  picked: { ...all, team_access: 'picked' },
  picked2: { ...all, team_access: 'picked', owner_id: id('m_worker') },
  readers: { ...all, owner_id: id('m_reader') },
  sampled: { ...all, sample: true },
}
const contacts: Record<string, Row> = {
  all: { sees: 'all', is_main: true, role: 'sales' },
  own: { sees: 'own', role: 'tech' },
  left: { sees: 'all', left_at: past, role: 'finance' },
  removed: { sees: 'all', access_removed_at: past },
}

function partnerRows(word: string, more: Row, tables: Tables): void {
  const partner_id = id(`p_${word}`)
  const of = (name: string) => id(`${name}_${word}`)
  const at = { created_at: past, updated_at: past }
  tables.partners?.push({
    id: partner_id,
    slug: word,
    workspace: `${word}-ws`,
    legal_name: `mk ${word}`,
    name_key: word,
    owner_id: id('m_owner'),
    team_access: 'everyone',
    last_activity_at: past,
    ...at,
    ...more,
  })
  tables.partner_slugs?.push({ slug: `old-${word}`, partner_id })
  tables.merged_records?.push({ old_id: of('was'), partner_id, act_id: id('act_owner') })
  tables.partner_tags?.push({ partner_id, tag_id: id('t_gold') })
  tables.custom_values?.push({ partner_id, field_id: id('f_text'), text_value: `mk custom ${word}`, updated_at: past })
  const picks: [string, 'view' | 'work'][] =
    word === 'picked2'
      ? [['m_outsider', 'work']]
      : [
          ['m_worker', 'work'],
          ['m_viewer', 'view'],
          ['m_readpick', 'work'],
        ]
  for (const [who, level] of picks)
    tables.partner_members?.push({ partner_id, member_id: id(who), level, created_at: past })
  for (const [name, row] of Object.entries(contacts))
    tables.contacts?.push({
      id: of(name),
      partner_id,
      name: `mk ${name} ${word}`,
      email: `${name}@${word}.example`,
      person_id: `person_${name}_${word}`,
      is_main: false,
      ...at,
      ...row,
    })
  tables.invitations?.push(
    {
      id: of('inv'),
      partner_id,
      contact_id: of('all'),
      message: `mk invitation of ${word}, long enough`,
      sent_by: id('m_owner'),
      effective_at: past,
      expires_at: soon,
      ...at,
    },
    {
      id: of('invh'),
      partner_id,
      contact_id: of('all'),
      message: `mk held invitation of ${word}`,
      sent_by: id('m_worker'),
      effective_at: soon,
      expires_at: soon,
      ...at,
    },
    {
      id: of('invown'),
      partner_id,
      contact_id: of('own'),
      message: `mk invitation of a colleague at ${word}`,
      sent_by: id('m_invited'),
      effective_at: past,
      expires_at: soon,
      ...at,
    },
  )
  const deal = (name: string, row: Row = {}) =>
    tables.deals?.push({
      id: of(name),
      ref: `D-${name}-${word}`,
      partner_id,
      kind: 'lead',
      customer_company: `mk ${name} ${word}`,
      customer_contact_name: `mk jane ${name} ${word}`,
      customer_contact_email: `jane@${name}.example`,
      customer_contact_phone: `mk phone ${name}`,
      value_minor: 100,
      currency: 'EUR',
      ask: `mk ask ${name} ${word}`,
      our_owner_id: id('m_owner'),
      their_owner_id: null,
      turn_since: past,
      stage_since: past,
      last_activity_at: past,
      ...at,
      ...row,
    })
  const share = (name: string, row: Row) =>
    tables.shares?.push({
      id: of(`s${name}`),
      partner_id,
      shared_by: id('m_owner'),
      shared_at: past,
      effective_at: past,
      updated_at: past,
      ...row,
    })
  deal('dshared', { shared_from: past })
  share('dshared', { deal_id: of('dshared') })
  deal('dtheirs', { shared_from: past, their_owner_id: of('own') })
  share('dtheirs', { deal_id: of('dtheirs') })
  deal('dhide', { shared_from: past, show_value: false, show_customer_contact: false })
  share('dhide', { deal_id: of('dhide'), show_value: false, show_customer_contact: false })
  deal('dshow', {
    shared_from: past,
    show_value: true,
    show_customer_contact: true,
    our_owner_id: id(`m_at_${word}`),
  })
  share('dshow', { deal_id: of('dshow'), show_value: true, show_customer_contact: true })
  deal('dheld', { shared_from: soon, our_owner_id: id('m_held') })
  share('dheld', { deal_id: of('dheld'), effective_at: soon })
  deal('dstopped')
  share('dstopped', { deal_id: of('dstopped'), stopped_at: past, stopped_by: id('m_owner') })
  deal('dnever')
  deal('dleft', { shared_from: past, their_owner_id: of('left') })
  share('dleft', { deal_id: of('dleft') })
  deal('dgone', { shared_from: past, their_owner_id: of('removed'), our_owner_id: id('m_viewer') })
  share('dgone', { deal_id: of('dgone') })
  // Shared, stopped, and shared again.
  share('dbefore', { deal_id: of('dshared'), stopped_at: past, stopped_by: id('m_owner') })
  deal('dwon', { shared_from: past, outcome: 'won', outcome_at: past })
  share('dwon', { deal_id: of('dwon') })
  const entry = (name: string, row: Row) =>
    tables.entries?.push({
      id: of(name),
      partner_id,
      kind: 'comment',
      audience: 'team',
      body: `mk ${name} ${word}`,
      member_id: id('m_owner'),
      ...at,
      ...row,
    })
  entry('eteam', { deal_id: of('dshared'), member_id: id('m_team') })
  entry('epartner', { deal_id: of('dshared'), audience: 'partner', member_id: id(`m_says_${word}`) })
  entry('eheld', { deal_id: of('dheld'), audience: 'partner', member_id: id('m_saidheld') })
  entry('etheirs', { deal_id: of('dtheirs'), audience: 'partner', member_id: null, contact_id: of('own') })
  entry('ehidden', { deal_id: of('dstopped'), audience: 'partner', member_id: id('m_worker') })
  entry('nteam', { kind: 'note' })
  tables.mentions?.push({ entry_id: of('nteam'), member_id: id('m_owner') })
  // Each has written one, so that only what they may do there decides.
  if (['open', 'picked', 'archived'].includes(word))
    for (const [who] of members) entry(`mine_${who}`, { kind: 'note', member_id: id(`m_${who}`) })
  entry('nshared', { kind: 'note', audience: 'partner', shared_from: past, member_id: id(`m_notes_${word}`) })
  share('nshared', { entry_id: of('nshared') })
  entry('nheld', { kind: 'note', audience: 'partner', shared_from: soon, member_id: id('m_noteheld') })
  share('nheld', { entry_id: of('nheld'), effective_at: soon })
  entry('nstop', { kind: 'note', audience: 'partner', member_id: id('m_notestopped') })
  share('nstop', { entry_id: of('nstop'), stopped_at: past, stopped_by: id('m_owner') })
  const file = (name: string, row: Row, shared?: Row) => {
    tables.files?.push({
      id: of(name),
      partner_id,
      name: `mk ${name} ${word}`,
      media_type: 'text/plain',
      // Of two pieces, the first of which is here.
      size: 300_000,
      sha256: '0'.repeat(64),
      member_id: id('m_owner'),
      completed_at: past,
      ...at,
      ...row,
    })
    tables.file_chunks?.push({ file_id: of(name), place: 0, bytes: `mk ${name} ${word}` })
    if (shared) share(name, { file_id: of(name), ...shared })
  }
  file('fteam', {})
  file('fshared', { shared_from: past, member_id: id(`m_files_${word}`) }, {})
  file('fheld', { shared_from: soon, member_id: id('m_fileheld') }, { effective_at: soon })
  file('fstop', { member_id: id('m_filestopped') }, { stopped_at: past, stopped_by: id('m_owner') })
  file('fgone', { shared_from: past, removed_at: past, member_id: id('m_filegone') }, {})
  file('fdeal', { deal_id: of('dshared'), shared_from: past, member_id: id(`m_fdeal_${word}`) }, {})
  file('fdealtheirs', { deal_id: of('dtheirs'), shared_from: past }, {})
  file('fdealheld', { deal_id: of('dheld'), shared_from: past, member_id: id('m_fileondheld') }, {})
  file('fdealnever', { deal_id: of('dnever'), shared_from: past, member_id: id('m_fileondnever') }, {})
  for (const [who] of members)
    file(`fpart_${who}`, { media_type: null, sha256: null, completed_at: null, member_id: id(`m_${who}`) })
  tables.notifications?.push(
    { id: of('note_o'), member_id: id('m_owner'), kind: 'comment', partner_id, key: `o ${word}`, created_at: past },
    { id: of('note_x'), member_id: id('m_outsider'), kind: 'comment', partner_id, key: `x ${word}`, created_at: past },
  )
  tables.audit_rows?.push({
    at: past,
    channel: 'app',
    action: 'event',
    table_name: 'x',
    record_id: of('dshared'),
    partner_id,
    changes: '{}',
  })
  tables.read_records?.push({
    at: past,
    channel: 'portal',
    kind: 'deal',
    partner_id,
    record_ids: [of('dshared')],
    fields: ['ask'],
  })
  tables.outbox?.push({
    id: of('mail'),
    kind: 'invitation',
    partner_id,
    contact_id: of('all'),
    message_id: `${word}@x`,
    due_at: past,
    ...at,
  })
}

/** All rows of one company, by table, in an order that foreign keys allow. */
export function rowsOf(): Tables {
  const at = { created_at: past, updated_at: past }
  const tables: Tables = {
    organizations: [{ name: 'mk company', links_show_value: false, members_add_tags: false, ...at }],
    members: [
      ...members,
      ...witnesses.map((word) => [word, 'member'] as const),
      ...Object.keys(partners).flatMap((word) =>
        ['at', 'says', 'notes', 'files', 'fdeal'].map((does) => [`${does}_${word}`, 'member'] as const),
      ),
    ].map(([word, role]) => ({
      id: id(`m_${word}`),
      person_id: `person_${word}`,
      name: `mk ${word}`,
      email: `${word}@ours.example`,
      role,
      ...at,
    })),
    contact_roles: ['sales', 'tech', 'finance', 'unworn'].map((key, place) => ({
      id: id(`r_${key}`),
      key,
      name: `mk ${key}`,
      place,
      ...at,
    })),
    tags: [{ id: id('t_gold'), name: 'mk gold', ...at }],
    partner_types: [{ id: id('ty_reseller'), key: 'reseller', name: 'mk reseller', place: 1, ...at }],
    custom_fields: ['text', 'other'].map((word, place) => ({
      id: id(`f_${word}`),
      name: `mk ${word}`,
      purpose: 'mk purpose',
      kind: 'text',
      place,
      ...at,
    })),
    ground_rules: [{ rule: 'owner', is_on: true, updated_at: past }],
    custom_values: [],
    // Kept for oneself, shared, shared and removed.
    views: (
      [
        ['own', 'owner', false, null],
        ['shared', 'owner', true, null],
        ['removed', 'owner', true, past],
        ['workers', 'worker', false, null],
        ['readers', 'reader', false, null],
      ] as const
    ).map(([word, maker, shared, removed_at]) => ({
      id: id(`v_${word}`),
      member_id: id(`m_${maker}`),
      screen: 'partners',
      name: `mk view ${word}`,
      query: '',
      shared,
      removed_at,
      ...at,
    })),
    view_pins: ['owner', 'viewer', 'reader'].map((word) => ({
      member_id: id(`m_${word}`),
      view_id: id('v_shared'),
      created_at: past,
    })),
    acts: ['admin', 'owner', 'worker', 'reader'].map((word) => ({
      id: id(`act_${word}`),
      kind: 'bulk',
      member_id: id(`m_${word}`),
      says: 'mk act',
      created_at: past,
      undo_until: soon,
    })),
    partners: [],
    partner_slugs: [],
    merged_records: [],
    different_partners: [],
    partner_members: [],
    partner_tags: [],
    contacts: [],
    invitations: [],
    deals: [],
    entries: [],
    mentions: [],
    files: [],
    file_chunks: [],
    shares: [],
    notifications: [],
    audit_rows: [],
    read_records: [],
    outbox: [],
    imports: ['owner', 'worker', 'reader'].map((word) => ({
      id: id(`i_${word}`),
      file_name: 'mk file',
      state: 'checked',
      member_id: id(`m_${word}`),
      ...at,
    })),
    import_rows: ['owner', 'worker', 'reader'].map((word) => ({
      import_id: id(`i_${word}`),
      line: 2,
      reading: 1,
      state: 'new',
      decision: 'import',
      record_id: id(`r_${word}`),
      row: '{"mk": "row"}',
    })),
    import_pieces: ['owner', 'worker', 'reader'].map((word) => ({
      import_id: id(`i_${word}`),
      place: 0,
      bytes: Buffer.from('mk piece'),
    })),
    parked_deals: ['owner', 'worker', 'reader'].map((word) => ({
      id: id(`pd_${word}`),
      import_id: id(`i_${word}`),
      member_id: id(`m_${word}`),
      line: 2,
      partner_name: 'mk nobody',
      deal: '{}',
      ...at,
    })),
    idempotency_keys: [{ actor_id: id('m_owner'), key: 'mk key', fingerprint: 'x', created_at: past }],
    due_work: [{ id: id('work'), task: 'run_import', record_id: id('i_owner'), due_at: past }],
  }
  for (const [word, more] of Object.entries(partners)) partnerRows(word, more, tables)
  // Every two of these were said to be different: seen by who sees both.
  const apart = ['open', 'masked', 'picked', 'picked2'].map((word) => id(`p_${word}`)).sort()
  tables.different_partners = apart.flatMap((one_id, at) =>
    apart.slice(at + 1).map((other_id) => ({ one_id, other_id, member_id: id('m_owner'), created_at: past })),
  )
  // What no partner owns is for admins alone.
  tables.audit_rows?.push({
    at: past,
    channel: 'app',
    action: 'event',
    table_name: 'company',
    partner_id: null,
    changes: '{}',
  })
  tables.read_records?.push({ at: past, channel: 'app', kind: 'export', partner_id: null, record_ids: [], fields: [] })
  return tables
}

// The other company has rows of the same ids that say the opposite: who forgets the company sees double, or believes the wrong one.
const opposite: Record<string, (row: Row) => Row> = {
  organizations: (row) => ({ ...row, name: 'mk other company', links_show_value: true, members_add_tags: true }),
  members: (row) => ({ ...row, name: `${row.name} twin`, role: 'admin' }),
  partners: (row) => ({
    ...row,
    legal_name: `${row.legal_name} twin`,
    team_access: row.team_access === 'picked' ? 'everyone' : 'picked',
    owner_id: id('m_outsider'),
    archived_at: row.archived_at ? null : past,
    sees_deals: !row.sees_deals,
    sees_value: !row.sees_value,
    sees_customer_contact: !row.sees_customer_contact,
    sees_notes: !row.sees_notes,
    updates_deals: !row.updates_deals,
  }),
  partner_members: (row) => ({ ...row, level: 'work' }),
  contacts: (row) => ({
    ...row,
    name: `${row.name} twin`,
    sees: row.sees === 'own' ? 'all' : 'own',
    left_at: row.left_at ? null : past,
    access_removed_at: null,
  }),
  contact_roles: (row) => ({ ...row, name: `${row.name} twin` }),
  deals: (row) => ({ ...row, shared_from: past, outcome: null, our_owner_id: id('m_reader') }),
  entries: (row) => ({ ...row, audience: 'partner', shared_from: past }),
  files: (row) => ({
    ...row,
    media_type: 'text/plain',
    sha256: '0'.repeat(64),
    shared_from: past,
    removed_at: null,
    completed_at: past,
    member_id: id('m_reader'),
  }),
  shares: (row) => ({ ...row, effective_at: past, stopped_at: null }),
  invitations: (row) => ({ ...row, effective_at: past, sent_by: id('m_reader') }),
  views: (row) => ({ ...row, name: `${row.name} twin`, shared: true, removed_at: null, member_id: id('m_outsider') }),
  view_pins: (row) => ({ ...row, member_id: id('m_outsider') }),
}

/** Puts two companies into the database: ours, and its twin that has the same ids. */
export async function populate(admin: pg.Client): Promise<void> {
  await admin.query("set session_replication_role = 'replica'")
  await admin.query('drop index shares_deal, shares_entry, shares_file')
  for (const org_id of [ours, twin]) {
    for (const [table, rows] of Object.entries(rowsOf())) {
      const extra =
        org_id === twin && table === 'partner_members'
          ? Object.keys(partners).map((word) => ({
              partner_id: id(`p_${word}`),
              member_id: id('m_reader'),
              level: 'work',
              created_at: past,
            }))
          : []
      for (const row of [...rows, ...extra]) {
        const whole = { org_id, ...(org_id === twin ? (opposite[table]?.(row) ?? row) : row) }
        const names = Object.keys(whole)
        await admin.query(
          `insert into ${table} (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')}) on conflict do nothing`,
          Object.values(whole),
        )
      }
    }
  }
  await admin.query("set session_replication_role = 'origin'")
}
