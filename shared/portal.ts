import * as z from 'zod/mini'
import { Answer, DealKind, Outcome, Stage, Turn, TurnWhy } from './deals.ts'
import { endpoint } from './endpoint.ts'
import { cursor, day, email, id, limit, maybeText, moment, page, text, word } from './fields.ts'

const workspace = z.object({ workspace: word(120) })
const inWorkspace = z.object({ workspace: word(120), ref: word(40) })

export const Workspace = z.object({
  workspace: z.string(),
  partner_name: z.string(),
  company_name: z.string(),
  owner_name: z.nullable(z.string()),
  contact_name: z.string(),
  sees_deals: z.boolean(),
  sees_value: z.boolean(),
  sees_customer_contact: z.boolean(),
  sees_notes: z.boolean(),
  updates_deals: z.boolean(),
  sends_deals: z.boolean(),
  /** What the stages of deals are called, in their order; an archived one only where a deal stands in it. */
  stages: z.array(z.object({ key: z.string(), name: z.string(), archived: z.boolean() })),
  invitation: z.nullable(z.object({ message: z.string(), sent_by_name: z.nullable(z.string()), created_at: moment() })),
})
export const PortalDeal = z.object({
  ref: z.string(),
  kind: DealKind,
  direction: z.enum(['given', 'received']),
  customer_company: z.string(),
  ask: z.string(),
  expected_close: z.nullable(day()),
  stage: z.string(),
  stage_since: moment(),
  answer: Answer,
  turn: Turn,
  turn_since: moment(),
  turn_why: TurnWhy,
  turn_by_name: z.nullable(z.string()),
  paused_until: z.nullable(day()),
  protected_until: z.nullable(day()),
  answer_reason: z.nullable(z.string()),
  outcome: z.nullable(Outcome),
  value_minor: z.nullable(z.int()),
  currency: z.nullable(z.string()),
  value_shown: z.boolean(),
  customer_contact_name: z.nullable(z.string()),
  customer_contact_email: z.nullable(z.string()),
  customer_contact_phone: z.nullable(z.string()),
  customer_contact_shown: z.boolean(),
  our_owner_name: z.nullable(z.string()),
  their_owner_name: z.nullable(z.string()),
  shared_at: z.nullable(moment()),
  last_activity_at: moment(),
})
export type PortalDeal = z.output<typeof PortalDeal>
export const PortalEntry = z.object({
  id: id(),
  kind: z.enum([
    'comment',
    'note',
    'call',
    'email',
    'answer',
    'stage',
    'owner',
    'outcome',
    'sent',
    'paused',
    'resumed',
    'protected',
  ]),
  body: z.nullable(z.string()),
  from_value: z.nullable(z.string()),
  to_value: z.nullable(z.string()),
  created_at: moment(),
  by_partner: z.boolean(),
  author_name: z.nullable(z.string()),
  /** Whether the reader wrote it and may say it better or take it back. */
  mine: z.boolean(),
  edited_at: z.nullable(moment()),
  /** Taken back: no words are left. */
  removed: z.boolean(),
})

