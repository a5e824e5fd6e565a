import { isEmail } from '#server/features/partners/email-typos.ts'
import { companyDomain, registrableDomain } from '#server/features/partners/identity.ts'
import { linked, shown } from './cells.ts'

/** Finds addresses in running text. Bounded on both sides, so a long cell costs no more than its length. */
const inText = /[^\s<>()[\]{};,:"'|/]{1,64}@[^\s<>()[\]{};,:"'|@/]{1,190}/gu

/** Addresses in a text, with where each starts and ends. */
export function findEmails(text: string): { email: string; from: number; to: number }[] {
  return [...text.matchAll(inText)]
    .map((found) => {
      const email = found[0].replace(/[.?!…]+$/u, '')
      return { email, from: found.index, to: found.index + email.length }
    })
    .filter(({ email }) => isEmail(email))
}

/** An e-mail cell: the address alone or the addresses in it; `rest` is what else was written there. */
export function readEmails(cell: string): { emails: string[]; rest: string } {
  const text = linked(cell)
    .normalize('NFKC')
    .replace(/^mailto:/i, '')
    .slice(0, 2000)
  if (isEmail(text)) return { emails: [text], rest: '' }
  const found = findEmails(text)
  let rest = text
  for (const { email } of found) rest = rest.replace(email, ' ')
  rest = rest
    .replace(/mailto:/gi, ' ')
    .replace(/[<>()[\]{};,|/\s]+/g, ' ')
    .trim()
  // "a@@b.example" or "a b@c.example" hold an address only by accident.
  const broken = found.length > 0 && /[@\p{L}\p{N}]$|@/u.test(rest) && !/[<>()[\]{};,|/\n]/.test(text)
  return broken ? { emails: [], rest: text } : { emails: found.map(({ email }) => email), rest }
}

/** Whether a cell can be dialled: digits enough, and nothing but what goes with them. */
export function isPhone(cell: string): boolean {
  const text = shown(cell).normalize('NFKC')
  if (text.length > 60) return false
  const digits = text.replace(/\D/g, '').length
  const plain = text.replace(
    /\b(?:ext|extension|durchwahl|dw|poste|tel|phone|mobile?|mob|fax|int|interno|内線)\b\.?:?/giu,
    '',
  )
  return digits >= 5 && digits <= 20 && /^[+\d\s()./\-–x#,;]*$/i.test(plain) && !/^\d{4}-\d{2}-\d{2}$/.test(text)
}

/** Whether a cell is one web address, with or without https. */
export function isWebsite(cell: string): boolean {
  const text = linked(cell)
  if (text.length > 500 || /[\s@]/.test(text)) return false
  return (
    /^(?:https?:\/\/)?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,8}\.[\p{L}][\p{L}\p{N}-]{1,30}(?::\d{1,5})?(?:[/?#].*)?$/iu.test(
      text,
    ) && registrableDomain(text) !== null
  )
}

/** A website cell: the address as shown, its domain where that belongs to one company, and what else was written there. */
export function readWebsite(cell: string): { website: string | null; domain: string | null; rest: string } {
  const text = linked(cell)
  const pieces = isWebsite(text) ? [text] : text.split(/[\s;,|]+/)
  const website = pieces.find(isWebsite) ?? null
  const rest = website ? pieces.filter((piece) => piece !== website).join(' ') : text
  return { website, domain: companyDomain(website), rest }
}
