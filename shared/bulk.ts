import * as z from 'zod/mini'
import { Act } from './acts.ts'
import { endpoint } from './endpoint.ts'
import { id, text } from './fields.ts'
import { PartnerStatus, PartnersChosen } from './partners.ts'

/** One change for many partners: one of these, tags on and off together. */
export const BulkChange = z.strictObject({
  status: z.optional(PartnerStatus),
  type: z.optional(z.nullable(text(40))),
  owner_id: z.optional(z.nullable(id())),
  add_tag_ids: z.optional(z.array(id()).check(z.maxLength(20))),
  remove_tag_ids: z.optional(z.array(id()).check(z.maxLength(20))),
  archived: z.optional(z.literal(true, 'Partners are restored one by one.')),
})
export type BulkChange = z.output<typeof BulkChange>

/** Which partners: picked one by one, or all that a view, words and filters choose, save some. */
const which = {
  ids: z.optional(
    z.array(id()).check(z.minLength(1, 'Pick at least one partner.'), z.maxLength(20_000, 'Pick at most 20,000.')),
  ),
  matching: z.optional(z.strictObject(PartnersChosen)),
  except: z.optional(z.array(id()).check(z.maxLength(5000, 'Leave out at most 5,000.'))),
}
const BulkInput = z.strictObject({ ...which, change: BulkChange })

const Refused = z.object({ id: id(), slug: z.string(), legal_name: z.string(), why: z.string() })
/** The first of those that stay as they are because the member may not change them. */
const refused = { refused: z.array(Refused), refused_count: z.int() }

export const previewBulk = endpoint({
  id: 'preview_bulk',
  method: 'POST',
  path: '/api/v1/partners/bulk/preview',
  caller: 'team',
  says: 'What a change of many partners would do: how many change, from what, how many are so already, and which you may not change. Changes nothing.',
  body: BulkInput,
  output: z.object({
    total: z.int(),
    changes: z.int(),
    already: z.int(),
    ...refused,
    /** What those that change are today, most first. */
    from: z.array(z.object({ label: z.string(), partners: z.int() })),
    says: z.string(),
  }),
})
export const changeManyPartners = endpoint({
  id: 'change_many_partners',
  method: 'POST',
  path: '/api/v1/partners/bulk',
  caller: 'team',
  says: 'Change many partners as one act that can be undone for 24 hours. Those you may not change stay as they are and are listed.',
  body: BulkInput,
  output: z.object({ act: z.nullable(Act), changed: z.int(), already: z.int(), ...refused }),
})
export const bulkEndpoints = [previewBulk, changeManyPartners]
