import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { word } from './fields.ts'
import { partnerId } from './partners.ts'

/** How many deals, and the newest of them by name. */
const Named = z.object({
  many: z.int(),
  deals: z.array(z.object({ ref: z.string(), customer_company: z.string() })),
})
export const wayParts = [
  'sent',
  'unanswered',
  'accepted',
  'declined',
  'not_relevant',
  'won',
  'lost',
  'on_you',
  'on_them',
] as const
/** What went one way, as whoever asks sees it. `on_you`, `on_them`: open, and waiting for that side. */
const Way = z.object(Object.fromEntries(wayParts.map((part) => [part, Named])) as Record<WayPart, typeof Named>)
export type WayPart = (typeof wayParts)[number]
/** Given by whoever asks, and received by them. */
export const GiveAndGet = z.object({ given: Way, received: Way })
export type GiveAndGet = z.output<typeof GiveAndGet>

export const getGiveAndGet = endpoint({
  id: 'get_give_and_get',
  method: 'GET',
  path: '/api/v1/partners/:partner/give_and_get',
  caller: 'team',
  says: 'Deals that went to a partner and came from them: how many, which, and whom each waits for.',
  params: partnerId,
  output: GiveAndGet,
})
export const getPortalGiveAndGet = endpoint({
  id: 'get_portal_give_and_get',
  method: 'GET',
  path: '/api/v1/p/:workspace/give_and_get',
  caller: 'contact',
  says: 'The same of the deals that you see, from your side.',
  params: z.object({ workspace: word(120) }),
  output: GiveAndGet,
  reads: 'deals',
})
export const giveAndGetEndpoints = [getGiveAndGet, getPortalGiveAndGet]
