import type * as z from 'zod/mini'
import type { PortalDeal, Workspace } from '#shared/portal.ts'

export type Group = 'waiting' | 'sent' | 'progress' | 'closed'

/** Where a deal stands in the list: theirs to do, sent and not answered, under way, or over. */
export function groupOf(deal: PortalDeal): Group {
  if (deal.outcome || deal.answer === 'declined') return 'closed'
  if (deal.turn === 'them') return 'waiting'
  return waitsForThem(deal) ? 'sent' : 'progress'
}

export function endOf(deal: PortalDeal): string {
  if (deal.outcome === 'won') return 'Won'
  if (deal.outcome === 'lost') return 'Lost'
  return 'Declined'
}

/** What the stage of a deal is called. */
export const stageName = ({ stages }: Pick<z.output<typeof Workspace>, 'stages'>, key: string): string =>
  stages.find((stage) => stage.key === key)?.name ?? key

export const waitsForAnswer = (deal: PortalDeal): boolean =>
  deal.answer === 'pending' && deal.direction === 'given' && !deal.outcome

/** They sent it, and the company has not answered. */
export const waitsForThem = (deal: PortalDeal): boolean => deal.answer === 'pending' && deal.direction === 'received'

/** They comment on what they may update, and on what they sent until it is taken. */
export const mayComment = (
  { updates_deals, sends_deals }: Pick<z.output<typeof Workspace>, 'updates_deals' | 'sends_deals'>,
  deal: PortalDeal,
): boolean => updates_deals || (sends_deals && deal.direction === 'received' && deal.answer !== 'accepted')

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
