import { type Choice, classes, most_a_day, type NoticeSettings, unchosen, type Ways } from '#shared/notices.ts'
import type { Chosen } from './planner.ts'

const weekdays = [1, 2, 3, 4, 5]

/** A member's settings as the planner takes them. In: null for whoever never chose; the company's time zone; what they muted. */
export function memberChoice(settings: NoticeSettings | null, company_zone: string, muted: readonly string[]): Chosen {
  const it = settings ?? unchosen
  return {
    ways: Object.fromEntries(classes.map((one) => [one, it[one]])) as Ways,
    hours: {
      zone: it.time_zone ?? company_zone,
      quiet: it.quiet_hours ? { from: it.quiet_from, to: it.quiet_to } : null,
      quiet_weekends: it.quiet_weekends,
      digest: { at: it.digest_at, days: weekdays },
    },
    most: most_a_day,
    urgent: ['access'],
    uncounted: [],
    muted,
  }
}

/** A contact's choice: what needs them at once, one other mail a day at most, the rest on Monday. In the company's hours. */
export function contactChoice(choice: Choice | null, company_zone: string): Chosen {
  const it = choice ?? 'asked'
  const at_once = it === 'weekly' ? 'digest' : it === 'none' ? 'off' : 'now'
  return {
    ways: {
      asked: at_once,
      answered: at_once,
      closed: at_once,
      changed: it === 'asked' || it === 'weekly' ? 'digest' : 'off',
    },
    hours: {
      zone: company_zone,
      quiet: { from: unchosen.quiet_from, to: unchosen.quiet_to },
      quiet_weekends: true,
      digest: { at: unchosen.digest_at, days: [1] },
    },
    most: 1,
    urgent: [],
    uncounted: ['asked'],
    muted: [],
  }
}
