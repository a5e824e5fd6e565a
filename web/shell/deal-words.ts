import { type Deal, type DealRow, kindNames } from '#shared/deals.ts'
import { dayWords } from '#shared/turns.ts'
import { formatMoney } from '../ui/money.tsx'
import { sayDay } from '../ui/time.tsx'

const DAY_MS = 86_400_000

const legalForm =
  /[\s,]+(gmbh & co\.? kg|gmbh|mbh|ag|kg|kgaa|ohg|ug|se|inc\.?|incorporated|corp\.?|corporation|co\.?|llc|llp|ltd\.?|limited|plc|s\.?a\.?|s\.?a\.?s\.?|s\.?a\.?r\.?l\.?|s\.?r\.?l\.?|s\.?p\.?a\.?|b\.?v\.?|n\.?v\.?|ab|oy|oyj|asa?|aps|s\.?l\.?(u\.?)?|oü|lda\.?|pty ltd|l\.l\.c\.|s\.?r\.?o\.?|k\.?k\.?)$/i

/** What a partner is called in a sentence: "Nordlicht GmbH" is Nordlicht. */
export function calledName(legal_name: string): string {
  const short = legal_name.trim().replace(legalForm, '')
  return short.length > 1 ? short : legal_name
}

export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name
export const whose = (name: string): string => (name.endsWith('s') ? `${name}'` : `${name}'s`)

export const kindName = (kind: DealRow['kind']): string => kindNames[kind].name
export const outcomeName = (outcome: 'won' | 'lost'): string => (outcome === 'won' ? 'Won' : 'Lost')

/** The word for where a deal stands: its outcome once it has one, else its stage. */
export const stageWord = (deal: Pick<DealRow, 'stage' | 'outcome'>, stageName: (key: string) => string): string =>
  deal.outcome ? outcomeName(deal.outcome) : stageName(deal.stage)

type Answered = Pick<DealRow, 'answer' | 'shared' | 'partner'> & Partial<Pick<Deal, 'direction' | 'answered_by_name'>>

/** The answer to a deal as a chip says it; null while there is nothing to answer. */
export function answerWords(deal: Answered): { tone: 'ok' | 'warn' | 'neutral'; text: string } | null {
  const partner = calledName(deal.partner.legal_name)
  const ours = deal.direction === 'received'
  const by = ours ? (deal.answered_by_name ?? 'your team') : partner
  if (deal.answer === 'accepted') return { tone: 'ok', text: `Accepted by ${by}` }
  if (deal.answer === 'declined') return { tone: 'warn', text: `Declined by ${by}` }
  if (ours) return { tone: 'neutral', text: 'Waiting for your answer' }
  return deal.shared ? { tone: 'neutral', text: `Waiting for ${partner}` } : null
}

/** Whose turn it is, in words; null once nobody has to move. `me` is the member who reads. */
export function turnWords(
  deal: Pick<DealRow, 'turn' | 'partner' | 'our_owner' | 'their_owner_name'> & Partial<Pick<DealRow, 'paused_until'>>,
  me?: string,
): string | null {
  if (deal.turn === 'nobody') return deal.paused_until ? `Paused until ${dayWords(deal.paused_until)}` : null
  if (deal.turn === 'us')
    return deal.our_owner.id === me ? 'Your turn' : `${whose(firstName(deal.our_owner.name))} turn`
  return `${whose(deal.their_owner_name ? firstName(deal.their_owner_name) : calledName(deal.partner.legal_name))} turn`
}

/** Whole days since an instant, never below 0. */
export function daysSince(instant: string, now = Date.now()): number {
  return Math.max(0, Math.floor((now - new Date(instant).getTime()) / DAY_MS))
}

export const countDays = (days: number): string => (days === 0 ? 'Today' : days === 1 ? '1 day' : `${days} days`)

/** "Quiet 16 days", or null while something happens on the deal. */
export const quietWords = ({ quiet }: Pick<DealRow, 'quiet'>): string | null =>
  quiet && `Quiet ${quiet.days === 1 ? '1 day' : `${quiet.days} days`}`

const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
/** The day from which a deal counts as quiet, if nothing happens: "7 December". */
export const quietFrom = ({ quiet_from }: Pick<Deal, 'quiet_from'>): string | null =>
  quiet_from && dayMonth.format(new Date(quiet_from))

/** "Q1 2027" for the last day of a quarter, else null. */
export function quarterOf(day: string): string | null {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return month % 3 === 0 && date === last ? `Q${month / 3} ${year}` : null
}

/** A quarter where the day ends one, else the day in full. */
export const closeWords = (day: string | null): string | null => day && (quarterOf(day) ?? sayDay(day))

/** What several deals add up to, currency by currency: "€141,500 + $20,000". */
export function sumWords(deals: Pick<DealRow, 'value_minor' | 'currency'>[]): string {
  const sums = new Map<string, number>()
  for (const { value_minor, currency } of deals)
    if (value_minor !== null && currency !== null) sums.set(currency, (sums.get(currency) ?? 0) + value_minor)
  return Array.from(sums, ([currency, minor]) => formatMoney(minor, currency)).join(' + ')
}

/** The same of sums that the server has made. */
export const sumsWords = (sums: { currency: string; minor: number }[]): string =>
  sums.map(({ currency, minor }) => formatMoney(minor, currency)).join(' + ')

/** "Ana Lindner and Jonas Weber". */
export const listNames = (names: string[]): string => new Intl.ListFormat('en-GB').format(names)
