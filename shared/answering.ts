import * as z from 'zod/mini'
import { Deal, DealRow, dealId, Stage } from './deals.ts'
import { endpoint } from './endpoint.ts'
import { cursor, day, id, limit, moment, page, text, version, words } from './fields.ts'

export const acceptDeal = endpoint({
  id: 'accept_deal',
  method: 'POST',
  path: '/api/v1/deals/:deal/accept',
  caller: 'team',
  says: 'Take what a partner sent into your pipeline. They are told. With a day, their deal is protected until then.',
  params: dealId,
  body: z.strictObject({
    our_owner_id: z.optional(id()),
    stage: z.optional(Stage),
    protected_until: z.optional(z.nullable(day())),
  }),
  output: Deal,
})
export const declineDeal = endpoint({
  id: 'decline_deal',
  method: 'POST',
  path: '/api/v1/deals/:deal/decline',
  caller: 'team',
  says: 'Decline what a partner sent, with a reason that they read.',
  params: dealId,
  body: z.strictObject({ reason: text(1000) }),
  output: Deal,
})
export const askBack = endpoint({
  id: 'ask_back',
  method: 'POST',
  path: '/api/v1/deals/:deal/ask',
  caller: 'team',
  says: 'Ask the partner something about a deal. It is their turn then.',
  params: dealId,
  body: z.strictObject({ body: text(10_000) }),
  output: Deal,
})
export const protectDeal = endpoint({
  id: 'protect_deal',
  method: 'PUT',
  path: '/api/v1/deals/:deal/protection',
  caller: 'team',
  says: 'Protect what a partner sent until a day, or no longer. They see the day.',
  params: dealId,
  body: z.strictObject({ version: version(), protected_until: z.nullable(day()) }),
  output: Deal,
})
export const pauseDeal = endpoint({
  id: 'pause_deal',
  method: 'PUT',
  path: '/api/v1/deals/:deal/pause',
  caller: 'team',
  says: 'Pause a deal until a day: nobody has to move. The partner sees the day, never the reason.',
  params: dealId,
  body: z.strictObject({ version: version(), until: day(), why: text(300) }),
  output: Deal,
})
export const resumeDeal = endpoint({
  id: 'resume_deal',
  method: 'DELETE',
  path: '/api/v1/deals/:deal/pause',
  caller: 'team',
  says: 'End a pause. The turn is as it was.',
  params: dealId,
  output: Deal,
})
/** A deal with the same customer: at another partner that you see, or at the same one. */
export const SameCustomer = z.object({
  ...DealRow.shape,
  created_at: moment(),
  protected_until: z.nullable(day()),
})
export type SameCustomer = z.output<typeof SameCustomer>
export const listSameCustomer = endpoint({
  id: 'list_same_customer',
  method: 'GET',
  path: '/api/v1/deals/:deal/same_customer',
  caller: 'team',
  says: 'Deals with the same customer, at partners that you see, the first one first. Partners never learn of each other.',
  params: dealId,
  output: z.object({ items: z.array(SameCustomer) }),
})
/** A deal that a partner sent and that is not in the pipeline, with what helps to decide. */
export const ReceivedRow = z.object({
  ...DealRow.shape,
  ask: z.string(),
  sent_by_name: z.nullable(z.string()),
  created_at: moment(),
  answer_reason: z.nullable(z.string()),
  /** The first few deals with the same customer. */
  same_customer: z.array(SameCustomer),
  can: z.object({ work: z.boolean() }),
})
export type ReceivedRow = z.output<typeof ReceivedRow>
export const listReceived = endpoint({
  id: 'list_received',
  method: 'GET',
  path: '/api/v1/received',
  caller: 'team',
  says: 'What partners sent: waiting for your answer, the longest waiting first; or declined, the last first.',
  query: z.strictObject({
    state: z.optional(z.enum(['waiting', 'declined'])),
    partner: z.optional(id()),
    owner: words(),
    kind: words(),
    cursor: cursor(),
    limit: limit(),
  }),
  output: page(ReceivedRow),
})
export const answeringEndpoints = [
  acceptDeal,
  declineDeal,
  askBack,
  protectDeal,
  pauseDeal,
  resumeDeal,
  listSameCustomer,
  listReceived,
]
