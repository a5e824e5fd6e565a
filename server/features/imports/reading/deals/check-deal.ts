import { companyDomain, nameKey } from '#server/features/partners/identity.ts'
import { fold } from '#server/features/partners/spelling.ts'
import { isPhone, readEmails, readWebsite } from '../addresses.ts'
import { plainWords } from '../cells.ts'
import type { Line } from '../collect.ts'
import type { DealField } from '../columns.ts'
import { endOfPeriod, type Order, readDate } from '../dates.ts'
import type { Layout } from '../layout.ts'
import { minorDigits, readCurrency, readMoney } from '../money.ts'
import { telling } from '../telling.ts'
import type { Found } from './partner-names.ts'
import type { CheckedDeal, CheckedDealRow, DealKind } from './rows.ts'
import { readDirection, readKind } from './words.ts'

export type DealSheet = {
  layout: Layout<DealField>
  order: Order
  /** The company's own currency. */
  currency: string
  ownerOf: (cell: string) => string | null
  partnerOf: (cell: string) => Found
  legalNameOf: (partner_id: string) => string | null
  contactOf: (partner_id: string, cell: string) => { id: string; name: string } | null
  /** The key of the stage, or the outcome, that a cell names. */
  stageOf: (cell: string) => string | null
  isStage: (key: string) => boolean
  choice: (field: string, word: string) => string | undefined
  unknown: (field: string, word: string) => void
}

const longest = 200
const mostMinor = 100_000_000_000_000
const kinds = new Set<string>(['lead', 'referral', 'co_sell'] satisfies DealKind[])

/** What is wanted, in the words of the kind: who asks whom is the direction. */
const askOf: Record<DealKind, (customer: string) => string> = {
  lead: (customer) => `Take on ${customer}.`,
  referral: (customer) => `Take over ${customer}.`,
  co_sell: (customer) => `Sell to ${customer} together.`,
}

