import * as z from 'zod/mini'
import { Act } from './acts.ts'
import { endpoint } from './endpoint.ts'
import { id, version } from './fields.ts'
import { Exposure, Partner, partnerId } from './partners.ts'

/** What a person chooses between, field by field; everything else of both is kept. */
export const MergeField = z.enum([
  'legal_name',
  'type',
  'status',
  'owner',
  'website',
  'phone',
  'description',
  'agreement_signed',
])
export type MergeFieldName = z.output<typeof MergeField>
const Side = z.object({ id: id(), slug: z.string(), legal_name: z.string(), version: version() })

/** Partners that look like this one, unless somebody said that they are different. */
export const listLookalikes = endpoint({
  id: 'list_lookalikes',
  method: 'GET',
  path: '/api/v1/partners/:partner/lookalikes',
  caller: 'team',
  says: 'Partners that may be the same company as this one.',
  params: partnerId,
  output: z.object({
    items: z.array(z.object({ id: id(), slug: z.string(), legal_name: z.string(), why: z.string() })),
    can: z.object({ merge: z.boolean() }),
  }),
})
/** What the page of a partner points out by itself. */
export const getTwin = endpoint({
  id: 'get_twin',
  method: 'GET',
  path: '/api/v1/partners/:partner/twin',
  caller: 'team',
  says: 'The partner that most looks like this one: same website, same name or same email. For those who work with it.',
  params: partnerId,
  output: z.object({
    twin: z.nullable(z.object({ id: id(), slug: z.string(), legal_name: z.string(), why: z.string() })),
    can: z.object({ merge: z.boolean() }),
  }),
})
export const markDifferent = endpoint({
  id: 'mark_different',
  method: 'PUT',
  path: '/api/v1/partners/:partner/different/:other',
  caller: 'team',
  says: 'These two are different companies. It is not asked again.',
  params: z.object({ partner: id(), other: id() }),
  output: null,
})
export const unmarkDifferent = endpoint({
  id: 'unmark_different',
  method: 'DELETE',
  path: '/api/v1/partners/:partner/different/:other',
  caller: 'team',
  says: 'They may be the same company after all.',
  params: z.object({ partner: id(), other: id() }),
  output: null,
})

const MergeInput = {
  other: id(),
  /** Fields whose value comes from the other partner. */
  take: z.array(MergeField).check(z.maxLength(8)),
}
export const previewMerge = endpoint({
  id: 'preview_merge',
  method: 'POST',
  path: '/api/v1/partners/:partner/merge/preview',
  caller: 'team',
  says: 'What would become of two partners that are merged, and who would see more or less. Changes nothing.',
  params: partnerId,
  body: z.strictObject(MergeInput),
  output: z.object({
    keep: Side,
    other: Side,
    fields: z.array(
      z.object({
        field: MergeField,
        keep: z.nullable(z.string()),
        other: z.nullable(z.string()),
        differs: z.boolean(),
        taken: z.enum(['keep', 'other']),
      }),
    ),
    /** How much moves over. */
    moves: z.object({ contacts: z.int(), deals: z.int(), notes: z.int(), files: z.int(), tags: z.int() }),
    /** People known at both, who become one. */
    people: z.array(z.object({ email: z.string(), keep: z.string(), other: z.string() })),
    exposure: Exposure,
  }),
})
export const mergePartners = endpoint({
  id: 'merge_partners',
  method: 'POST',
  path: '/api/v1/partners/:partner/merge',
  caller: 'team',
  says: 'Make two partners one. Everything of the other moves over; it can be undone for 30 days.',
  params: partnerId,
  body: z.strictObject({ ...MergeInput, version: version(), other_version: version() }),
  output: z.object({ partner: Partner, act: Act }),
})
export const mergeEndpoints = [listLookalikes, getTwin, markDifferent, unmarkDifferent, previewMerge, mergePartners]
