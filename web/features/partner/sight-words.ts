import type * as z from 'zod/mini'
import type { DealRow } from '#shared/deals.ts'
import type { Exposure, Sight as SightSchema } from '#shared/partners.ts'
import type { Permissions } from '#shared/permissions.ts'
import { formatMoney } from '../../ui/money.tsx'

export type Sight = z.output<typeof SightSchema>
export type Difference = Exposure['contacts'][number]
export type Mark = 'new' | 'gone' | null
export type Line = { key: string; label: string; stage: string; mark: Mark; value: string | null; value_mark: Mark }

const mostDeals = 3
const mostNotes = 3
const mostFiles = 3

type Priced = { value_minor: number | null; currency: string | null }
const money = (it: Priced): string =>
  it.value_minor !== null && it.currency ? formatMoney(it.value_minor, it.currency) : 'No value'
/** An amount that comes into sight; where it is not sure which deal is meant, only that it will. */
const comingMoney = (it: Priced | undefined): string => (it ? money(it) : 'Shown')

const has = (
  list: Difference['appears'] | undefined,
  what: 'deal' | 'note' | 'file',
  label: string,
  field: string | null,
) => list?.some((it) => it.what === what && it.label === label && it.field === field) ?? false

/** The one deal that is called so; nothing when two are, for then it is not known which is meant. */
const only = (team: DealRow[], label: string) => {
  const called = team.filter((deal) => deal.customer_company === label)
  return called.length === 1 ? called[0] : undefined
}

/** The deals they see, and with `difference` those and the values that would come or go. `value` null: hidden. */
export function dealLines(sight: Sight, difference: Difference | undefined, team: DealRow[]): Line[] {
  const now = sight.deals.map((deal): Line => {
    const label = deal.customer_company
    const gone = has(difference?.disappears, 'deal', label, null)
    const comes = !deal.value_shown && has(difference?.appears, 'deal', label, 'value')
    const goes = deal.value_shown && !gone && has(difference?.disappears, 'deal', label, 'value')
    return {
      key: deal.id,
      label,
      stage: deal.stage,
      mark: gone ? 'gone' : null,
      value: comes ? comingMoney(only(team, label)) : deal.value_shown ? money(deal) : null,
      value_mark: comes ? 'new' : goes ? 'gone' : null,
    }
  })
  const appearing = difference?.appears.filter(({ what, field }) => what === 'deal' && field === null) ?? []
  const soon = appearing.map(({ label }, at): Line => {
    const deal = only(team, label)
    const shown = has(difference?.appears, 'deal', label, 'value')
    return {
      key: `new ${at}`,
      label,
      stage: deal?.stage ?? '',
      mark: 'new',
      value: shown ? comingMoney(deal) : null,
      value_mark: shown ? 'new' : null,
    }
  })
  return [...soon, ...now].slice(0, mostDeals)
}

export function noteLines(
  sight: Sight,
  difference: Difference | undefined,
): { key: string; label: string; mark: Mark }[] {
  const gone = difference?.disappears.some(({ what }) => what === 'note') ?? false
  const soon = difference?.appears.filter(({ what }) => what === 'note') ?? []
  return [
    ...soon.map(({ label }, at) => ({ key: `new ${at}`, label, mark: 'new' as const })),
    ...sight.notes.map(({ id, body }) => ({ key: id, label: body, mark: gone ? ('gone' as const) : null })),
  ].slice(0, mostNotes)
}

export function fileLines(
  sight: Sight,
  difference: Difference | undefined,
): { key: string; label: string; mark: Mark }[] {
  const gone = difference?.disappears.filter(({ what }) => what === 'file') ?? []
  const soon = difference?.appears.filter(({ what }) => what === 'file') ?? []
  return [
    ...soon.map(({ label }, at) => ({ key: `new ${at}`, label, mark: 'new' as const })),
    ...sight.files.map(({ id, name }) => ({
      key: id,
      label: name,
      mark: gone.some(({ label }) => label === name) ? ('gone' as const) : null,
    })),
  ].slice(0, mostFiles)
}

/** How many of a kind are seen once the difference is in force. */
export function countAfter(now: number, difference: Difference | undefined, what: 'deal' | 'note' | 'file'): number {
  const count = (list: Difference['appears'] | undefined) =>
    list?.filter((it) => it.what === what && it.field === null).length ?? 0
  return now + count(difference?.appears) - count(difference?.disappears)
}

/** What is shown of the customers' contacts: "hidden", "shown", "hidden, except on Hafen Terminal AG". */
export function contactWords(sight: Sight, difference: Difference | undefined, rights: Permissions): string {
  if (!rights.sees_deals) return 'hidden'
  const listed = (list: Difference['appears'] | undefined, label: string) =>
    has(list, 'deal', label, 'customer contact')
  const on = rights.sees_customer_contact
  const turning = difference?.appears.some(({ field }) => field === 'customer contact') ?? false
  // A deal without a contact has nothing to show: it is no exception either way.
  const others = sight.deals
    .filter(({ customer_company: label, customer_contact_shown: shown, customer_contact_name: name }) =>
      on
        ? !shown && !turning
        : shown
          ? name !== null && !listed(difference?.disappears, label)
          : listed(difference?.appears, label),
    )
    .map(({ customer_company }) => customer_company)
  const state = on ? 'shown' : 'hidden'
  if (others.length === 0) return state
  return others.length > 2
    ? `${state}, except on ${others.length} deals`
    : `${state}, except on ${others.join(' and ')}`
}

/** What they may do, as one line. */
export function mayWords(rights: Permissions): string {
  const acts = [
    ...(rights.sees_deals && rights.updates_deals ? ['accept, move the stage, comment'] : []),
    ...(rights.sends_deals ? ['send you deals'] : []),
  ].join(', ')
  if (acts) return acts.charAt(0).toUpperCase() + acts.slice(1)
  return rights.sees_deals || rights.sees_notes ? 'Read only' : 'Nothing yet'
}
