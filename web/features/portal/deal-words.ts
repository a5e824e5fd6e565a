import type { PortalDeal } from '#shared/portal.ts'

export type Group = 'waiting' | 'progress' | 'closed'

/** Where a deal stands in the list: theirs to do, under way, or over. */
export function groupOf(deal: PortalDeal): Group {
  if (deal.outcome || deal.answer === 'declined') return 'closed'
  return deal.turn === 'them' ? 'waiting' : 'progress'
}

export function endOf(deal: PortalDeal): string {
  if (deal.outcome === 'won') return 'Won'
  if (deal.outcome === 'lost') return 'Lost'
  return 'Declined'
}

export const waitsForAnswer = (deal: PortalDeal): boolean =>
  deal.answer === 'pending' && deal.direction === 'given' && !deal.outcome

export const canMove = (deal: PortalDeal): boolean => deal.answer === 'accepted' && !deal.outcome

const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })

/** "today", "yesterday" or "20 November", inside a sentence. */
export function dayInWords(instant: string, now = new Date()): string {
  const date = new Date(instant)
  const midnight = (day: Date) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000)
  if (days === 0) return 'today'
  if (days === 1) return 'yesterday'
  return (date.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear).format(date)
}
