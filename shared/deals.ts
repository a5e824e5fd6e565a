import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import {
  currency,
  cursor,
  day,
  email,
  id,
  limit,
  maybeText,
  minor,
  moment,
  page,
  text,
  version,
  word,
  words,
} from './fields.ts'
import { partnerId } from './partners.ts'
import { memberRef } from './session.ts'

export const dealKinds = ['lead', 'referral', 'co_sell'] as const
export const DealKind = z.enum(dealKinds)
/** Who gave it: we to them, or they to us. */
export const Direction = z.enum(['given', 'received'])
export const kindNames: Record<(typeof dealKinds)[number], { name: string; act: string; line: string }> = {
  lead: { name: 'Lead', act: 'Share a lead', line: 'You found it, {partner} works it.' },
  referral: { name: 'Referral', act: 'Refer a deal', line: 'One side passes it on and steps back.' },
  co_sell: { name: 'Co-sell', act: 'Co-sell', line: 'Both sides work it.' },
}
/** The key of a stage: one of the company's own list. */
export const Stage = z.string().check(z.minLength(1, 'Choose a stage.'), z.maxLength(40, 'Choose one of the stages.'))
export const Answer = z.enum(['pending', 'accepted', 'declined'])
export const Turn = z.enum(['us', 'them', 'nobody'])
/** What gave a side the turn. */
export const TurnWhy = z.enum([
  'shared',
  'accepted',
  'declined',
  'commented',
  'changed',
  'asked',
  'sent',
  'taken',
  'refused',
  'paused',
  'closed',
  'reopened',
  'not_shared',
])
/** What a partner says with one tap; counted by its words. */
export const notRelevant = 'Not relevant for us'
export const Outcome = z.enum(['won', 'lost'])
const partnerRef = () => z.object({ id: id(), slug: z.string(), legal_name: z.string() })

export const DealRow = z.object({
  id: id(),
  ref: z.string(),
  kind: DealKind,
  direction: Direction,
  partner: partnerRef(),
  customer_company: z.string(),
  value_minor: z.nullable(z.int()),
  currency: z.nullable(z.string()),
  stage: z.string(),
  stage_since: moment(),
  answer: Answer,
  outcome: z.nullable(Outcome),
  turn: Turn,
  turn_since: moment(),
  turn_why: TurnWhy,
  paused_until: z.nullable(day()),
  our_owner: memberRef(),
  their_owner_name: z.nullable(z.string()),
  shared: z.boolean(),
  /** While it is quiet: for how many days, what the limit is, and within how many days won deals left this stage. */
  quiet: z.nullable(z.object({ days: z.int(), limit: z.int(), won_within: z.nullable(z.int()) })),
  /** Who at the partner moved it to this stage, where it was one of them. */
  moved_by: z.nullable(z.string()),
  last_activity_at: moment(),
  version: version(),
})
export type DealRow = z.output<typeof DealRow>

export const DealShare = z.object({
  id: id(),
  effective_at: moment(),
  shared_at: moment(),
  /** Null for what they sent themselves. */
  shared_by: z.nullable(z.string()),
  show_value: z.nullable(z.boolean()),
  show_customer_contact: z.nullable(z.boolean()),
})
/** What the partner can and cannot see of one thing, and the rule that says so. */
export const Visible = z.object({
  sees: z.array(z.object({ field: z.string(), why: z.string() })),
  hidden: z.array(z.object({ field: z.string(), why: z.string() })),
  people: z.array(z.string()),
})
export const Deal = z.object({
  ...DealRow.shape,
  /** From when on it counts as quiet, if nothing happens. */
  quiet_from: z.nullable(moment()),
  /** Whose doing it is that the turn is where it is. */
  turn_by: z.nullable(z.object({ id: id(), name: z.string() })),
  paused_why: z.nullable(z.string()),
  sent_by_name: z.nullable(z.string()),
  protected_until: z.nullable(day()),
  customer_domain: z.nullable(z.string()),
  customer_contact_name: z.nullable(z.string()),
  customer_contact_email: z.nullable(z.string()),
  customer_contact_phone: z.nullable(z.string()),
  expected_close: z.nullable(day()),
  ask: z.string(),
  next_step: z.nullable(z.string()),
  their_owner: z.nullable(z.object({ id: id(), name: z.string(), role: z.nullable(z.string()) })),
  answered_at: z.nullable(moment()),
  answered_by_name: z.nullable(z.string()),
  answer_reason: z.nullable(z.string()),
  outcome_at: z.nullable(moment()),
  outcome_reason: z.nullable(z.string()),
  share: z.nullable(DealShare),
  visible: Visible,
  created_at: moment(),
  can: z.object({ work: z.boolean() }),
})
export type Deal = z.output<typeof Deal>

export const dealId = z.object({ deal: id() })
const fields = {
  customer_company: text(),
  customer_domain: maybeText(200),
  customer_contact_name: maybeText(),
  customer_contact_email: z.optional(z.nullable(email())),
  customer_contact_phone: maybeText(60),
  value_minor: z.optional(z.nullable(minor())),
  currency: z.optional(z.nullable(currency())),
  expected_close: z.optional(z.nullable(day())),
  ask: text(2000),
  /** For the team alone. */
  next_step: maybeText(300),
  our_owner_id: z.optional(id()),
  their_owner_id: z.optional(z.nullable(id())),
  stage: z.optional(Stage),
}
const exceptions = {
  show_value: z.optional(z.nullable(z.boolean())),
  show_customer_contact: z.optional(z.nullable(z.boolean())),
}

