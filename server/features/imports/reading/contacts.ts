import { suggestEmail } from '#server/features/partners/email-typos.ts'
import { readEmails } from './addresses.ts'
import { saysNothing } from './cells.ts'
import { type Person, readPeople } from './people.ts'
import type { CheckedContact } from './rows.ts'

const longestName = 200

/** Words that are a person's name even without an address beside them: not "ask Dana", not "see CRM". */
function isName(text: string): boolean {
  if (/\d/.test(text)) return false
  const words = text.split(/\s+/)
  if (!/^[\p{Script=Latin}\p{M}\s.'’-]+$/u.test(text)) return text.length <= 30 && /^[\p{L}\p{M}\s.・'-]+$/u.test(text)
  return words.length >= 2 && words.length <= 5 && /^\p{Lu}/u.test(words[0]!) && /^\p{Lu}/u.test(words.at(-1)!)
}

type Found = { contacts: CheckedContact[]; leftover: string[]; unreadable: string | null }

/** In: the cells of one row that name people. Out: its contacts, the main one first, and every word that names nobody. */
export function readContacts(
  cells: { name: string; email: string; others: readonly string[] },
  company: { legal_name: string; domain: string | null },
  roleOf: (cell: string) => string | null,
): Found {
  const leftover: string[] = []
  const { emails, rest } = saysNothing(cells.email) ? { emails: [], rest: '' } : readEmails(cells.email)
  const unreadable = emails.length === 0 && rest ? cells.email : null
  const named = saysNothing(cells.name) ? [] : readPeople(cells.name, emails[0] ?? null)
  const main: Person[] = named.map((person) => ({ ...person }))
  if (rest && !unreadable) {
    if (main.length === 0) main.push(...readPeople(rest).slice(0, 1))
    else if (/\p{L}{2}/u.test(rest) && rest !== main[0]!.name) leftover.push(cells.email)
  }
  const [first, ...more] = emails.filter((email) => !main.some((person) => person.email === email))
  if (first && main[0] && !main[0].email) main[0].email = first
  else if (first) main.unshift({ name: null, email: first, phone: null, title: null })
  for (const email of more) {
    const waiting = main.length === emails.length ? main.find((person) => !person.email) : undefined
    if (waiting) waiting.email = email
    else main.push({ name: null, email, phone: null, title: null })
  }
  const others = cells.others.flatMap((cell) => (saysNothing(cell) ? [] : readPeople(cell)))
  for (const person of others) {
    if (person.email || (person.name && isName(person.name))) main.push(person)
    else leftover.push([person.name, person.title, person.phone].filter(Boolean).join(' '))
  }
  return { contacts: settle(main, leftover, company, roleOf), leftover, unreadable }
}

/** Each address once, each with a name, the first one the main contact. */
function settle(
  people: readonly Person[],
  leftover: string[],
  company: { legal_name: string; domain: string | null },
  roleOf: (cell: string) => string | null,
): CheckedContact[] {
  const seen = new Set<string>()
  const contacts: CheckedContact[] = []
  for (const { name, email, phone, title } of people) {
    const key = (email ?? name ?? '').toLowerCase()
    if (!key || seen.has(key)) continue
    seen.add(key)
    const tooLong = (name?.length ?? 0) > longestName
    if (tooLong && name) leftover.push(name)
    const called = (tooLong ? null : name) ?? email
    if (!called) continue
    const row = { partner_domain: company.domain, contact_name: name, company: company.legal_name }
    const email_suggested = email ? suggestEmail(email, row) : null
    const role = title ? roleOf(title) : null
    contacts.push({ name: called, email, email_suggested, phone, title, role, is_main: contacts.length === 0 })
  }
  return contacts
}
