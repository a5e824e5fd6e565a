import type { Exposure } from '#shared/partners.ts'
import type { Seen, SeenDeal } from './eyes.ts'

export type Difference = Exposure['contacts'][number]
type Thing = Difference['appears'][number]
/** One thing by its identity, so that what several people see is counted once. */
export type Keyed = { key: string; thing: Thing }

const hasContact = (deal: SeenDeal) =>
  deal.customer_contact_name !== null || deal.customer_contact_email !== null || deal.customer_contact_phone !== null

/** Every single thing a contact sees: records, and what else of a record may be hidden. */
function thingsIn({ deals, notes, files }: Seen): Map<string, Thing> {
  const things = new Map<string, Thing>()
  for (const deal of deals) {
    const label = deal.customer_company
    things.set(deal.id, { what: 'deal', label, field: null })
    if (deal.value_minor !== null) things.set(`${deal.id} value`, { what: 'deal', label, field: 'value' })
    if (hasContact(deal)) things.set(`${deal.id} contact`, { what: 'deal', label, field: 'customer contact' })
  }
  for (const note of notes) {
    const line = note.body.trim().split('\n')[0] ?? ''
    things.set(note.id, { what: 'note', label: line.length > 80 ? `${line.slice(0, 79)}…` : line, field: null })
  }
  for (const file of files) things.set(file.id, { what: 'file', label: file.name, field: null })
  return things
}

const missing = (from: Map<string, Thing>, others: Map<string, Thing>): Keyed[] =>
  [...from].filter(([key]) => !others.has(key)).map(([key, thing]) => ({ key, thing }))

const acts = { update: 'update deals', send: 'send you deals' } as const
const actNames = Object.keys(acts) as (keyof typeof acts)[]

export type Change = { names: string[]; appears: Keyed[]; disappears: Keyed[]; may: string[]; may_no_longer: string[] }

/** What somebody sees and may do after, compared with before. */
export function difference(names: string[], before: Seen, after: Seen): Change {
  const had = thingsIn(before)
  const has = thingsIn(after)
  return {
    names,
    appears: missing(has, had),
    disappears: missing(had, has),
    may: actNames.filter((act) => after.may[act] && !before.may[act]).map((act) => acts[act]),
    may_no_longer: actNames.filter((act) => before.may[act] && !after.may[act]).map((act) => acts[act]),
  }
}

export const isAnything = (change: Change): boolean =>
  change.appears.length + change.disappears.length + change.may.length + change.may_no_longer.length > 0
