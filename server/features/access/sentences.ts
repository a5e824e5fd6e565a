import type { Exposure } from '#shared/partners.ts'
import type { Change, Keyed } from './difference.ts'

/** "Ana", "Ana and Ben", "Ana, Ben and 3 others". */
export function listNames(names: readonly string[], most = 4): string {
  if (names.length < 2) return names.join('')
  const [shown, more] =
    names.length > most ? [names.slice(0, most - 1), names.length - most + 1] : [names.slice(0, -1), 0]
  return `${shown.join(', ')} and ${more ? `${more} others` : names.at(-1)}`
}

const count = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`
const kinds: { is(it: Keyed['thing']): boolean; says(n: number): string }[] = [
  { is: (it) => it.what === 'deal' && it.field === null, says: (n) => count(n, 'deal') },
  { is: (it) => it.field === 'value', says: (n) => `the value of ${count(n, 'deal')}` },
  { is: (it) => it.field === 'customer contact', says: (n) => `the customer contact of ${count(n, 'deal')}` },
  { is: (it) => it.what === 'note', says: (n) => count(n, 'note') },
  { is: (it) => it.what === 'file', says: (n) => count(n, 'file') },
]

/** "2 deals", "the value of 1 deal": what is in any of the lists, each thing once. */
export function counted(lists: readonly Keyed[][]): string[] {
  const once = new Map(lists.flat().map(({ key, thing }) => [key, thing]))
  return kinds.flatMap(({ is, says }) => {
    const n = [...once.values()].filter(is).length
    return n ? [says(n)] : []
  })
}

export type Told = {
  partner: string
  changes: readonly Change[]
  team: Exposure['team']
  /** How many people there could look at all, and whether any of them can get in yet. */
  people: number
  anyone_in: boolean
}

/** What a change of access does, in sentences: what they see, what they may do, who is meant, and who on the team. */
export function tell({ partner, changes, team, people, anyone_in }: Told): string[] {
  const every = (pick: (change: Change) => string[]) => [...new Set(changes.flatMap(pick))]
  const names = changes.flatMap((change) => change.names)
  const about_them = [
    ...counted(changes.map((change) => change.appears)).map((what) => `${partner} will now see ${what}.`),
    ...counted(changes.map((change) => change.disappears)).map((what) => `${partner} will no longer see ${what}.`),
    ...every((change) => change.may).map((act) => `${partner} will now be able to ${act}.`),
    ...every((change) => change.may_no_longer).map((act) => `${partner} will no longer be able to ${act}.`),
    ...(names.length ? [`${listNames(names)} ${names.length === 1 ? 'is' : 'are'} affected.`] : []),
    ...(names.length && !anyone_in ? [`Nobody at ${partner} can get in yet. This is what they would see.`] : []),
  ]
  const about_us = [
    ...team.gains.map((name) => `${name} will now see this partner.`),
    ...team.loses.map((name) => `${name} will no longer see this partner.`),
  ]
  const nobody = `There is nobody at ${partner} who could see anything. Add a contact first.`
  const nothing = `Nothing changes for anyone at ${partner}.`
  return [...(people === 0 ? [nobody] : about_them.length ? about_them : [nothing]), ...about_us]
}
