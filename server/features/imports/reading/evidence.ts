import { hasLegalForm } from '#server/features/partners/identity.ts'
import { fold } from '#server/features/partners/spelling.ts'
import { findEmails, isPhone, isWebsite, readEmails } from './addresses.ts'
import { saysNothing, shown } from './cells.ts'
import type { PartnerField } from './columns.ts'
import { readDate } from './dates.ts'
import { readStatus, readType } from './kinds.ts'
import type { Line } from './table.ts'

/** Of the cells that say something: the share that could be each field's. */
export type Evidence = Partial<Record<PartnerField, number>> & { filled: number }

function looksLikePerson(cell: string, email: string | undefined): boolean {
  const local = fold(email?.split('@')[0] ?? '')
  return fold(cell)
    .split(/[^\p{L}]+/u)
    .some((word) => word.length >= 3 && local.includes(word))
}

/** In: the rows under the headings and one column's place. Out: what its values look like. Reads 300 rows at most. */
export function evidenceOf(lines: readonly Line[], index: number, isOwner: (cell: string) => boolean): Evidence {
  const step = Math.max(1, Math.floor(lines.length / 300))
  const hits = new Map<PartnerField, number>()
  const hit = (field: PartnerField, holds: boolean) => hits.set(field, (hits.get(field) ?? 0) + (holds ? 1 : 0))
  let filled = 0
  for (let at = 0; at < lines.length; at += step) {
    const cells = lines[at]!.cells
    const raw = cells[index] ?? ''
    if (saysNothing(raw) || cells.filter(Boolean).length < 2) continue
    const cell = shown(raw).slice(0, 400)
    filled++
    const email = readEmails(cell)
    const isAddress = email.emails.length > 0 && email.rest.length < 3
    hit('email', isAddress)
    hit('website', isWebsite(raw))
    hit('phone', isPhone(cell) && readDate(cell) === null)
    hit('agreement_signed', readDate(cell) !== null)
    const kind = cell.length < 40 && !isAddress
    hit('type', kind && readType(cell) !== null && !hasLegalForm(cell))
    hit('status', kind && readStatus(cell) !== null && !hasLegalForm(cell))
    hit('owner', isOwner(cell))
    hit('legal_name', hasLegalForm(cell))
    hit('other_contacts', findEmails(cell).length > 0 && !isAddress)
    const beside = cells.find((other, place) => place !== index && other.includes('@') && other.length < 200)
    hit(
      'contact_name',
      !isAddress && !isWebsite(raw) && cell.length < 60 && looksLikePerson(cell, beside) && !hasLegalForm(cell),
    )
  }
  const shares = Object.fromEntries([...hits].map(([field, count]) => [field, filled ? count / filled : 0]))
  return { ...shares, filled }
}
