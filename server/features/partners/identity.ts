import { parse } from 'tldts'
import { attachedForms, leadingForms, legalForms, longForms, staleMarks } from './legal-forms.ts'
import { freeMail, sharedHosts } from './mail-domains.ts'
import { fold, slips } from './spelling.ts'

const joiners = new Set(['and', 'und', 'et'])

function words(name: string): string[] {
  const plain = fold(name.slice(0, 400))
    .replace(staleMarks, ' ')
    .replace(attachedForms, ' ')
    .replace(/[.'’`´]/g, '')
  const all = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word && !joiners.has(word))
  // "S. A. S." is one word written with gaps.
  const joined: string[] = []
  let single = ''
  for (const word of all) {
    if (word.length === 1 && /[a-z]/.test(word)) single += word
    else {
      if (single) joined.push(single)
      single = ''
      joined.push(word)
    }
  }
  return single ? [...joined, single] : joined
}

function withoutForms(all: readonly string[]): string[] {
  const left = [...all]
  for (let shorter = true; shorter && left.length > 1; ) {
    const long = longForms.find(
      (form) => form.length < left.length && form.every((word, at) => left[left.length - form.length + at] === word),
    )
    shorter = Boolean(long) || legalForms.has(left.at(-1)!)
    if (shorter) left.splice(left.length - (long?.length ?? 1))
  }
  while (left.length > 1 && leadingForms.has(left[0]!)) left.shift()
  return left
}

/**
 * What a company's name boils down to when case, accents, punctuation, legal form and marks such as "(old)" are set aside.
 * In: a name as written. Out: a key to compare and index by; empty only for an empty name.
 */
export function nameKey(legal_name: string): string {
  const all = words(legal_name)
  return withoutForms(all).join('') || fold(legal_name).trim()
}

/** Whether the name ends (or begins) in a legal form such as GmbH, Inc. or 株式会社. */
export function hasLegalForm(name: string): boolean {
  const all = words(name)
  return all.length !== withoutForms(all).length || fold(name).search(attachedForms) >= 0
}

/** Whether the name carries a mark such as "(old)" or "[duplicate]". */
export function isMarkedStale(name: string): boolean {
  return fold(name).search(staleMarks) >= 0
}

/** In: a web or email address in any usual shape. Out: the domain somebody registered, or null. */
export function registrableDomain(address: string): string | null {
  const text = address.trim().slice(0, 2000)
  if (!text || /\s/.test(text)) return null
  const at = text.includes('://') ? -1 : text.lastIndexOf('@')
  const found = parse(at >= 0 ? text.slice(at + 1) : text, { allowPrivateDomains: true })
  return found.isIp || !found.domain || !/^[\p{L}\p{N}.-]+$/u.test(found.domain) ? null : found.domain
}

/** Whether addresses there are personal ones, so the domain says nothing about a company. */
export function isFreeMail(domain: string): boolean {
  return freeMail.has(domain.toLowerCase())
}

/** The domain as a sign of one company: null for free mail and for pages on shared hosts. */
export function companyDomain(address: string | null | undefined): string | null {
  const domain = address ? registrableDomain(address) : null
  return domain && !freeMail.has(domain) && !sharedHosts.has(domain) ? domain : null
}

export type Company = { legal_name: string; name_key?: string; domain?: string | null; emails?: readonly string[] }

function signs(company: Company) {
  const emails = (company.emails ?? []).map((email) => email.trim().toLowerCase())
  const domains = [company.domain, ...emails].map(companyDomain).filter((domain) => domain !== null)
  return { key: company.name_key ?? nameKey(company.legal_name), emails, domains }
}

/** In: two companies. Out: whether they are one ('same' is sure, 'likely' is worth a look) and why, or null. */
export function compareCompanies(a: Company, b: Company): { level: 'same' | 'likely'; why: string } | null {
  const one = signs(a)
  const other = signs(b)
  const domain = one.domains.find((each) => other.domains.includes(each))
  const email = one.emails.find((each) => other.emails.includes(each))
  if (one.key === other.key) {
    if (domain) return { level: 'same', why: `Same name and same domain, ${domain}` }
    return { level: 'likely', why: 'Same name' }
  }
  if (email) return { level: 'likely', why: `Same email, ${email}` }
  if (domain) return { level: 'likely', why: `Same domain, ${domain}` }
  const apart = one.domains.length > 0 && other.domains.length > 0
  const shorter = Math.min(one.key.length, other.key.length)
  const allowed = shorter >= 12 ? 2 : shorter >= 7 ? 1 : 0
  if (!apart && allowed > 0 && slips(one.key, other.key, allowed) <= allowed) {
    return { level: 'likely', why: 'Nearly the same name' }
  }
  return null
}

/** The verdict of `compareCompanies` alone. */
export function sameCompany(a: Company, b: Company): 'same' | 'likely' | null {
  return compareCompanies(a, b)?.level ?? null
}
