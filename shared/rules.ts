import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, version } from './fields.ts'

/** What a company wants of every partner that is not archived. */
export const RuleName = z.enum(['legal_name', 'type', 'owner', 'tags', 'main_contact', 'quiet'])
export type RuleName = z.output<typeof RuleName>
/** The largest number each rule takes: tags, months, days. Rules that are not here have none. */
export const mostOf: Partial<Record<RuleName, number>> = { tags: 20, main_contact: 36, quiet: 365 }

export const GroundRule = z.object({
  rule: RuleName,
  is_on: z.boolean(),
  amount: z.nullable(z.int()),
  breaks: z.int(),
  version: version(),
})
export type GroundRule = z.output<typeof GroundRule>

export const listGroundRules = endpoint({
  id: 'list_ground_rules',
  method: 'GET',
  path: '/api/v1/ground_rules',
  caller: 'team',
  says: 'The ground rules, and how many of the partners you see break each.',
  output: z.object({ items: z.array(GroundRule), can: z.object({ edit: z.boolean() }) }),
})
export const editGroundRule = endpoint({
  id: 'edit_ground_rule',
  method: 'PATCH',
  path: '/api/v1/ground_rules/:rule',
  caller: 'team',
  says: 'Turn a ground rule on or off, or set its number. Admins only.',
  params: z.object({ rule: RuleName }),
  body: z.strictObject({
    version: version(),
    is_on: z.optional(z.boolean()),
    amount: z.optional(
      z.int('Write a whole number.').check(z.minimum(1, 'Use at least 1.'), z.maximum(365, 'Use at most 365.')),
    ),
  }),
  output: GroundRule,
})
export const confirmMainContacts = endpoint({
  id: 'confirm_main_contacts',
  method: 'POST',
  path: '/api/v1/ground_rules/main_contact/confirm',
  caller: 'team',
  says: 'Say that main contacts are still right: of the partners you name, or of all that break the rule. Can be undone.',
  body: z.strictObject({ partner_ids: z.optional(z.array(id()).check(z.minLength(1), z.maxLength(500))) }),
  output: z.object({ act: z.nullable(id()), confirmed: z.int(), without: z.int(), refused: z.int() }),
})
export const ruleEndpoints = [listGroundRules, editGroundRule, confirmMainContacts]