/** In: one filled row that is no section heading. Out: the deal it describes, with every problem said. */
export function checkDeal({ line, cells }: Line, sheet: DealSheet): CheckedDealRow {
  const { problems, notes, tell, breaks, keep, all, one, isBroken } = telling(cells, sheet.layout.places)
  const customer = one('customer_company').replace(/\s+/g, ' ')
  const deal: CheckedDeal = {
    customer_company: customer,
    customer_domain: null,
    customer_contact_name: null,
    customer_contact_email: null,
    customer_contact_phone: null,
    partner_id: null,
    partner_name: one('partner').replace(/\s+/g, ' '),
    candidates: [],
    kind: null,
    direction: 'given',
    stage: 'New',
    stage_text: null,
    outcome: null,
    value_minor: null,
    currency: null,
    currency_written: null,
    expected_close: null,
    our_owner_id: null,
    our_owner_text: null,
    their_owner_id: null,
    their_owner_name: null,
    ask: '',
    ask_written: false,
  }
  if (!customer) breaks('customer_company', 'The customer is missing.', null)
  else if (customer.length > longest)
    breaks('customer_company', 'The customer is longer than 200 characters.', customer)
  else if (!/[\p{L}\p{N}]/u.test(customer)) breaks('customer_company', 'This is not a company name.', customer)
  readPartner()
  readKindInto()
  readDirectionInto()
  readStageInto()
  readValue()
  readClose()
  readOwners()
  readCustomer()
  const ask = one('ask')
  deal.ask_written = ask !== '' && ask.length <= 2000
  deal.ask = deal.ask_written ? ask : askOf[deal.kind ?? 'co_sell'](customer || 'this customer')
  if (ask && !deal.ask_written) keep('ask', ask)
  for (const note of all('notes')) if (note && one('notes')) notes.push(note)

  const state = isBroken() ? 'broken' : deal.partner_id ? 'new' : 'parked'
  return { line, state, decision: isBroken() ? 'skip' : 'import', deal, notes, problems, duplicate_of: null }

  function readPartner(): void {
    const name = deal.partner_name
    if (!name || name.length > longest) {
      breaks('partner', name ? 'The partner is longer than 200 characters.' : 'The partner is missing.', name || null)
      return
    }
    const said = sheet.choice('partner', name)
    if (said && sheet.legalNameOf(said) !== null) {
      deal.partner_id = said
      return
    }
    const { partner, several, candidates } = sheet.partnerOf(name)
    deal.partner_id = partner?.id ?? null
    deal.candidates = candidates
    if (partner || said === '') return
    const names = candidates.map(({ legal_name }) => legal_name).join(', ')
    if (several) breaks('partner', `More than one partner answers to this: ${names}. Say which one.`, name)
    else if (names) tell('partner', `No partner has this name, so the deal waits. Did you mean ${names}?`, name)
    else tell('partner', 'No partner has this name, so the deal waits until you say which one it is.', name)
    sheet.unknown('partner', name)
  }

  function readKindInto(): void {
    const cell = one('kind')
    const said = sheet.choice('kind', cell)
    deal.kind = said && kinds.has(said) ? (said as DealKind) : cell ? readKind(cell) : null
    if (deal.kind) return
    if (cell) {
      breaks('kind', 'This kind is not known. Write lead, referral or co-sell.', cell)
      sheet.unknown('kind', cell)
    } else {
      deal.kind = 'co_sell'
      tell('kind', 'No kind is given, so it is a co-sell.', null)
    }
  }

  function readDirectionInto(): void {
    const cell = one('direction')
    if (!cell) return
    const said = sheet.choice('direction', cell)
    const known =
      said === 'given' || said === 'received'
        ? said
        : nameKey(cell) === nameKey(deal.partner_name)
          ? 'received'
          : sheet.ownerOf(cell) !== null
            ? 'given'
            : readDirection(cell)
    deal.direction = known ?? 'given'
    if (known || said === '') return
    tell('direction', 'This does not say who brought the deal, so it counts as brought by us.', cell)
    keep('direction', cell)
    sheet.unknown('direction', cell)
  }

  function readStageInto(): void {
    const cell = one('stage')
    if (!cell) return
    deal.stage_text = cell.slice(0, longest)
    const said = sheet.choice('stage', cell)
    const stage = said === undefined ? sheet.stageOf(cell) : said
    if (stage === 'won' || stage === 'lost') {
      deal.outcome = stage
      deal.stage = 'Proposal'
    } else if (stage && sheet.isStage(stage)) {
      deal.stage = stage
      if (said === undefined && plainWords(cell) !== plainWords(stage)) keep('stage', cell)
    } else if (said === undefined) {
      tell('stage', 'This stage is not known, so it is set to New and kept as a note.', cell)
      keep('stage', cell)
      sheet.unknown('stage', cell)
    }
  }

  function readValue(): void {
    const cell = one('value')
    if (!cell) return
    const money = readMoney(cell, sheet.currency)
    if (money === null || money === 'range') {
      const problem = money === 'range' ? 'These are several amounts' : 'This is not an amount'
      tell('value', `${problem}, so there is no value yet and it is kept as a note.`, cell)
      keep('value', cell)
      return
    }
    const beside = one('currency')
    const written = money.currency ?? (beside ? readCurrency(beside, sheet.currency) : null)
    if (beside && !written) {
      tell('currency', `This currency is not known, so the value is in ${sheet.currency}.`, beside)
      keep('currency', beside)
    }
    const currency = written ?? sheet.currency
    const minor = Math.round(money.amount * 10 ** minorDigits(currency))
    if (minor > mostMinor) {
      tell('value', 'This amount is too large, so it is kept as a note.', cell)
      keep('value', cell)
      return
    }
    Object.assign(deal, { value_minor: minor, currency, currency_written: written })
    if (/^(?:~|≈|ca\b|circa|about|approx|around|etwa|env|environ|aprox|約)/i.test(cell)) keep('value', cell)
  }

  function readClose(): void {
    const cell = one('expected_close')
    if (!cell) return
    const date = readDate(cell, sheet.order)
    const end = date ? null : endOfPeriod(cell)
    deal.expected_close = date?.date ?? end
    if (date?.unsure) tell('expected_close', `Read as ${date.date}. Day and month may be the other way round.`, cell)
    else if (end) tell('expected_close', `Read as ${end}, the last day of it.`, cell)
    else if (!date) {
      tell('expected_close', 'This is not a full date, so it is kept as a note.', cell)
      keep('expected_close', cell)
    }
  }

  function readOwners(): void {
    const ours = one('our_owner')
    if (ours) {
      deal.our_owner_text = ours
      const said = sheet.choice('our_owner', ours)
      deal.our_owner_id = (said ?? sheet.ownerOf(ours)) || null
      if (!deal.our_owner_id && said === undefined) {
        tell('our_owner', 'No one on the team has this name or address, so the deal is yours for now.', ours)
        keep('our_owner', ours)
        sheet.unknown('our_owner', ours)
      }
    }
    const theirs = one('their_owner')
    if (!theirs) return
    const contact = deal.partner_id ? sheet.contactOf(deal.partner_id, theirs) : null
    deal.their_owner_id = contact?.id ?? null
    deal.their_owner_name = (contact?.name ?? theirs).slice(0, longest)
    if (!contact) keep('their_owner', theirs)
  }

  function readCustomer(): void {
    const site = one('customer_domain')
    if (site) {
      const { website, domain } = readWebsite(site)
      deal.customer_domain = domain
      if (!website) {
        tell('customer_domain', 'This is not a web address, so it is kept as a note.', site)
        keep('customer_domain', site)
      }
    }
    const name = one('customer_contact_name')
    if (name.length <= longest) deal.customer_contact_name = name || null
    else keep('customer_contact_name', name)
    const address = one('customer_contact_email')
    if (address) {
      const [email] = readEmails(address).emails
      deal.customer_contact_email = email ?? null
      deal.customer_domain ??= companyDomain(email)
      if (!email) {
        tell('customer_contact_email', 'This is not an e-mail address, so it is kept as a note.', address)
        keep('customer_contact_email', address)
      }
    }
    const phone = one('customer_contact_phone')
    if (phone && isPhone(phone)) deal.customer_contact_phone = phone
    else if (phone) keep('customer_contact_phone', phone)
  }
}