export const getWorkspace = endpoint({
  id: 'get_workspace',
  method: 'GET',
  path: '/api/v1/p/:workspace',
  caller: 'contact',
  says: 'The workspace you are in and what it lets you do.',
  params: workspace,
  output: Workspace,
  reads: 'workspace',
})
export const listPortalDeals = endpoint({
  id: 'list_portal_deals',
  method: 'GET',
  path: '/api/v1/p/:workspace/deals',
  caller: 'contact',
  says: 'Deals shared with you, newest activity first.',
  params: workspace,
  query: z.strictObject({ cursor: cursor(), limit: limit() }),
  output: page(PortalDeal),
  reads: 'deals',
})
export const getPortalDeal = endpoint({
  id: 'get_portal_deal',
  method: 'GET',
  path: '/api/v1/p/:workspace/deals/:ref',
  caller: 'contact',
  says: 'One deal shared with you.',
  params: inWorkspace,
  output: PortalDeal,
  reads: 'deal',
})
export const listPortalEntries = endpoint({
  id: 'list_portal_entries',
  method: 'GET',
  path: '/api/v1/p/:workspace/deals/:ref/entries',
  caller: 'contact',
  says: "A deal's timeline, newest first.",
  params: inWorkspace,
  query: z.strictObject({ cursor: cursor(), limit: limit() }),
  output: page(PortalEntry),
  reads: 'entries',
})
export const answerDeal = endpoint({
  id: 'answer_deal',
  method: 'POST',
  path: '/api/v1/p/:workspace/deals/:ref/answer',
  caller: 'contact',
  says: 'Accept or decline a deal.',
  params: inWorkspace,
  body: z.strictObject({ answer: z.enum(['accepted', 'declined']), reason: maybeText(1000) }),
  output: PortalDeal,
  reads: 'deal',
})
/** What is kept of a deal they sent: the same words for everybody, whoever sent the same customer before. */
export const Receipt = z.object({
  ref: z.string(),
  customer_company: z.string(),
  received_at: moment(),
  company_name: z.string(),
  mailed_to: z.nullable(z.string()),
})
export type Receipt = z.output<typeof Receipt>
export const sendDeal = endpoint({
  id: 'send_deal',
  method: 'POST',
  path: '/api/v1/p/:workspace/deals',
  caller: 'contact',
  says: 'Send a lead, a referral or a deal to work on together. It waits for an answer.',
  params: workspace,
  body: z.strictObject({
    kind: DealKind,
    customer_company: text(),
    ask: text(2000),
    customer_contact_name: maybeText(),
    customer_contact_email: z.optional(z.nullable(email())),
  }),
  output: Receipt,
  reads: 'receipt',
})
export const moveDeal = endpoint({
  id: 'move_deal',
  method: 'POST',
  path: '/api/v1/p/:workspace/deals/:ref/stage',
  caller: 'contact',
  says: 'Move a deal to another stage.',
  params: inWorkspace,
  body: z.strictObject({ stage: Stage }),
  output: PortalDeal,
  reads: 'deal',
})
export const addPortalEntry = endpoint({
  id: 'add_portal_entry',
  method: 'POST',
  path: '/api/v1/p/:workspace/deals/:ref/entries',
  caller: 'contact',
  says: 'Comment on a deal.',
  params: inWorkspace,
  body: z.strictObject({ body: text(10_000) }),
  output: PortalEntry,
  reads: 'entries',
})
export const listPortalNotes = endpoint({
  id: 'list_portal_notes',
  method: 'GET',
  path: '/api/v1/p/:workspace/notes',
  caller: 'contact',
  says: 'Notes shared with you, newest first.',
  params: workspace,
  query: z.strictObject({ cursor: cursor(), limit: limit() }),
  output: page(PortalEntry),
  reads: 'notes',
})
export const listPortalPeople = endpoint({
  id: 'list_portal_people',
  method: 'GET',
  path: '/api/v1/p/:workspace/people',
  caller: 'contact',
  says: 'Your own people here.',
  params: workspace,
  output: z.object({
    items: z.array(
      z.object({
        id: id(),
        name: z.string(),
        email: z.nullable(z.string()),
        role: z.nullable(z.string()),
        is_main: z.boolean(),
      }),
    ),
  }),
  reads: 'people',
})

/** What an invitation says to whoever holds its link. */
export const InvitationPage = z.object({
  company: z.string(),
  partner: z.string(),
  sent_by: z.string(),
  contact_name: z.string(),
  email: z.string(),
  message: z.string(),
  workspace: z.string(),
  expires_at: moment(),
  state: z.enum(['open', 'accepted', 'declined', 'expired', 'withdrawn', 'prefers_email']),
})
export const readInvitation = endpoint({
  id: 'read_invitation',
  method: 'POST',
  path: '/api/v1/invitation',
  caller: 'anyone',
  says: 'What the invitation behind a link says. Changes nothing.',
  body: z.strictObject({ token: word(200) }),
  output: InvitationPage,
})
export const acceptInvitation = endpoint({
  id: 'accept_invitation',
  method: 'POST',
  path: '/api/v1/invitation/accept',
  caller: 'person',
  says: 'Accept, signed in with the invited address.',
  body: z.strictObject({ token: word(200) }),
  output: z.object({ workspace: z.string() }),
})
export const preferEmail = endpoint({
  id: 'prefer_email',
  method: 'POST',
  path: '/api/v1/invitation/prefer_email',
  caller: 'anyone',
  says: 'Just email me instead.',
  body: z.strictObject({ token: word(200) }),
  output: null,
})
export const portalEndpoints = [
  getWorkspace,
  listPortalDeals,
  getPortalDeal,
  listPortalEntries,
  answerDeal,
  sendDeal,
  moveDeal,
  addPortalEntry,
  listPortalNotes,
  listPortalPeople,
  readInvitation,
  acceptInvitation,
  preferEmail,
]
