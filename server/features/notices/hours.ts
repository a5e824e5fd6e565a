/** When somebody may be mailed, on their own clock. Times of day are quarters of an hour, `HH:MM`. */
export type Hours = {
  zone: string
  /** Nothing leaves between these; over midnight where the first is the later one. */
  quiet: { from: string; to: string } | null
  quiet_weekends: boolean
  /** On these days of the week (0 is Sunday) at this time. */
  digest: { at: string; days: readonly number[] }
}

const minute = 60_000
const quarter = 15 * minute
const day = 24 * 60 * minute
const furthest = 16 * day

const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
    const make = (timeZone: string) => new Intl.DateTimeFormat('en-US', { ...parts, timeZone, hourCycle: 'h23' })
    try {
      format = make(zone)
    } catch {
      format = make('UTC')
    }
    formats.set(zone, format)
  }
  return format
}

const known = new Map<string, number>()
const most_known = 20_000
/** How far the clock of a zone is ahead of UTC at a moment, in milliseconds. It is the same for a quarter of an hour. */
function offsetAt(zone: string, at: number): number {
  const key = `${zone} ${Math.floor(at / quarter)}`
  let offset = known.get(key)
  if (offset === undefined) {
    if (known.size >= most_known) known.clear()
    offset = readOffset(zone, at)
    known.set(key, offset)
  }
  return offset
}
function readOffset(zone: string, at: number): number {
  const is: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(at)) is[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute: minutes = 0 } = is
  return Date.UTC(year, month - 1, day, hour, minutes) - Math.floor(at / minute) * minute
}

type Local = { day: number; weekday: number; minutes: number }
const localOf = (at: number, offset: number): Local => {
  const shifted = Math.floor((at + offset) / minute)
  const days = Math.floor(shifted / 1440)
  return { day: days, weekday: (((days + 4) % 7) + 7) % 7, minutes: shifted - days * 1440 }
}

/** What a zone's clock shows from a moment on. Where the clock is not changed within reach, it is asked once. */
function clockFrom(zone: string, from: number): (at: number) => Local {
  const offset = offsetAt(zone, from - quarter)
  const steady =
    offset === offsetAt(zone, from + furthest) &&
    offset === offsetAt(zone, from + furthest / 4) &&
    offset === offsetAt(zone, from + furthest / 2) &&
    offset === offsetAt(zone, from + (furthest * 3) / 4)
  return (at) => localOf(at, steady ? offset : offsetAt(zone, at))
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

function resting({ quiet, quiet_weekends }: Hours, { weekday, minutes }: Local): boolean {
  if (quiet_weekends && (weekday === 0 || weekday === 6)) return true
  if (!quiet) return false
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)]
  return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to
}

/** Are these quiet hours? */
export const isQuiet = (at: Date, hours: Hours): boolean =>
  resting(hours, localOf(at.getTime(), offsetAt(hours.zone, at.getTime())))

/** The first quarter of an hour from `at` on that fits. Every edge of the hours lies on one, and so does every change of a clock. */
function first(at: number, fits: (at: number) => boolean): Date {
  for (let it = Math.ceil(at / quarter) * quarter; it <= at + furthest; it += quarter) if (fits(it)) return new Date(it)
  return new Date(at + furthest)
}

/** The first moment from `at` on that is not quiet: `at` itself, or the end of the quiet hours it lies in. */
export function nextOpen(at: Date, hours: Hours): Date {
  if (!isQuiet(at, hours)) return at
  const clock = clockFrom(hours.zone, at.getTime())
  return first(at.getTime(), (it) => !resting(hours, clock(it)))
}

/** When the digest with what happened at `at` leaves: on its next day at its time, or when quiet hours that lie there are over. */
export function digestMoment(at: Date, hours: Hours): Date {
  const clock = clockFrom(hours.zone, at.getTime())
  const time = minutesOf(hours.digest.at)
  const moment = first(at.getTime(), (it) => {
    const now = clock(it)
    if (!hours.digest.days.includes(now.weekday) || now.minutes < time) return false
    const before = clock(it - quarter)
    return before.day !== now.day || before.minutes < time
  })
  return nextOpen(moment, hours)
}

/** The number of somebody's day: for what is counted by the day. */
export const dayOf = (at: Date, { zone }: Hours): number => localOf(at.getTime(), offsetAt(zone, at.getTime())).day
