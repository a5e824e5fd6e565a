import { parse } from 'tldts'
import { nameKey, registrableDomain } from './identity.ts'
import { commonEndings, commonProviders, freeMail, reservedEndings } from './mail-domains.ts'
import { fold, slips } from './spelling.ts'

const local = /^[^\s@<>()[\]\\,;:"]{1,64}$/u
const host = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]{0,61}$/u

/** Whether this can be written to: one @, a name before it, a domain with an ending after it. */
export function isEmail(text: string): boolean {
  if (text.length > 254) return false
  const at = text.indexOf('@')
  const before = text.slice(0, at)
  if (at < 1 || !local.test(before) || before.startsWith('.') || before.endsWith('.') || before.includes('..'))
    return false
  return host.test(text.slice(at + 1)) && !/\p{M}/u.test(text.normalize('NFC'))
}

/** In: something meant as an address. Out: the address it was most likely meant to be, or null. */
function repair(text: string): string | null {
  const tidy = text
    .slice(0, 300)
    .trim()
    .replace(/\s*[([{]\s*(?:at|@|arroba|ät)\s*[)\]}]\s*|\s+(?:at|arroba)\s+/giu, '@')
    .replace(/\s*[([{]\s*(?:dot|punkt|point|punto)\s*[)\]}]\s*|\s+dot\s+/giu, '.')
    .replace(/@{2,}/g, '@')
    .replace(/\s*@\s*/g, '@')
  const at = tidy.indexOf('@')
  if (at < 1) return null
  const domain = tidy
    .slice(at + 1)
    .replace(/,/g, '.')
    .replace(/\s*\.\s*/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/[.\s]+$/, '')
  const fixed = `${tidy.slice(0, at)}@${domain}`
  return fixed !== text && isEmail(fixed) ? fixed : null
}

function isRealEnding(domain: string): boolean {
  const ending = domain.slice(domain.lastIndexOf('.') + 1)
  return reservedEndings.has(ending) || parse(domain).isIcann === true
}

type Row = { partner_domain?: string | null; contact_name?: string | null; company?: string | null }

function towardsPartner(domain: string, row: Row): string | null {
  const meant = row.partner_domain ? registrableDomain(row.partner_domain) : null
  if (!meant || (isRealEnding(domain) && !isRealEnding(meant))) return null
  const label = meant.slice(0, meant.indexOf('.'))
  const allowed = label.length >= 6 ? 2 : label.length >= 4 ? 1 : 0
  const distance = slips(domain, meant)
  // acme.fr beside acme.de is another office, not a slip.
  if (distance === 0 || distance > allowed || (domain.startsWith(`${label}.`) && isRealEnding(domain))) return null
  return meant
}

function towardsProvider(domain: string): string | null {
  let best: string | null = null
  let least = 3
  for (const provider of commonProviders) {
    const label = provider.slice(0, provider.indexOf('.'))
    const own = domain.slice(0, domain.indexOf('.'))
    const distance = slips(domain, provider)
    if (distance < least && (own === label || slips(own, label, 2) <= (label.length > 5 ? 2 : 1))) {
      best = provider
      least = distance
    }
  }
  if (!best) return null
  const sameLabel = domain.split('.')[0] === best.split('.')[0]
  const manyEndings = !/^(?:gmail|googlemail|icloud)\./.test(best)
  // outlook.sk is a real country's; outlook.co and outlook.cm are slips of .com.
  if (sameLabel && manyEndings && isRealEnding(domain) && !/\.(?:co|cm|om|con)$/.test(domain)) return null
  return best
}

function towardsEnding(domain: string, row: Row): string | null {
  const cut = domain.lastIndexOf('.')
  const label = domain.slice(0, cut)
  const ending = domain.slice(cut + 1)
  if (isRealEnding(domain)) return null
  const ranked = commonEndings
    .map((known) => ({ known, distance: slips(ending, known, known.length >= 5 ? 2 : 1) }))
    .filter(({ known, distance }) => distance <= (known.length >= 5 ? 2 : 1))
    .sort((a, b) => a.distance - b.distance)
  const [first, second] = ranked
  if (!first || (first.known.length === 2 && second?.distance === first.distance)) return null
  const plain = fold(label).replace(/[^\p{L}\p{N}]/gu, '')
  const company = row.company ? nameKey(row.company) : ''
  const family = row.contact_name ? fold(row.contact_name).split(/[^\p{L}]+/u) : []
  const fits =
    (company.length >= 4 &&
      (plain === company || (plain.length >= 4 && (company.startsWith(plain) || plain.startsWith(company))))) ||
    family.some((name) => name.length >= 4 && plain.includes(name))
  return fits || ['com', 'net', 'org'].includes(first.known) ? `${label}.${first.known}` : null
}

/**
 * In: an address and what else is known of that partner. Out: the address it was likely meant to be, or null when it looks right.
 * Looks at swapped or missing letters towards the partner's own domain, common providers and common endings.
 */
export function suggestEmail(email: string, row: Row = {}): string | null {
  const text = email.trim()
  const repaired = isEmail(text) ? null : repair(text)
  const address = repaired ?? text
  if (!isEmail(address)) return null
  const at = address.indexOf('@')
  const whole = address.slice(at + 1).toLowerCase()
  const domain = registrableDomain(whole) ?? whole
  if (freeMail.has(domain) || domain === row.partner_domain?.toLowerCase()) return repaired
  const meant = towardsPartner(domain, row) ?? towardsProvider(domain) ?? towardsEnding(domain, row)
  return meant ? `${address.slice(0, at + 1)}${whole.slice(0, whole.length - domain.length)}${meant}` : repaired
}
