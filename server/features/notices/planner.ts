import { dayOf, digestMoment, type Hours, isQuiet, nextOpen } from './hours.ts'

/** Something that reached somebody and was not mailed yet. */
export type Waiting = {
  id: string
  class: string
  partner_id: string
  deal_id: string | null
  at: Date
  /** When they read it where they were told first: then no mail is wanted. */
  read_at: Date | null
  /** Since when it is left for the digest, because the day was full. */
  digest_from: Date | null
}
export type Chosen = {
  ways: Record<string, 'now' | 'digest' | 'off'>
  hours: Hours
  /** So many mails a day; the rest is left for the digest. */
  most: number
  /** Classes that no quiet hours hold and no day is too full for. */
  urgent: readonly string[]
  /** Classes that no day is too full for. */
  uncounted: readonly string[]
  /** Deals and partners that they want no mail about. */
  muted: readonly string[]
}
export type Planned = { kind: 'notice' | 'urgent' | 'digest'; ids: string[]; more: number | null }
export type Plan = {
  mails: Planned[]
  /** What is left for the digest from now on. */
  to_digest: string[]
  /** What nobody wants mailed, or what was read already. */
  passed: string[]
  /** When to plan again, if nothing new happens. */
  wake: Date | null
}

/** So long all that happens on one deal is gathered into one mail. */
const gathering_ms = 10 * 60_000

/** When somebody's mail is looked at after something new: as the database's triggers do it. */
export const wakeAfter = (it: Waiting, { urgent }: Chosen): Date =>
  urgent.includes(it.class) ? it.at : new Date(it.at.getTime() + gathering_ms)

const earliest = (moments: readonly Date[]): Date => new Date(Math.min(...moments.map((at) => at.getTime())))

export const thingOf = ({ deal_id, partner_id }: Pick<Waiting, 'deal_id' | 'partner_id'>): string =>
  deal_id ?? partner_id

function grouped(items: readonly Waiting[]): Waiting[][] {
  const groups = new Map<string, Waiting[]>()
  for (const it of items) {
    const thing = thingOf(it)
    const group = groups.get(thing)
    if (group) group.push(it)
    else groups.set(thing, [it])
  }
  return [...groups.values()]
}

/**
 * What of somebody's mail leaves now. The one planner: it plans what is sent, and it counts what other settings would have sent.
 * In: the moment; what they chose; what waits, oldest first; when counted mails left lately. Out: the mails, and when to look again.
 */
export function planMail(now: Date, chosen: Chosen, waiting: readonly Waiting[], mailed: readonly Date[]): Plan {
  const { hours, ways, muted } = chosen
  const plan: Plan = { mails: [], to_digest: [], passed: [], wake: null }
  const isUrgent = (it: Waiting) => chosen.urgent.includes(it.class) && ways[it.class] === 'now'
  const isMuted = (it: Waiting) =>
    !chosen.urgent.includes(it.class) && (muted.includes(it.partner_id) || muted.includes(it.deal_id ?? ''))
  const wanted: Waiting[] = []
  for (const it of waiting) {
    if (ways[it.class] === 'off' || isMuted(it) || (it.read_at && it.read_at <= now)) plan.passed.push(it.id)
    else wanted.push(it)
  }
  const wakeAt = (at: Date) => {
    if (!plan.wake || at < plan.wake) plan.wake = at
  }
  for (const group of grouped(wanted.filter(isUrgent)))
    plan.mails.push({ kind: 'urgent', ids: group.map(({ id }) => id), more: null })

  const rest = wanted.filter((it) => !isUrgent(it))
  const isForDigest = (it: Waiting) => ways[it.class] === 'digest' || it.digest_from !== null
  let digest = rest.filter(isForDigest)
  const quiet = isQuiet(now, hours)
  const today = dayOf(now, hours)
  let left = chosen.most - mailed.filter((at) => dayOf(at, hours) === today).length
  let last: Planned | undefined
  const overflow: Waiting[] = []
  const unripe: Date[] = []
  let held = false
  for (const group of grouped(rest.filter((it) => !isForDigest(it)))) {
    const ripe = new Date(earliest(group.map(({ at }) => at)).getTime() + gathering_ms)
    if (ripe > now || quiet) {
      if (ripe > now) unripe.push(ripe)
      else held = true
      continue
    }
    const counts = !group.some((it) => chosen.uncounted.includes(it.class))
    if (counts && left <= 0) {
      overflow.push(...group)
      continue
    }
    // What waited about the same for the digest is told along.
    const thing = group[0] && thingOf(group[0])
    const along = digest.filter((it) => thingOf(it) === thing)
    digest = digest.filter((it) => thingOf(it) !== thing)
    const mail: Planned = {
      kind: counts ? 'notice' : 'urgent',
      ids: [...group, ...along].map(({ id }) => id),
      more: null,
    }
    plan.mails.push(mail)
    if (counts) {
      left--
      if (left === 0) last = mail
    }
  }
  if (unripe.length) wakeAt(nextOpen(earliest(unripe), hours))
  if (held) wakeAt(nextOpen(now, hours))
  // What has waited longest says when.
  const due = digest.length ? digestMoment(earliest(digest.map((it) => it.digest_from ?? it.at)), hours) : null
  if (!quiet && due && due <= now) {
    plan.mails.push({ kind: 'digest', ids: [...digest, ...overflow].map(({ id }) => id), more: null })
  } else {
    if (due) wakeAt(due <= now ? nextOpen(now, hours) : due)
    if (overflow.length) wakeAt(digestMoment(now, hours))
    plan.to_digest = overflow.map(({ id }) => id)
    if (last) last.more = grouped([...digest, ...overflow]).length
  }
  if (last) last.more ??= 0
  return plan
}
