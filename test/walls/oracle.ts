import { idOf, now, type Row, type Tables } from './ids.ts'

/** The moment that the oracle thinks of. */
export const clock = { now: now as string }

// Who sees and does what, thought out from the rows themselves. Shares no code with the database's rules.
export type { Tables }
export type Member = { id: string; role: 'admin' | 'member' | 'read_only' }
export type Contact = { id: string; partner_id: string }

const rows = (tables: Tables, table: string): Row[] => tables[table] ?? []
const find = (tables: Tables, table: string, id: unknown): Row | undefined =>
  rows(tables, table).find((row) => row.id === id)
const since = (moment: unknown) => typeof moment === 'string' && Date.parse(moment) <= Date.parse(clock.now)

function picked(tables: Tables, member: Member, partner: Row): Row | undefined {
  return rows(tables, 'partner_members').find((row) => row.partner_id === partner.id && row.member_id === member.id)
}
export function seesPartner(tables: Tables, member: Member, partner: Row | undefined): boolean {
  if (!partner) return false
  return (
    member.role === 'admin' ||
    partner.team_access !== 'picked' ||
    partner.owner_id === member.id ||
    picked(tables, member, partner) !== undefined
  )
}
export function worksWith(tables: Tables, member: Member, partner: Row | undefined): boolean {
  if (!partner || member.role === 'read_only') return false
  return (
    member.role === 'admin' ||
    partner.team_access !== 'picked' ||
    partner.owner_id === member.id ||
    picked(tables, member, partner)?.level === 'work'
  )
}
export function decidesOn(member: Member, partner: Row | undefined): boolean {
  return (
    partner !== undefined && (member.role === 'admin' || (member.role === 'member' && partner.owner_id === member.id))
  )
}

/** The partner that an id of the history leads to: the one of this id, or what that one became part of. */
export function partnerNow(tables: Tables, id: unknown): Row | undefined {
  const became = rows(tables, 'merged_records').find((row) => row.old_id === id)
  return find(tables, 'partners', became ? became.partner_id : id)
}

const pairOf = (tables: Tables, row: Row): (Row | undefined)[] =>
  [row.one_id, row.other_id].map((id) => find(tables, 'partners', id))

/** The partner of the same website that this member is told of on the page of this one. */
export function twinOf(tables: Tables, member: Member, partner: Row): unknown {
  if (!partner.domain || !worksWith(tables, member, partner)) return null
  const alike = rows(tables, 'partners').find(
    (one) => one !== partner && one.domain === partner.domain && !one.archived_at && seesPartner(tables, member, one),
  )
  return alike?.id ?? null
}

/** May this member read this row? */
export function teamReads(tables: Tables, member: Member, table: string, row: Row): boolean {
  const partner = find(tables, 'partners', table === 'partners' ? row.id : row.partner_id)
  switch (table) {
    case 'organizations':
    case 'members':
    case 'tags':
    case 'partner_types':
    case 'contact_roles':
    case 'deal_stages':
    case 'custom_fields':
    case 'ground_rules':
      return true
    case 'partners':
    case 'partner_slugs':
    case 'merged_records':
    case 'partner_members':
    case 'partner_tags':
    case 'custom_values':
    case 'contacts':
    case 'invitations':
    case 'deals':
    case 'entries':
    case 'shares':
      return seesPartner(tables, member, partner)
    case 'mentions':
    case 'entry_versions': {
      const entry = find(tables, 'entries', row.entry_id)
      return seesPartner(tables, member, find(tables, 'partners', entry?.partner_id))
    }
    case 'notifications':
    case 'mutes':
      return row.member_id === member.id && seesPartner(tables, member, partner)
    case 'imports':
    case 'view_pins':
    case 'notice_settings':
      return row.member_id === member.id
    case 'import_rows':
    case 'import_pieces':
      return find(tables, 'imports', row.import_id)?.member_id === member.id
    case 'parked_deals':
      return row.member_id === member.id || member.role === 'admin'
    case 'views':
      return row.member_id === member.id || (row.shared === true && (!row.removed_at || member.role === 'admin'))
    case 'acts':
      return member.role === 'admin' || row.member_id === member.id
    case 'different_partners':
      return pairOf(tables, row).every((one) => seesPartner(tables, member, one))
    case 'files':
      return seesPartner(tables, member, partner) && (Boolean(row.completed_at) || row.member_id === member.id)
    case 'file_chunks': {
      const file = find(tables, 'files', row.file_id)
      return file !== undefined && teamReads(tables, member, 'files', file)
    }
    case 'audit_rows':
      return (
        member.role === 'admin' ||
        (row.partner_id !== null && worksWith(tables, member, partnerNow(tables, row.partner_id)))
      )
    case 'read_records':
      return (
        member.role === 'admin' || (row.partner_id !== null && decidesOn(member, partnerNow(tables, row.partner_id)))
      )
    case 'outbox':
      return member.role === 'admin'
    default:
      return false
  }
}

