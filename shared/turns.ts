/** Whose turn it is, why and since when, in the words that both sides read. */
export type Turned = {
  turn: 'us' | 'them' | 'nobody'
  turn_why: string
  turn_since: string
  paused_until: string | null
}
/** What the sides are called by whoever reads: null is the reader, who is "you". `by` is whose doing it was. */
export type Sides = { us: string | null; them: string | null; by: string | null }

const of = (name: string | null) => (name === null ? 'Your' : name.endsWith('s') ? `${name}'` : `${name}'s`)

/** "Your turn", "Acme's turn"; null when nobody has to move. */
export function whoseTurn({ turn }: Pick<Turned, 'turn'>, { us, them }: Pick<Sides, 'us' | 'them'>): string | null {
  if (turn === 'nobody') return null
  return `${of(turn === 'us' ? us : them)} turn`
}

const did: Record<string, string> = {
  shared: 'shared it',
  accepted: 'accepted it',
  declined: 'declined it',
  commented: 'commented',
  changed: 'moved it',
  asked: 'asked for an answer',
  sent: 'sent it',
  taken: 'accepted it',
  refused: 'declined it',
  closed: 'closed it',
  reopened: 'opened it again',
}

/** Which side it was that did it: for where nobody is named. */
export const sideOf = (turn_why: string): 'us' | 'them' =>
  ['accepted', 'declined', 'commented', 'changed', 'sent'].includes(turn_why) ? 'them' : 'us'

/** "Ana accepted it"; null where there is nothing to tell. */
export function turnReason({ turn_why }: Pick<Turned, 'turn_why'>, { by }: Pick<Sides, 'by'>): string | null {
  const what = did[turn_why]
  return what ? `${by ?? 'you'} ${what}` : null
}

const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const midnight = (day: Date) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()

/** "today", "yesterday", "3 November", with the year when it is another one. Takes an instant or a day. */
export function dayWords(at: string, now = new Date()): string {
  const date = new Date(at.length === 10 ? `${at}T12:00:00` : at)
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000)
  if (days === 0) return 'today'
  if (days === 1) return 'yesterday'
  if (days === -1) return 'tomorrow'
  return (date.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear).format(date)
}

/** "Acme's turn" and "since 3 November: Ana accepted it."; for a pause "Paused until 3 December" and "Nobody has to move until then." */
export function turnWords(it: Turned, sides: Sides, now = new Date()): { lead: string; rest: string } {
  const whose = whoseTurn(it, sides)
  const why = turnReason(it, sides)
  if (whose) return { lead: whose, rest: `since ${dayWords(it.turn_since, now)}${why ? `: ${why}` : ''}.` }
  if (it.paused_until)
    return { lead: `Paused until ${dayWords(it.paused_until, now)}.`, rest: 'Nobody has to move until then.' }
  if (!why) return { lead: "Nobody's turn.", rest: '' }
  return { lead: "Nobody's turn", rest: `since ${dayWords(it.turn_since, now)}: ${why}.` }
}
