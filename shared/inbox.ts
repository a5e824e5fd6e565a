import * as z from 'zod/mini'
import { DealRow } from './deals.ts'
import { endpoint } from './endpoint.ts'
import { cursor, id, limit, moment, page } from './fields.ts'
import { Class } from './notices.ts'
import { PartnerRow } from './partners.ts'

const ids = () => z.array(id()).check(z.maxLength(500, 'At most 500 at once.'))

/** What happened on one deal or partner, folded into one row. */
export const InboxRow = z.object({
  /** The newest notification in it. */
  id: id(),
  ids: z.array(id()),
  sentence: z.string(),
  excerpt: z.nullable(z.string()),
  partner: z.object({ id: id(), slug: z.string(), legal_name: z.string() }),
  deal: z.nullable(z.object({ id: id(), ref: z.string(), customer_company: z.string() })),
  /** What kinds of things are folded into it: what "Fewer like this" offers. */
  classes: z.array(Class),
  /** Whether it is a deal that a partner sent and that waits for this member's answer. */
  answerable: z.boolean(),
  /** Whether it is about a note on the partner. */
  note: z.boolean(),
  at: moment(),
  unread: z.boolean(),
  done: z.boolean(),
  /** Until when it is out of the way; null when it is not. */
  snoozed_until: z.nullable(moment()),
  count: z.int(),
})
export type InboxRow = z.output<typeof InboxRow>
export const listInbox = endpoint({
  id: 'list_inbox',
  method: 'GET',
  path: '/api/v1/inbox',
  caller: 'team',
  says: 'What reached you, newest first: what is for you now, all of it, or what you are done with.',
  query: z.strictObject({ tab: z.optional(z.enum(['for_you', 'all', 'done'])), cursor: cursor(), limit: limit() }),
  output: page(InboxRow),
})
export const countInbox = endpoint({
  id: 'count_inbox',
  method: 'GET',
  path: '/api/v1/inbox/count',
  caller: 'team',
  says: 'How many rows are unread.',
  output: z.object({ unread: z.int() }),
})
export const readInbox = endpoint({
  id: 'read_inbox',
  method: 'POST',
  path: '/api/v1/inbox/read',
  caller: 'team',
  says: 'Mark rows as read, or as unread again: then they are for you now.',
  body: z.strictObject({ ids: z.optional(ids()), read: z.boolean() }),
  output: z.object({ unread: z.int() }),
})
export const doneInbox = endpoint({
  id: 'done_inbox',
  method: 'POST',
  path: '/api/v1/inbox/done',
  caller: 'team',
  says: 'Be done with rows, or with all that is for you now; or take them back.',
  body: z.strictObject({ ids: z.optional(ids()), done: z.boolean() }),
  /** Which were changed, so that it can be taken back. */
  output: z.object({ unread: z.int(), ids: z.array(id()) }),
})
export const snoozeInbox = endpoint({
  id: 'snooze_inbox',
  method: 'POST',
  path: '/api/v1/inbox/snooze',
  caller: 'team',
  says: 'Put rows out of the way until a moment within a year, or bring them back with none.',
  body: z.strictObject({
    ids: ids(),
    until: z.nullable(z.iso.datetime({ offset: true, error: 'Give a day and a time.' })),
  }),
  output: z.object({ unread: z.int() }),
})
/** Home: what needs you, at most seven rows. */
export const Home = z.object({
  needs_you: z.array(
    z.object({
      kind: z.enum(['sent', 'your_turn', 'unanswered', 'invitation']),
      sentence: z.string(),
      why: z.string(),
      link: z.string(),
      at: moment(),
    }),
  ),
  recent_partners: z.array(PartnerRow),
  stages: z.array(z.object({ stage: z.string(), name: z.string(), deals: z.int() })),
  checklist: z.object({ partner: z.boolean(), looked: z.boolean(), deal: z.boolean() }),
  partners: z.int(),
  review_due: z.int(),
})
export const getHome = endpoint({
  id: 'get_home',
  method: 'GET',
  path: '/api/v1/home',
  caller: 'team',
  says: 'What needs you now.',
  output: Home,
})

export const ReviewRow = z.object({ partner: PartnerRow, reasons: z.array(z.string()), deals: z.array(DealRow) })
export const listReview = endpoint({
  id: 'list_review',
  method: 'GET',
  path: '/api/v1/review',
  caller: 'team',
  says: 'Your partners that need a look this month, longest waiting first, each with its reasons.',
  output: z.object({ items: z.array(ReviewRow), total: z.int(), of: z.int(), minutes: z.int() }),
})
export const markReviewed = endpoint({
  id: 'mark_reviewed',
  method: 'POST',
  path: '/api/v1/partners/:partner/review',
  caller: 'team',
  says: 'This partner looks good until next month.',
  params: z.object({ partner: id() }),
  output: null,
})
export const undoReviewed = endpoint({
  id: 'undo_reviewed',
  method: 'DELETE',
  path: '/api/v1/partners/:partner/review',
  caller: 'team',
  says: 'Put a partner back into the review.',
  params: z.object({ partner: id() }),
  output: null,
})
export const inboxEndpoints = [
  listInbox,
  countInbox,
  readInbox,
  doneInbox,
  snoozeInbox,
  getHome,
  listReview,
  markReviewed,
  undoReviewed,
]
