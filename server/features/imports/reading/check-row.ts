import { suggestEmail } from '#server/features/partners/email-typos.ts'
import { isPhone, readWebsite } from './addresses.ts'
import { plainWords, saysNothing, shown } from './cells.ts'
import type { Line } from './collect.ts'
import type { PartnerField } from './columns.ts'
import { readContacts } from './contacts.ts'
import { type CustomField, readCustom } from './custom.ts'
import { type Order, readDate } from './dates.ts'
import { familyNameHeadings } from './heading-words.ts'
import { readStatus, readVia, type SheetStatus } from './kinds.ts'
import type { Layout } from './layout.ts'
import type { CheckedContact, CheckedPartner, CheckedRow } from './rows.ts'
import { telling } from './telling.ts'

export type Sheet = {
  layout: Layout<PartnerField>
  orders: ReadonlyMap<PartnerField, Order>
  ownerOf: (cell: string) => string | null
  typeOf: (cell: string) => string | null
  roleOf: (cell: string) => string | null
  custom: readonly CustomField[]
  taken: ReadonlySet<number>
  /** What the person said a word means. */
  choice: (field: string, word: string) => string | undefined
  unknown: (field: string, word: string) => void
}

const statuses = new Set<string>(['onboarding', 'active', 'dormant', 'archived'] satisfies SheetStatus[])
const longestName = 200

/** A family name goes after the given name wherever its column stands. */
export function givenNameFirst({ places }: Layout<PartnerField>): void {
  const last = (heading: string) => Number(familyNameHeadings.has(plainWords(heading)))
  places.get('contact_name')?.sort((a, b) => last(a.heading) - last(b.heading))
}

