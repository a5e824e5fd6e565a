import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, moment, version, word } from './fields.ts'

export const importFields = [
  'legal_name',
  'type',
  'status',
  'contact_name',
  'email',
  'phone',
  'other_contacts',
  'website',
  'owner',
  'agreement_signed',
  'notes',
  'tags',
] as const
export const ImportField = z.enum(importFields)

export const ImportColumn = z.object({
  index: z.int(),
  heading: z.string(),
  samples: z.array(z.string()),
  field: z.nullable(ImportField),
  confidence: z.enum(['sure', 'guess', 'skip']),
})
export const ImportRow = z.object({
  line: z.int(),
  state: z.enum(['new', 'duplicate', 'broken', 'dropped']),
  decision: z.enum(['import', 'skip']),
  legal_name: z.nullable(z.string()),
  type: z.nullable(z.string()),
  status: z.nullable(z.string()),
  archived: z.boolean(),
  owner_name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  email_suggested: z.nullable(z.string()),
  contact_name: z.nullable(z.string()),
  extra_contacts: z.int(),
  problems: z.array(
    z.object({
      field: z.nullable(z.string()),
      problem: z.string(),
      value: z.nullable(z.string()),
      suggestion: z.nullable(z.string()),
    }),
  ),
  duplicate_of: z.nullable(
    z.object({
      line: z.nullable(z.int()),
      partner_slug: z.nullable(z.string()),
      legal_name: z.string(),
      why: z.string(),
    }),
  ),
})
export const Import = z.object({
  id: id(),
  file_name: z.string(),
  state: z.enum(['reading', 'checked', 'running', 'done', 'failed']),
  columns: z.array(ImportColumn),
  counts: z.object({
    new: z.int(),
    duplicates: z.int(),
    broken: z.int(),
    dropped: z.int(),
    typos: z.int(),
    will_add: z.int(),
  }),
  total: z.int(),
  done: z.int(),
  result: z.nullable(
    z.object({ added: z.int(), contacts: z.int(), skipped: z.int(), problem: z.nullable(z.string()) }),
  ),
  created_at: moment(),
  version: version(),
})
export type Import = z.output<typeof Import>
const importId = z.object({ import: id() })

export const startImport = endpoint({
  id: 'start_import',
  method: 'POST',
  path: '/api/v1/imports',
  caller: 'team',
  says: 'Bring a CSV of partners. It is read and checked; nothing is added yet.',
  query: z.strictObject({ file_name: word(200) }),
  body: 'bytes',
  output: Import,
})
export const getImport = endpoint({
  id: 'get_import',
  method: 'GET',
  path: '/api/v1/imports/:import',
  caller: 'team',
  says: 'An import: its columns, counts and progress.',
  params: importId,
  output: Import,
})
export const listImportRows = endpoint({
  id: 'list_import_rows',
  method: 'GET',
  path: '/api/v1/imports/:import/rows',
  caller: 'team',
  says: 'The checked rows, in the order of the file.',
  params: importId,
  query: z.strictObject({
    show: z.optional(z.enum(['all', 'new', 'duplicates', 'broken', 'typos', 'dropped'])),
    after: z.optional(z.string().check(z.regex(/^\d{1,6}$/))),
  }),
  output: z.object({ items: z.array(ImportRow), next: z.nullable(z.int()) }),
})
export const checkImport = endpoint({
  id: 'check_import',
  method: 'PATCH',
  path: '/api/v1/imports/:import',
  caller: 'team',
  says: 'Match columns differently, decide on duplicates, or take a suggested address. Reads the file again; adds nothing.',
  params: importId,
  body: z.strictObject({
    version: version(),
    mapping: z.optional(z.array(z.nullable(ImportField)).check(z.maxLength(500))),
    rows: z.optional(
      z
        .array(
          z.strictObject({
            line: z.int(),
            decision: z.optional(z.enum(['import', 'skip'])),
            take_suggestion: z.optional(z.boolean()),
          }),
        )
        .check(z.maxLength(5000)),
    ),
  }),
  output: Import,
})
export const runImport = endpoint({
  id: 'run_import',
  method: 'POST',
  path: '/api/v1/imports/:import/run',
  caller: 'team',
  says: 'Add what was checked. Sends nothing to anyone; safe to leave the page.',
  params: importId,
  body: z.strictObject({ version: version() }),
  output: Import,
})
export const importEndpoints = [startImport, getImport, listImportRows, checkImport, runImport]
