import { suggestEmail } from '#server/features/partners/email-typos.ts'
import { isPhone, readWebsite } from './addresses.ts'
import { plainWords, saysNothing, shown } from './cells.ts'
import type { Column, PartnerField } from './columns.ts'
import { readContacts } from './contacts.ts'
import { type Order, readDate } from './dates.ts'
import { familyNameHeadings } from './heading-words.ts'
import { readStatus, readType } from './kinds.ts'
import type { CheckedPartner, CheckedRow, Problem } from './rows.ts'
import type { Line } from './table.ts'

export type Sheet = {
  places: Map<PartnerField, Column[]>
  order: Order
  ownerOf: (cell: string) => string | null
  taken: ReadonlySet<number>
}

/** The columns of each field; a family name goes after the given name wherever its column stands. */
export function placesOf(columns: readonly Column[]): Map<PartnerField, Column[]> {
  const places = new Map<PartnerField, Column[]>()
  for (const column of columns)
    if (column.field) places.set(column.field, [...(places.get(column.field) ?? []), column])
  const last = (column: Column) => Number(familyNameHeadings.has(plainWords(column.heading)))
  places.get('contact_name')?.sort((a, b) => last(a) - last(b))
  return places
}

const longestName = 200

/** In: one filled row that is no section heading. Out: the partner it describes, as far as it can be read, with every problem said. */
export function checkRow({ line, cells }: Line, sheet: Sheet): CheckedRow {
  const problems: Problem[] = []
  const notes: string[] = []
  const tell = (field: PartnerField | null, problem: string, value: string | null, suggestion: string | null = null) =>
    problems.push({ field, problem, value: value?.slice(0, 500) ?? null, suggestion })
  const columnsOf = (field: PartnerField) => sheet.places.get(field) ?? []
  const all = (field: PartnerField) => columnsOf(field).map(({ index }) => cells[index] ?? '')
  const one = (field: PartnerField) => {
    const filled = all(field).filter((cell) => !saysNothing(cell))
    return shown(filled.join(field === 'contact_name' ? ' ' : '; '))
  }
  const keep = (field: PartnerField, text: string) => notes.push(`${columnsOf(field)[0]?.heading || field}: ${text}`)

  const partner: CheckedPartner = {
    legal_name: one('legal_name').replace(/\s+/g, ' '),
    type: null,
    status: 'onboarding',
    archived: false,
    owner_id: null,
    owner_text: null,
    website: null,
    domain: null,
    phone: null,
    agreement_signed: null,
    tags: [],
  }
  let broken = false
  const breaks = (
    field: PartnerField | null,
    problem: string,
    value: string | null,
    suggestion: string | null = null,
  ) => {
    broken = true
    tell(field, problem, value, suggestion)
  }
  if (!partner.legal_name) breaks('legal_name', 'The company name is missing.', null)
  else if (partner.legal_name.length > longestName)
    breaks('legal_name', 'The company name is longer than 200 characters.', partner.legal_name)
  else if (/^=/.test(partner.legal_name))
    breaks('legal_name', 'The company name is a formula. Write the name itself.', partner.legal_name)
  else if (!/[\p{L}\p{N}]/u.test(partner.legal_name))
    breaks('legal_name', 'This is not a company name.', partner.legal_name)

  const type = one('type')
  partner.type = type ? readType(type) : null
  if (type && !partner.type) {
    tell('type', 'This type is not known, so it is left open and kept as a note.', type)
    keep('type', type)
  }
  const statusCell = shown(all('status').filter(Boolean).join('; '))
  const status = readStatus(statusCell)
  if (status) {
    partner.archived = status.status === 'archived'
    partner.status = status.status === 'archived' ? 'dormant' : status.status
    if (!status.whole || /[?？]/.test(statusCell)) keep('status', statusCell)
  } else if (!saysNothing(statusCell)) {
    tell('status', 'This status is not known, so it is set to Onboarding and kept as a note.', statusCell)
    keep('status', statusCell)
  }
  const owner = one('owner')
  if (owner) {
    partner.owner_text = owner
    partner.owner_id = sheet.ownerOf(owner)
    if (!partner.owner_id)
      tell('owner', 'No one on the team has this name or address, so there is no owner yet.', owner)
  }
  const websiteCell = all('website').find((cell) => !saysNothing(cell)) ?? ''
  if (websiteCell) {
    const { website, domain, rest } = readWebsite(websiteCell)
    partner.website = website
    partner.domain = domain
    if (!website) tell('website', 'This is not a web address, so it is kept as a note.', websiteCell)
    if (rest) keep('website', rest)
  }
  const phone = one('phone')
  if (phone && isPhone(phone)) partner.phone = phone
  else if (phone) {
    tell('phone', 'This is not a phone number, so it is kept as a note.', phone)
    keep('phone', phone)
  }
  const signed = one('agreement_signed')
  if (signed) {
    const date = readDate(signed, sheet.order)
    partner.agreement_signed = date?.date ?? null
    if (date?.unsure)
      tell('agreement_signed', `Read as ${date.date}. Day and month may be the other way round.`, signed)
    if (!date) {
      tell('agreement_signed', 'This is not a full date, so it is kept as a note.', signed)
      keep('agreement_signed', signed)
    }
  }
  partner.tags = [
    ...new Set(
      all('tags')
        .filter((cell) => !saysNothing(cell))
        .flatMap((cell) => cell.split(/\s*[,;|\n、]\s*/)),
    ),
  ]
    .map((tag) => tag.replace(/^#/, '').trim())
    .filter(Boolean)

  const company = { legal_name: partner.legal_name, domain: partner.domain }
  let email = all('email').find((cell) => !saysNothing(cell)) ?? ''
  const fix = email
    ? suggestEmail(email, {
        partner_domain: company.domain,
        contact_name: one('contact_name'),
        company: company.legal_name,
      })
    : null
  if (fix && sheet.taken.has(line)) email = fix
  const found = readContacts({ name: one('contact_name'), email, others: all('other_contacts').map(shown) }, company)
  if (found.unreadable) breaks('email', 'This is not an e-mail address.', found.unreadable, fix)
  for (const contact of found.contacts) {
    if (!contact.email_suggested) continue
    const field = contact.is_main ? 'email' : 'other_contacts'
    tell(field, `Did you mean ${contact.email_suggested}?`, contact.email, contact.email_suggested)
  }
  if (found.leftover.length > 0) keep('other_contacts', found.leftover.join('; '))
  for (const note of all('notes')) if (!saysNothing(note)) notes.push(note)

  const state = broken ? 'broken' : 'new'
  return {
    line,
    state,
    decision: broken ? 'skip' : 'import',
    partner,
    contacts: found.contacts,
    notes,
    problems,
    duplicate_of: null,
  }
}