/** May this member change a column of this row that the team may change at all? */
export function teamChanges(tables: Tables, member: Member, table: string, row: Row): boolean {
  const partner = find(tables, 'partners', table === 'partners' ? row.id : row.partner_id)
  switch (table) {
    case 'organizations':
    case 'members':
    case 'tags':
    case 'partner_types':
    case 'contact_roles':
    case 'deal_stages':
    case 'custom_fields':
    case 'ground_rules':
      return member.role === 'admin'
    case 'partners':
    case 'custom_values':
    case 'contacts':
    case 'invitations':
    case 'deals':
      return worksWith(tables, member, partner)
    case 'shares':
      return worksWith(tables, member, partner) && !row.stopped_at
    case 'files':
      return worksWith(tables, member, partner) && (Boolean(row.completed_at) || row.member_id === member.id)
    case 'partner_members':
      return decidesOn(member, partner)
    case 'imports':
      return row.member_id === member.id && member.role !== 'read_only'
    case 'import_rows':
      return teamReads(tables, member, table, row) && member.role !== 'read_only'
    case 'parked_deals':
      return (row.member_id === member.id || member.role === 'admin') && member.role !== 'read_only'
    case 'views':
      return row.member_id === member.id || (row.shared === true && member.role === 'admin')
    case 'entries':
      return (
        worksWith(tables, member, partner) && row.member_id === member.id && row.kind !== 'stage' && !row.removed_at
      )
    case 'notifications':
      return row.member_id === member.id && seesPartner(tables, member, partner)
    case 'notice_settings':
      return row.member_id === member.id
    default:
      return false
  }
}

export function teamDeletes(tables: Tables, member: Member, table: string, row: Row): boolean {
  const partner = find(tables, 'partners', table === 'partners' ? row.id : row.partner_id)
  switch (table) {
    case 'partners':
      return member.role === 'admin' && row.sample === true
    case 'partner_tags':
    case 'custom_values':
      return worksWith(tables, member, partner)
    case 'different_partners':
      return (
        pairOf(tables, row).every((one) => seesPartner(tables, member, one)) &&
        pairOf(tables, row).some((one) => worksWith(tables, member, one))
      )
    case 'partner_members':
      return decidesOn(member, partner)
    case 'view_pins':
      return row.member_id === member.id
    case 'mutes':
      return row.member_id === member.id && seesPartner(tables, member, partner)
    case 'import_rows':
    case 'import_pieces':
      return teamReads(tables, member, table, row) && member.role !== 'read_only'
    case 'files':
      return worksWith(tables, member, partner) && !row.completed_at && row.member_id === member.id
    case 'shares':
    case 'invitations':
      return worksWith(tables, member, partner) && !since(row.effective_at)
    default:
      return false
  }
}

export type Eyes = { contact: Row | undefined; partner: Row | undefined; inside: boolean }
export function eyesOf(tables: Tables, { id, partner_id }: Contact): Eyes {
  const contact = find(tables, 'contacts', id)
  const partner = find(tables, 'partners', partner_id)
  const inside =
    contact !== undefined &&
    contact.partner_id === partner_id &&
    !contact.left_at &&
    !contact.access_removed_at &&
    partner !== undefined &&
    !partner.archived_at
  return { contact, partner, inside }
}