function whyNoName(name: string): string | null {
  if (!name) return 'The company name is missing.'
  if (name.length > longestName) return 'The company name is longer than 200 characters.'
  if (/^=\s*(?:[\w.]+\s*\(|["'(+\-\d]|\$?[A-Z]{1,3}\$?\d)/i.test(name))
    return 'The company name is a formula. Write the name itself.'
  return /[\p{L}\p{N}]/u.test(name) ? null : 'This is not a company name.'
}

/** In: one filled row that is no section heading. Out: the partner it describes, as far as it can be read, with every problem said. */
export function checkRow({ line, cells }: Line, sheet: Sheet): CheckedRow {
  const { problems, notes, tell, breaks, keep, all, one, isBroken } = telling(cells, sheet.layout.places)
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
    description: null,
    works_via: null,
    custom: [],
  }
  const why = whyNoName(partner.legal_name)
  if (why) breaks('legal_name', why, partner.legal_name || null)

  /** A word by what the person said it means, or by what is known; what neither knows is told and kept. */
  const word = (field: PartnerField, cell: string, known: (cell: string) => string | null, problem: string) => {
    if (!cell) return null
    const said = sheet.choice(field, cell)
    if (said !== undefined) return said || null
    const found = known(cell)
    if (found === null) {
      tell(field, problem, cell)
      keep(field, cell)
      sheet.unknown(field, cell)
    }
    return found
  }

  partner.type = word(
    'type',
    one('type'),
    sheet.typeOf,
    'This type is not known, so it is left open and kept as a note.',
  )
  readStatusInto(partner)
  const owner = one('owner')
  if (owner) {
    partner.owner_text = owner
    partner.owner_id = sheet.choice('owner', owner) ?? sheet.ownerOf(owner) ?? null
    if (partner.owner_id === null) {
      tell('owner', 'No one on the team has this name or address, so there is no owner yet.', owner)
      sheet.unknown('owner', owner)
    }
    partner.owner_id ||= null
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
    const date = readDate(signed, sheet.orders.get('agreement_signed') ?? null)
    partner.agreement_signed = date?.date ?? null
    if (date?.unsure)
      tell('agreement_signed', `Read as ${date.date}. Day and month may be the other way round.`, signed)
    if (!date) {
      tell('agreement_signed', 'This is not a full date, so it is kept as a note.', signed)
      keep('agreement_signed', signed)
    }
  }
  partner.tags = readTags(all('tags'))
  partner.works_via = word(
    'works_via',
    one('works_via'),
    readVia,
    'This is not a way of working together, so it is kept as a note.',
  ) as CheckedPartner['works_via']
  const description = all('description')
    .filter((cell) => !saysNothing(cell))
    .join('\n')
  if (description.length <= 2000) partner.description = description || null
  else keep('description', description)
  for (const field of sheet.custom) readOwnField(field)

  const contacts = readPeopleOf(partner)
  for (const note of all('notes')) if (!saysNothing(note)) notes.push(note)

  const state = isBroken() ? 'broken' : 'new'
  const decision = isBroken() ? 'skip' : 'import'
  return { line, state, decision, partner, contacts, notes, problems, duplicate_of: null }

  function readStatusInto(it: CheckedPartner): void {
    const cell = shown(all('status').filter(Boolean).join('; '))
    const said = sheet.choice('status', cell)
    const status = said && statuses.has(said) ? { status: said as SheetStatus, whole: true } : readStatus(cell)
    if (status) {
      it.archived = status.status === 'archived'
      it.status = status.status === 'archived' ? 'dormant' : status.status
      if (said === undefined && (!status.whole || /[?？]/.test(cell))) keep('status', cell)
    } else if (said === undefined && !saysNothing(cell)) {
      tell('status', 'This status is not known, so it is set to Onboarding and kept as a note.', cell)
      keep('status', cell)
      sheet.unknown('status', cell)
    }
  }

  function readOwnField(field: CustomField): void {
    const place: PartnerField = `custom:${field.id}`
    const raw = all(place).filter((cell) => !saysNothing(cell))
    if (raw.length === 0) return
    const cell = raw.join('; ')
    const said = sheet.choice(place, cell)
    if (said === '') return
    const found = readCustom(field, said ?? cell, sheet.orders.get(place) ?? null)
    if ('value' in found) partner.custom.push(found.value)
    else {
      tell(place, found.problem, cell)
      keep(place, cell)
      if (field.kind === 'choice') sheet.unknown(place, cell)
    }
  }

  function readPeopleOf(company: CheckedPartner): CheckedContact[] {
    let email = all('email').find((cell) => !saysNothing(cell)) ?? ''
    const name = one('contact_name')
    const fix = email
      ? suggestEmail(email, { partner_domain: company.domain, contact_name: name, company: company.legal_name })
      : null
    if (fix && sheet.taken.has(line)) email = fix
    const found = readContacts({ name, email, others: all('other_contacts').map(shown) }, company, sheet.roleOf)
    if (found.unreadable) breaks('email', 'This is not an e-mail address.', found.unreadable, fix)
    for (const contact of found.contacts) {
      if (!contact.email_suggested) continue
      const field = contact.is_main ? 'email' : 'other_contacts'
      tell(field, `Did you mean ${contact.email_suggested}?`, contact.email, contact.email_suggested)
    }
    if (found.leftover.length > 0) keep('other_contacts', found.leftover.join('; '))
    const title = one('contact_title')
    const role = one('contact_role')
    const [main] = found.contacts
    if (main) {
      if (title) main.title = title.slice(0, longestName)
      const said = role && word('contact_role', role, sheet.roleOf, 'This role is not known, so it is kept as a note.')
      main.role = said || main.role
    } else {
      if (title) keep('contact_title', title)
      if (role) keep('contact_role', role)
    }
    return found.contacts
  }
}

function readTags(cells: readonly string[]): string[] {
  const tags = cells
    .filter((cell) => !saysNothing(cell))
    .flatMap((cell) => cell.split(/[,;|\n、]/))
    .map((tag) => tag.trim().replace(/^#/, '').trim())
  return [...new Set(tags)].filter(Boolean)
}
