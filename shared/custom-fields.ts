import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, text, version } from './fields.ts'

export const FieldKind = z.enum(['text', 'number', 'date', 'choice', 'yes_no', 'link'])
export type FieldKind = z.output<typeof FieldKind>
export const most_fields = 10

const Value = z.nullable(z.union([z.string(), z.number(), z.boolean()]))
/** What stands in one field of one partner. A date is 2026-11-23; nothing is null. */
export const CustomValue = z.object({
  field_id: id(),
  name: z.string(),
  purpose: z.string(),
  kind: FieldKind,
  choices: z.array(z.string()),
  value: Value,
})
export type CustomValue = z.output<typeof CustomValue>

export const CustomField = z.object({
  id: id(),
  name: z.string(),
  purpose: z.string(),
  kind: FieldKind,
  choices: z.array(z.string()),
  archived: z.boolean(),
  /** How many of the partners you see have something in it. */
  filled: z.int(),
  version: version(),
})
export type CustomField = z.output<typeof CustomField>
const Fields = z.object({ items: z.array(CustomField), can: z.object({ edit: z.boolean() }) })

export const listCustomFields = endpoint({
  id: 'list_custom_fields',
  method: 'GET',
  path: '/api/v1/custom_fields',
  caller: 'team',
  says: 'The fields that your company added to partners, in their order, archived ones too.',
  output: Fields,
})
export const addCustomField = endpoint({
  id: 'add_custom_field',
  method: 'POST',
  path: '/api/v1/custom_fields',
  caller: 'team',
  says: 'Add a field to every partner. Ten at most; what it holds cannot be changed later. Admins only.',
  body: z.strictObject({
    name: text(40),
    purpose: text(200),
    kind: FieldKind,
    choices: z.optional(z.array(text(60)).check(z.maxLength(50, 'Use at most 50 choices.'))),
  }),
  output: CustomField,
})
export const editCustomField = endpoint({
  id: 'edit_custom_field',
  method: 'PATCH',
  path: '/api/v1/custom_fields/:field',
  caller: 'team',
  says: 'Rename a field, change its purpose or its choices, archive or restore it. Admins only.',
  params: z.object({ field: id() }),
  body: z.strictObject({
    version: version(),
    name: z.optional(text(40)),
    purpose: z.optional(text(200)),
    /** `was`: what the choice was called before; partners that have it follow. One that is left out stays on partners. */
    choices: z.optional(
      z
        .array(z.strictObject({ name: text(60), was: z.optional(text(60)) }))
        .check(z.maxLength(50, 'Use at most 50 choices.')),
    ),
    archived: z.optional(z.boolean()),
  }),
  output: CustomField,
})
export const orderCustomFields = endpoint({
  id: 'order_custom_fields',
  method: 'PUT',
  path: '/api/v1/custom_fields/order',
  caller: 'team',
  says: 'Put the fields into another order: name all that are not archived. Admins only.',
  body: z.strictObject({ ids: z.array(id()).check(z.minLength(1), z.maxLength(most_fields)) }),
  output: Fields,
})
export const editCustomValues = endpoint({
  id: 'edit_custom_values',
  method: 'PATCH',
  path: '/api/v1/partners/:partner/custom',
  caller: 'team',
  says: 'Fill in fields of a partner. Say what you saw in each: where it is another by now, nothing is changed.',
  params: z.object({ partner: id() }),
  body: z.strictObject({
    values: z
      .array(z.strictObject({ field_id: id(), value: Value, was: Value }))
      .check(z.minLength(1), z.maxLength(most_fields)),
  }),
  output: z.object({ custom: z.array(CustomValue) }),
})
export const customFieldEndpoints = [
  listCustomFields,
  addCustomField,
  editCustomField,
  orderCustomFields,
  editCustomValues,
]
