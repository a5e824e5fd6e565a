import { idOf, now } from './ids.ts'
import type { Member } from './oracle.ts'

export const some = idOf('new_row')
export const wordOf = (member: Member): string =>
  ['admin', 'owner', 'worker', 'viewer', 'outsider', 'reader', 'readpick'].find(
    (word) => idOf(`m_${word}`) === member.id,
  ) ?? ''
export type Statement = [text: string, values: unknown[]]

/** Names somebody in the entry that a member wrote at a partner. */
export const mentioning = (org: string, written: string, who: string): Statement => [
  'insert into mentions (org_id, entry_id, member_id) values ($1, $2, $3)',
  [org, idOf(`mine_${written}`), idOf(who)],
]

/** Says that two partners are two companies. */
export const differing = (org: string, [one, other]: readonly [string, string], member: Member): Statement => [
  'insert into different_partners (org_id, one_id, other_id, member_id, created_at) values ($1, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), $4, $5)',
  [org, idOf(`p_${one}`), idOf(`p_${other}`), member.id, now],
]

/** The statement that adds one row of a table, at a partner where it has one, as this member. */
export function adding(table: string, partner: string, org: string, member: Member): Statement {
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
      return differing(org, [partner, 'readers'], member)
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
    case 'notice_settings':
      return [
        `insert into notice_settings (org_id, member_id, assigned, replied, moved, quiet, sent, invites, access, quiet_hours, quiet_from, quiet_to, quiet_weekends, digest_at, updated_at)
        values ($1, $2, 'now', 'now', 'now', 'now', 'now', 'now', 'now', false, '18:00', '08:00', false, '08:30', $3)`,
        [org, member.id, now],
      ]
    case 'mutes':
      return [
        'insert into mutes (org_id, id, member_id, partner_id, created_at) values ($1, $2, $3, $4, $5)',
        [org, some, member.id, p, now],
      ]
    case 'custom_values':
      return [
        "insert into custom_values (org_id, partner_id, field_id, text_value, updated_at) values ($1, $2, $3, 'x', $4)",
        [org, p, idOf('f_other'), now],
      ]
    case 'partner_types':
    case 'contact_roles':
    case 'deal_stages':
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