/** The chips that choose deals. */
export const DealsChosen = {
  partner: z.optional(id()),
  kind: words(),
  stage: words(),
  owner: words(),
  turn: words(),
  quiet: z.optional(z.enum(['true'])),
  open: z.optional(z.enum(['true', 'false'])),
  /** What partners sent and is not in the pipeline: still waiting for your answer, or declined. Without it, the pipeline. */
  sent: z.optional(z.enum(['waiting', 'declined'])),
}
export const listDeals = endpoint({
  id: 'list_deals',
  method: 'GET',
  path: '/api/v1/deals',
  caller: 'team',
  says: 'Deals, newest activity first.',
  query: z.strictObject({
    ...DealsChosen,
    /** Newest activity first, or longest without any. */
    sort: z.optional(z.enum(['-activity', 'activity'])),
    cursor: cursor(),
    limit: limit(200),
  }),
  output: page(DealRow),
})
export const getDeal = endpoint({
  id: 'get_deal',
  method: 'GET',
  path: '/api/v1/deals/:ref',
  caller: 'team',
  says: 'One deal, by its reference.',
  params: z.object({ ref: word(40) }),
  output: Deal,
})
export const addDeal = endpoint({
  id: 'add_deal',
  method: 'POST',
  path: '/api/v1/partners/:partner/deals',
  caller: 'team',
  says: 'Share a lead, refer a deal or co-sell. Leaves after ten seconds; with share false nothing is shared. Received: they gave it to you, and you took it on.',
  params: partnerId,
  body: z.strictObject({
    kind: DealKind,
    direction: z.optional(Direction),
    ...fields,
    ...exceptions,
    share: z.boolean(),
  }),
  output: Deal,
})
/** Exactly what the partner's people would see of it: written, read through their views, rolled back. */
export const DealSight = z.object({
  people: z.array(z.string()),
  shown: z.boolean(),
  why_not: z.nullable(z.string()),
  customer_company: z.string(),
  ask: z.string(),
  stage: z.string(),
  expected_close: z.nullable(day()),
  value_minor: z.nullable(z.int()),
  currency: z.nullable(z.string()),
  value_shown: z.boolean(),
  customer_contact_name: z.nullable(z.string()),
  customer_contact_email: z.nullable(z.string()),
  customer_contact_phone: z.nullable(z.string()),
  customer_contact_shown: z.boolean(),
  guards: z.array(z.string()),
})
export const previewDeal = endpoint({
  id: 'preview_deal',
  method: 'POST',
  path: '/api/v1/partners/:partner/deals/preview',
  caller: 'team',
  says: 'What the partner will see of a deal before it is shared. Changes nothing.',
  params: partnerId,
  body: z.strictObject({
    kind: DealKind,
    direction: z.optional(Direction),
    ...fields,
    customer_company: z.string().check(z.maxLength(200)),
    ask: z.string().check(z.maxLength(2000)),
    ...exceptions,
  }),
  output: DealSight,
})
export const editDeal = endpoint({
  id: 'edit_deal',
  method: 'PATCH',
  path: '/api/v1/deals/:deal',
  caller: 'team',
  says: 'Change a deal: its fields, stage, owners or outcome. Name the version that you saw.',
  params: dealId,
  body: z.strictObject({
    version: version(),
    ...fields,
    customer_company: z.optional(text()),
    ask: z.optional(text(2000)),
    outcome: z.optional(z.nullable(Outcome)),
    outcome_reason: maybeText(1000),
  }),
  output: Deal,
})
/** Somebody else takes a deal over, on one side. */
export const handOverDeal = endpoint({
  id: 'hand_over_deal',
  method: 'POST',
  path: '/api/v1/deals/:deal/hand_over',
  caller: 'team',
  says: 'Give a deal to another owner, yours or theirs, with a note for them. Nobody at the partner (null) means anyone there.',
  params: dealId,
  body: z.strictObject({
    version: version(),
    side: z.enum(['us', 'them']),
    to: z.nullable(id()),
    note: maybeText(1000),
  }),
  output: Deal,
})
export const shareDeal = endpoint({
  id: 'share_deal',
  method: 'POST',
  path: '/api/v1/deals/:deal/share',
  caller: 'team',
  says: 'Make a deal visible to its partner. Leaves after ten seconds.',
  params: dealId,
  body: z.strictObject(exceptions),
  output: Deal,
})
export const stopSharingDeal = endpoint({
  id: 'stop_sharing_deal',
  method: 'DELETE',
  path: '/api/v1/deals/:deal/share',
  caller: 'team',
  says: 'Within ten seconds: as if it never was. Later: they no longer see it from now on.',
  params: dealId,
  output: Deal,
})
export const dealEndpoints = [
  listDeals,
  getDeal,
  addDeal,
  previewDeal,
  editDeal,
  handOverDeal,
  shareDeal,
  stopSharingDeal,
]
