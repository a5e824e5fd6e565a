import { Tooltip } from './tooltip.tsx'

const DAY_MS = 86_400_000
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const fullDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const fullTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' })

type Props = {
  value: string
  form?: 'when' | 'ago'
  quiet?: boolean
  /** Inside a sentence: "Last here today, 10:05". */
  inside?: boolean
  now?: Date
  className?: string
}

/**
 * An instant in relative words, the exact one on hover and focus. `when` keeps the hour ("Yesterday, 16:20"), `ago`
 * counts days ("4 days ago"). `quiet` stays out of the tab order: for tables.
 */
export function Time({ value, form = 'when', quiet, inside, now = new Date(), className }: Props) {
  const date = new Date(value)
  const said = sayWhen(date, now, form)
  const words = inside ? said.replace(/^(Today|Yesterday)/, (day) => day.toLowerCase()) : said
  const exact = fullTime.format(date)
  if (quiet) {
    return (
      <time dateTime={value} title={exact} className={className}>
        {words}
      </time>
    )
  }
  return (
    <Tooltip content={exact} describe>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time must be reachable by keyboard */}
      <time dateTime={value} tabIndex={0} className={className}>
        {words}
      </time>
    </Tooltip>
  )
}

/** A calendar day in full: "7 December 2026". Takes a date or an instant. */
export function Day({ value }: { value: string }) {
  return <time dateTime={value.slice(0, 10)}>{sayDay(value)}</time>
}

export function sayDay(value: string): string {
  return fullDay.format(value.length === 10 ? new Date(`${value}T12:00:00`) : new Date(value))
}

/** The relative words alone, for places that are not markup. */
export function sayWhen(date: Date, now: Date, form: 'when' | 'ago' = 'when'): string {
  const days = Math.round((startOfDay(now) - startOfDay(date)) / DAY_MS)
  const hour = clock.format(date)
  if (days === 0) return `Today, ${hour}`
  if (days === 1) return form === 'when' ? `Yesterday, ${hour}` : 'Yesterday'
  if (form === 'ago' && days > 1 && days < 100) return `${days} days ago`
  if (date.getFullYear() !== now.getFullYear()) return dayMonthYear.format(date)
  return form === 'when' ? `${dayMonth.format(date)}, ${hour}` : dayMonth.format(date)
}

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
