import * as z from 'zod/mini'

/** RFC 9457: what went wrong in words, with a code for programs and the fields to mend. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  errors: z.optional(z.array(z.object({ field: z.string(), detail: z.string() }))),
  /** On 409: the record as it is now. */
  current: z.optional(z.unknown()),
  request_id: z.optional(z.string()),
})
export type Problem = z.output<typeof Problem>
