import {
  type Company,
  companyDomain,
  compareCompanies,
  hasLegalForm,
  isMarkedStale,
  nameKey,
} from '#server/features/partners/identity.ts'
import type { CheckedRow, DuplicateOf } from './rows.ts'

export type ExistingPartner = {
  id: string
  legal_name: string
  name_key: string
  domain: string | null
  emails: readonly string[]
}

type Known = { company: Company; line: number | null; partner_id: string | null }

const roleMailbox =
  /^(?:info|sales|contact|kontakt|office|hello|mail|admin|support|team|ventas|vertrieb|partners?|hola|bonjour)@/i

/** Of several rows for one company the fullest and cleanest is kept; the others point to it. */
function weight(row: CheckedRow): number {
  const partner = row.partner!
  const main = row.contacts[0]
  const said = [partner.type, partner.owner_text, partner.website, partner.phone, partner.agreement_signed, main?.email]
  let total = said.filter(Boolean).length + Math.min(row.contacts.length, 3) + Math.min(row.notes.length, 1)
  if (isMarkedStale(partner.legal_name)) total -= 100
  if (
    row.notes.some((note) =>
      /\b(?:dup|dupe|duplicate|doublon|dublette|doppelt|duplicado)\b|重複/i.test(note.slice(0, 300)),
    )
  )
    total -= 3
  if (main?.email && roleMailbox.test(main.email)) total -= 1
  if (main && /^\p{L}\.\s/u.test(main.name)) total -= 1
  if (hasLegalForm(partner.legal_name)) total += 0.5
  return total
}

function signsOf(company: Company): string[] {
  const emails = (company.emails ?? []).map((email) => email.toLowerCase())
  const domains = [company.domain, ...emails].map(companyDomain).filter((domain) => domain !== null)
  return [`k ${company.name_key}`, ...domains.map((domain) => `d ${domain}`), ...emails.map((email) => `e ${email}`)]
}

/** Domains that stand under so many names that they say nothing: a stand-in, or a service's. */
function crowdedDomains(companies: readonly Company[]): Set<string> {
  const names = new Map<string, Set<string>>()
  for (const { name_key, domain, emails } of companies) {
    for (const each of new Set([domain, ...(emails ?? [])].map(companyDomain))) {
      if (!each) continue
      const under = names.get(each) ?? new Set()
      if (under.size < 5) under.add(name_key ?? '')
      names.set(each, under)
    }
  }
  return new Set([...names].filter(([, under]) => under.size > 3).map(([domain]) => domain))
}

function without(company: Company, ignored: ReadonlySet<string>): Company {
  const counts = (address: string) => !ignored.has(companyDomain(address) ?? '')
  const domain = company.domain && counts(company.domain) ? company.domain : null
  return { ...company, domain, emails: (company.emails ?? []).filter(counts) }
}

/** Marks each row that is in the sheet or the product already, in place. One pass over an index, so 50,000 rows stay quick. */
export function markDuplicates(
  rows: readonly CheckedRow[],
  existing: readonly ExistingPartner[],
  our_domains: readonly string[],
): void {
  const readable = rows.filter((row) => row.state === 'new')
  const companies = new Map(
    readable.map((row) => {
      const { legal_name, domain } = row.partner!
      const main = row.contacts[0]
      const email = main?.email_suggested ?? main?.email
      return [row, { legal_name, name_key: nameKey(legal_name), domain, emails: email ? [email] : [] }] as const
    }),
  )
  const ignored = new Set([...our_domains, ...crowdedDomains([...companies.values()])])
  const index = new Map<string, Known>()
  const add = (known: Known) => {
    for (const sign of signsOf(known.company)) if (!index.has(sign)) index.set(sign, known)
  }
  for (const { id, ...company } of existing) add({ company: without(company, ignored), line: null, partner_id: id })
  const fullestFirst = readable
    .map((row) => ({ row, weight: weight(row) }))
    .sort((a, b) => b.weight - a.weight || a.row.line - b.row.line)
  for (const { row } of fullestFirst) {
    const company = without(companies.get(row)!, ignored)
    const match = closest(company, index)
    if (!match) {
      add({ company, line: row.line, partner_id: null })
      continue
    }
    row.state = 'duplicate'
    row.decision = 'skip'
    row.duplicate_of = match
  }
}

function closest(company: Company, index: ReadonlyMap<string, Known>): DuplicateOf | null {
  let best: { known: Known; why: string; rank: number } | null = null
  for (const known of new Set(signsOf(company).map((sign) => index.get(sign)))) {
    const verdict = known && compareCompanies(company, known.company)
    if (!verdict) continue
    const rank = (verdict.level === 'same' ? 2 : 0) + (known.partner_id ? 1 : 0)
    if (!best || rank > best.rank) best = { known, why: verdict.why, rank }
  }
  return (
    best && {
      line: best.known.line,
      partner_id: best.known.partner_id,
      legal_name: best.known.company.legal_name,
      why: best.why,
    }
  )
}
