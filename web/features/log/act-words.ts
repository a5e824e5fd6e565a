import type * as z from 'zod/mini'
import type { Act, Kept } from '#shared/acts.ts'

const day_ms = 86_400_000
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

/** A day without the year that everybody knows. */
function sayDay(value: string, now: Date): string {
  const date = new Date(value)
  return (date.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear).format(date)
}

/** A moment ahead: with its hour while it is near, as a day when it is not. */
export function sayUntil(value: string, now = new Date()): string {
  const days = Math.round((midnight(new Date(value)) - midnight(now)) / day_ms)
  const hour = clock.format(new Date(value))
  if (days === 0) return `today, ${hour}`
  if (days === 1) return `tomorrow, ${hour}`
  return sayDay(value, now)
}

/** How things stand with an act, in a few words. */
export function standing(act: Pick<Act, 'undone_at' | 'undone_by' | 'undo_until' | 'by'>, now = new Date()): string {
  if (act.undone_at) return act.undone_by && act.undone_by !== act.by ? `Undone by ${act.undone_by}` : 'Undone'
  if (new Date(act.undo_until) <= now) return `Could be undone until ${sayDay(act.undo_until, now)}`
  return `Can be undone until ${sayUntil(act.undo_until, now)}`
}

const things: Record<string, string> = {
  partners: 'the partner',
  contacts: 'a contact',
  deals: 'a deal',
  entries: 'a note',
  files: 'a file',
  invitations: 'an invitation',
  shares: 'what is shared',
  custom_values: 'a field of your own',
  partner_tags: 'a tag',
  partner_members: 'who on your team',
}
const fields: Record<string, string> = {
  legal_name: 'legal name',
  owner_id: 'owner',
  our_owner_id: 'our owner',
  their_owner_id: 'their owner',
  archived_at: 'archive',
  agreement_signed: 'agreement',
  confirmed_at: 'last confirmed',
  left_at: 'left the company',
  partner_id: 'partner',
  is_main: 'main contact',
}
const byItself = new Set(['last_activity_at', 'name_key', 'slug', 'turn', 'turn_since', 'stage_since'])

/** What stayed, partner by partner: each with the things that were changed since. Those of no partner come last, without a name. */
export function keptByPartner(
  kept: z.output<typeof Kept>[],
): { slug: string | null; name: string | null; what: string[] }[] {
  const found = new Map<string, { slug: string | null; name: string | null; what: Set<string> }>()
  for (const { table, field, partner } of kept) {
    if (field && byItself.has(field)) continue
    const known = found.get(partner?.id ?? '') ?? {
      slug: partner?.slug ?? null,
      name: partner?.legal_name ?? null,
      what: new Set<string>(),
    }
    const thing = things[table] ?? 'something'
    const named = field && (fields[field] ?? field.replace(/_(id|at)$/, '').replaceAll('_', ' '))
    known.what.add(named ? (table === 'partners' ? named : `${named} of ${thing}`) : thing)
    found.set(partner?.id ?? '', known)
  }
  return [...found.values()]
    .map((it) => ({ ...it, what: [...it.what] }))
    .toSorted((a, b) => Number(a.name === null) - Number(b.name === null))
}