export function contactSeesDeal(tables: Tables, who: Contact, deal: Row): boolean {
  const { contact, partner, inside } = eyesOf(tables, who)
  if (!inside || !partner?.sees_deals || deal.partner_id !== partner.id) return false
  const running = rows(tables, 'shares').some(
    (share) => share.deal_id === deal.id && !share.stopped_at && since(share.effective_at),
  )
  return running && (contact?.sees === 'all' || deal.their_owner_id === who.id)
}
export function contactChangesDeal(tables: Tables, who: Contact, deal: Row): boolean {
  // What they sent is nobody's to move before it is taken.
  const piped = deal.direction !== 'received' || deal.answer === 'accepted'
  return (
    contactSeesDeal(tables, who, deal) && eyesOf(tables, who).partner?.updates_deals === true && !deal.outcome && piped
  )
}
export function contactComments(tables: Tables, who: Contact, deal: Row): boolean {
  const { partner } = eyesOf(tables, who)
  const theirs = deal.direction === 'received' && deal.answer !== 'accepted'
  return (
    contactSeesDeal(tables, who, deal) && (partner?.updates_deals === true || (theirs && partner?.sends_deals === true))
  )
}
export function contactSends(tables: Tables, who: Contact): boolean {
  const { partner, inside } = eyesOf(tables, who)
  return inside && partner?.sends_deals === true
}
export function contactSeesEntry(tables: Tables, who: Contact, entry: Row): boolean {
  const { partner, inside } = eyesOf(tables, who)
  if (!inside || entry.partner_id !== partner?.id || entry.audience !== 'partner') return false
  if (entry.deal_id)
    return rows(tables, 'deals').some((deal) => deal.id === entry.deal_id && contactSeesDeal(tables, who, deal))
  return (
    partner?.sees_notes === true &&
    rows(tables, 'shares').some(
      (share) => share.entry_id === entry.id && !share.stopped_at && since(share.effective_at),
    )
  )
}
export function contactRewrites(tables: Tables, who: Contact, entry: Row): boolean {
  const deal = rows(tables, 'deals').find((one) => one.id === entry.deal_id)
  return (
    contactSeesEntry(tables, who, entry) &&
    deal !== undefined &&
    contactComments(tables, who, deal) &&
    entry.contact_id === who.id &&
    entry.kind === 'comment' &&
    !entry.removed_at
  )
}
export function contactSeesFile(tables: Tables, who: Contact, file: Row): boolean {
  const { partner, inside } = eyesOf(tables, who)
  if (!inside || !partner?.sees_notes || file.partner_id !== partner.id || file.removed_at) return false
  const running = rows(tables, 'shares').some(
    (share) => share.file_id === file.id && !share.stopped_at && since(share.effective_at),
  )
  const deal = find(tables, 'deals', file.deal_id)
  return running && (!file.deal_id || (deal !== undefined && contactSeesDeal(tables, who, deal)))
}
/** The value and the customer's contact, as far as this contact may know them, through this channel. */
export function contactSeesFields(
  tables: Tables,
  who: Contact,
  deal: Row,
  channel: string,
): { value: boolean; customer: boolean } {
  const { partner } = eyesOf(tables, who)
  const through = channel === 'portal' || rows(tables, 'organizations')[0]?.links_show_value === true
  return {
    value: through && ((deal.show_value as boolean | null | undefined) ?? partner?.sees_value) === true,
    customer:
      through &&
      ((deal.show_customer_contact as boolean | null | undefined) ?? partner?.sees_customer_contact) === true,
  }
}

export const memberNamed = (word: string, role: Member['role']): Member => ({ id: idOf(`m_${word}`), role })
export const contactNamed = (word: string, partner: string): Contact => ({
  id: idOf(`${word}_${partner}`),
  partner_id: idOf(`p_${partner}`),
})
