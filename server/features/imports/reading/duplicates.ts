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

/** What of a row tells which company it is: little, so that 50,000 of them fit. */
export type Signs = {
  line: number
  weight: number
  legal_name: string
  name_key: string
  domain: string | null
  email: string | null
}
type Known = { company: Indexed; line: number | null; partner_id: string | null }
type Indexed = Company & { name_key: string; emails: readonly string[]; domains: readonly string[] }

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

/** In: a checked row. Out: what is compared of it. */
export function signsOf(row: CheckedRow): Signs {
  const { legal_name, domain } = row.partner!
  const main = row.contacts[0]
  const email = main?.email_suggested ?? main?.email ?? null
  return { line: row.line, weight: weight(row), legal_name, name_key: nameKey(legal_name), domain, email }
}

function indexed(company: Omit<Indexed, 'domains'>, ignored: ReadonlySet<string>): Indexed {
  const counts = (domain: string | null) => domain !== null && !ignored.has(domain)
  const own = companyDomain(company.domain)
  const emails: string[] = []
  const domains = new Set<string>()
  if (counts(own)) domains.add(own!)
  for (const email of company.emails) {
    const domain = companyDomain(email)
    if (domain !== null && ignored.has(domain)) continue
    emails.push(email)
    if (domain !== null) domains.add(domain)
  }
  return { ...company, domain: counts(own) ? company.domain : null, emails, domains: [...domains] }
}

function keysOf({ name_key, domains, emails }: Indexed): string[] {
  return [
    `k ${name_key}`,
    ...domains.map((domain) => `d ${domain}`),
    ...emails.map((email) => `e ${email.toLowerCase()}`),
  ]
}

/** Domains that stand under so many names that they say nothing: a stand-in, or a service's. */
function crowdedDomains(rows: readonly Signs[]): Set<string> {
  const first = new Map<string, string>()
  const more = new Map<string, Set<string>>()
  for (const { name_key, domain, email } of rows) {
    for (const each of new Set([companyDomain(domain), companyDomain(email)])) {
      if (!each) continue
      const before = first.get(each)
      if (before === undefined) first.set(each, name_key)
      else if (before !== name_key) more.set(each, (more.get(each) ?? new Set([before])).add(name_key))
    }
  }
  return new Set([...more].filter(([, under]) => under.size > 3).map(([domain]) => domain))
}

// Partners that were told apart may share a name or a domain; more than these do so by accident.
const most_under_a_key = 5

/** In: the readable rows, what is in the product, our own domains. Out: by line, what each row repeats. One pass over an index, so 50,000 rows stay quick. */
export function findDuplicates(
  rows: readonly Signs[],
  existing: readonly ExistingPartner[],
  our_domains: readonly string[],
): Map<number, DuplicateOf> {
  const ignored = new Set([...our_domains, ...crowdedDomains(rows)])
  const index = new Map<string, Known[]>()
  const add = (known: Known) => {
    for (const key of keysOf(known.company)) {
      const there = index.get(key)
      if (!there) index.set(key, [known])
      else if (known.partner_id && there.length < most_under_a_key) there.push(known)
    }
  }
  for (const { id, ...company } of existing) add({ company: indexed(company, ignored), line: null, partner_id: id })
  const found = new Map<number, DuplicateOf>()
  for (const { line, email, ...row } of [...rows].sort((a, b) => b.weight - a.weight || a.line - b.line)) {
    const company = indexed({ ...row, emails: email ? [email] : [] }, ignored)
    const match = closest(company, index)
    if (match) found.set(line, match)
    else add({ company, line, partner_id: null })
  }
  return found
}

function closest(company: Indexed, index: ReadonlyMap<string, Known[]>): DuplicateOf | null {
  let best: { known: Known; why: string; rank: number } | null = null
  for (const known of new Set(keysOf(company).flatMap((key) => index.get(key) ?? []))) {
    const verdict = compareCompanies(company, known.company)
    if (!verdict) continue
    // Of partners that somebody told apart, the row is the one whose name it bears.
    const to_the_letter = known.company.legal_name === company.legal_name
    const rank = (verdict.level === 'same' ? 4 : 0) + (known.partner_id ? 2 : 0) + (to_the_letter ? 1 : 0)
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
