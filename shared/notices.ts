import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, text, word } from './fields.ts'

/** What can happen, in the order of the settings page. */
export const classes = ['assigned', 'replied', 'moved', 'quiet', 'sent', 'invites', 'access'] as const
export type Class = (typeof classes)[number]
export const Class = z.enum(classes)
export const ways = ['now', 'digest', 'off'] as const
export type Way = (typeof ways)[number]
export type Ways = Record<Class, Way>

const classOfKind: Record<string, Class> = {
  mention: 'assigned',
  assigned: 'assigned',
  comment: 'replied',
  answer: 'replied',
  stage: 'moved',
  outcome: 'moved',
  paused: 'moved',
  resumed: 'moved',
  quiet: 'quiet',
  protection: 'quiet',
  sent: 'sent',
  accepted: 'invites',
  declined: 'invites',
  prefers_email: 'invites',
  access: 'access',
}
/** Which of the seven a row of the inbox is. */
export const classOf = (kind: string): Class => classOfKind[kind] ?? 'replied'

/** What each is called, and what it holds. */
export const classWords: Record<Class, { name: string; hint: string }> = {
  assigned: { name: 'Assigned or mentioned', hint: 'A colleague gives you something or writes your name.' },
  replied: { name: 'Partner replied', hint: 'They comment, accept or decline.' },
  moved: { name: 'Deal moved', hint: 'Someone else changes its stage, or closes it.' },
  quiet: { name: 'Deal quiet', hint: 'Nothing has happened for too long, or its protection ends.' },
  sent: { name: 'New deal from partner', hint: 'They send you a lead, and it waits for your answer.' },
  invites: { name: 'Invite answered', hint: 'Someone accepts, or would rather have email.' },
  access: { name: 'Access or security', hint: 'Never held back. A change of your own role is always mailed.' },
}

const all = (way: Way): Ways => Object.fromEntries(classes.map((one) => [one, way])) as Ways
export const presets = {
  calm: { ...all('digest'), assigned: 'now', replied: 'now', invites: 'now', access: 'now' },
  asked: { ...all('off'), assigned: 'now', access: 'now' },
  everything: all('now'),
} as const satisfies Record<string, Ways>
export const presetNames = ['calm', 'asked', 'everything'] as const
export type Preset = (typeof presetNames)[number]
/** The preset that these are; null when they are nobody's but one's own. */
export const presetOf = (chosen: Ways): Preset | null =>
  presetNames.find((name) => classes.every((one) => presets[name][one] === chosen[one])) ?? null

const time = () =>
  z.string('Choose a time.').check(z.regex(/^([01]\d|2[0-3]):(00|15|30|45)$/, 'Use a quarter of an hour, like 08:30.'))
const hours = {
  quiet_hours: z.boolean(),
  quiet_from: time(),
  quiet_to: time(),
  quiet_weekends: z.boolean(),
  digest_at: time(),
  /** Null: the company's. */
  time_zone: z.nullable(text(60)),
}
const theWays = {
  assigned: z.enum(ways),
  replied: z.enum(ways),
  moved: z.enum(ways),
  quiet: z.enum(ways),
  sent: z.enum(ways),
  invites: z.enum(ways),
  access: z.enum(ways),
}
export const NoticeSettings = z.object({ ...theWays, ...hours })
export type NoticeSettings = z.output<typeof NoticeSettings>
/** How whoever never chose is told. */
export const unchosen: NoticeSettings = {
  ...presets.calm,
  quiet_hours: true,
  quiet_from: '18:00',
  quiet_to: '08:00',
  quiet_weekends: true,
  digest_at: '08:30',
  time_zone: null,
}
/** So many mails a day leave at once; the rest goes into the digest. */
export const most_a_day = 5

export const Mute = z.object({
  id: id(),
  partner: z.object({ id: id(), slug: z.string(), legal_name: z.string() }),
  deal: z.nullable(z.object({ id: id(), ref: z.string(), customer_company: z.string() })),
})
export type Mute = z.output<typeof Mute>
export const Notices = z.object({
  settings: NoticeSettings,
  company_zone: z.string(),
  /** How many mails the last seven days would have brought: with these settings, and with each preset in their place. */
  last_week: z.object({ yours: z.int(), calm: z.int(), asked: z.int(), everything: z.int() }),
  muted: z.array(Mute),
  mail_works: z.boolean(),
})
export type Notices = z.output<typeof Notices>

export const getNotices = endpoint({
  id: 'get_notices',
  method: 'GET',
  path: '/api/v1/notices',
  caller: 'team',
  says: 'How you are told by email, and how many mails last week would have brought.',
  output: Notices,
})
const maybe = <T extends z.ZodMiniType>(it: T) => z.optional(it)
export const changeNotices = endpoint({
  id: 'change_notices',
  method: 'PATCH',
  path: '/api/v1/notices',
  caller: 'team',
  says: 'Change how you are told by email. Yours alone.',
  body: z.strictObject({
    assigned: maybe(theWays.assigned),
    replied: maybe(theWays.replied),
    moved: maybe(theWays.moved),
    quiet: maybe(theWays.quiet),
    sent: maybe(theWays.sent),
    invites: maybe(theWays.invites),
    access: maybe(theWays.access),
    quiet_hours: maybe(hours.quiet_hours),
    quiet_from: maybe(hours.quiet_from),
    quiet_to: maybe(hours.quiet_to),
    quiet_weekends: maybe(hours.quiet_weekends),
    digest_at: maybe(hours.digest_at),
    time_zone: maybe(hours.time_zone),
  }),
  output: Notices,
})
export const addMute = endpoint({
  id: 'add_mute',
  method: 'POST',
  path: '/api/v1/notices/mutes',
  caller: 'team',
  says: 'No email about this partner, or about this one deal. It still reaches your inbox.',
  body: z.strictObject({ partner: z.optional(id()), deal: z.optional(id()) }),
  output: Mute,
})
export const removeMute = endpoint({
  id: 'remove_mute',
  method: 'DELETE',
  path: '/api/v1/notices/mutes/:mute',
  caller: 'team',
  says: 'Be told about it by email again.',
  params: z.object({ mute: id() }),
  output: null,
})

/** A contact's choice. The portal offers the first two; links in mails offer all. */
export const choices = ['asked', 'weekly', 'only_asked', 'none'] as const
export type Choice = (typeof choices)[number]
const workspace = z.object({ workspace: word(120) })
export const getMailChoice = endpoint({
  id: 'get_mail_choice',
  method: 'GET',
  path: '/api/v1/p/:workspace/notices',
  caller: 'contact',
  says: 'When you get email from this workspace.',
  params: workspace,
  output: z.object({ choice: z.enum(choices) }),
  reads: 'choice',
})
export const chooseMail = endpoint({
  id: 'choose_mail',
  method: 'PUT',
  path: '/api/v1/p/:workspace/notices',
  caller: 'contact',
  says: 'Choose when you get email from this workspace.',
  params: workspace,
  body: z.strictObject({ choice: z.enum(choices) }),
  output: z.object({ choice: z.enum(choices) }),
  reads: 'choice',
})
export const noticeEndpoints = [getNotices, changeNotices, addMute, removeMute, getMailChoice, chooseMail]
