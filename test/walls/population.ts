import { idOf as id, past, soon, type Tables } from './ids.ts'
import { members, partnerRows, partners } from './partner-rows.ts'

// Each of these owns or wrote one kind of thing alone: whoever learns their name has seen it.
const witnesses = [
  ...['invited', 'held', 'saidheld', 'team', 'noteheld', 'notestopped'],
  ...['fileheld', 'filegone', 'filestopped', 'fileondheld', 'fileondnever'],
]

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
    // One is on a deal that was shared, one on none.
    deal_stages: ['New', 'Working', 'Proposal', 'Kept', 'Gone'].map((key, place) => ({
      id: id(`st_${key}`),
      key,
      name: `mk ${key}`,
      place,
      archived_at: place > 2 ? past : null,
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
    entry_versions: [],
    mentions: [],
    files: [],
    file_chunks: [],
    shares: [],
    notifications: [],
    // How each is told: chosen by some, and by the twin's members otherwise.
    notice_settings: ['admin', 'owner', 'worker', 'reader'].map((word) => ({
      member_id: id(`m_${word}`),
      ...{
        assigned: 'now',
        replied: 'now',
        moved: 'digest',
        quiet: 'digest',
        sent: 'digest',
        invites: 'now',
        access: 'now',
      },
      ...{ quiet_hours: true, quiet_from: '18:00', quiet_to: '08:00', quiet_weekends: true, digest_at: '08:30' },
      updated_at: past,
    })),
    mutes: [],
    contact_choices: [],
    contact_notices: [],
    mail_links: [],
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