export type PartnerContact = { id: string; partner_id: string; name: string; email: string | null }

/** In: the people at the partners. Out: what finds the one a cell names at one partner; null where none or several answer to it. */
export function contactsByName(contacts: readonly PartnerContact[]): DealSheet['contactOf'] {
  const byPartner = new Map<string, PartnerContact[]>()
  for (const contact of contacts)
    byPartner.set(contact.partner_id, [...(byPartner.get(contact.partner_id) ?? []), contact])
  const words = (text: string) =>
    fold(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
      .sort()
      .join(' ')
  return (partner_id, cell) => {
    const there = byPartner.get(partner_id) ?? []
    const [email] = cell.includes('@') ? readEmails(cell).emails : []
    const ways = [
      (one: PartnerContact) => Boolean(email) && one.email?.toLowerCase() === email?.toLowerCase(),
      (one: PartnerContact) => words(one.name) === words(cell),
      (one: PartnerContact) => words(one.name.split(/\s+/)[0] ?? '') === words(cell),
      (one: PartnerContact) => words(one.name.split(/\s+/).at(-1) ?? '') === words(cell),
    ]
    for (const way of ways) {
      const found = there.filter(way)
      if (found.length > 0) return found.length === 1 ? { id: found[0]!.id, name: found[0]!.name } : null
    }
    return null
  }
}
