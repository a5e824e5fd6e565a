import type pg from 'pg'
import { idOf as id, now, ours, past, type Row, twin } from './ids.ts'
import { clock } from './oracle.ts'
import { partners } from './partner-rows.ts'
import { rowsOf } from './population.ts'

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
    sends_deals: !row.sends_deals,
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
  deal_stages: (row) => ({ ...row, name: `${row.name} twin` }),
  deals: (row) => ({ ...row, shared_from: past, outcome: null, in_pipeline: true, our_owner_id: id('m_reader') }),
  entries: (row) => ({ ...row, audience: 'partner', shared_from: past }),
  files: (row) => ({
    ...row,
    media_type: 'text/plain',
    sha256: '0'.repeat(64),
    shared_from: past,
    removed_at: null,
    completed_at: past,
    member_id: row.member_id && id('m_reader'),
  }),
  shares: (row) => ({ ...row, effective_at: past, stopped_at: null }),
  invitations: (row) => ({ ...row, effective_at: past, sent_by: id('m_reader') }),
  // There masked became part of picked, which here few see.
  merged_records: (row) => (row.partner_id === id('p_picked') ? { ...row, old_id: id('p_masked') } : row),
  mutes: (row) => ({ ...row, member_id: id('m_outsider') }),
  notice_settings: (row) => ({ ...row, moved: 'off' }),
  contact_choices: (row) => ({ ...row, choice: 'none' }),
  views: (row) => ({ ...row, name: `${row.name} twin`, shared: true, removed_at: null, member_id: id('m_outsider') }),
  view_pins: (row) => ({ ...row, member_id: id('m_outsider') }),
}

/** Puts two companies into the database: ours, and its twin that has the same ids. */
export async function populate(admin: pg.Client): Promise<void> {
  clock.now = now
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
