import * as z from 'zod/mini'
import { Act } from './acts.ts'
import { endpoint } from './endpoint.ts'
import { cursor, id, limit, moment, page, version, word } from './fields.ts'

/** What a column of a sheet of partners may feed; a custom field is `custom:` and its id. */
export const importFields = [
  'legal_name',
  'type',
  'status',
  'contact_name',
  'email',
  'phone',
  'contact_title',
  'contact_role',
  'other_contacts',
  'website',
  'owner',
  'agreement_signed',
  'works_via',
  'description',
  'notes',
  'tags',
] as const
/** What a column of a sheet of deals may feed. */
export const dealImportFields = [
  'customer_company',
  'customer_domain',
  'partner',
  'kind',
  'direction',
  'stage',
  'value',
  'currency',
  'expected_close',
  'our_owner',
  'their_owner',
  'customer_contact_name',
  'customer_contact_email',
  'customer_contact_phone',
  'ask',
  'notes',
] as const
export const ImportKind = z.enum(['partners', 'deals'])
const field = () => z.string().check(z.regex(/^([a-z_]{2,40}|custom:[0-9a-f-]{36})$/, 'This is no field.'))

export const most_import_bytes = 20 * 1_048_576
export const most_import_rows = 50_000

export const ImportColumn = z.object({
  index: z.int(),
  heading: z.string(),
  samples: z.array(z.string()),
  field: z.nullable(z.string()),
  confidence: z.enum(['sure', 'guess', 'skip']),
})
/** A word nothing was known for, how many rows say it, and what it was said to mean: a key, an id, or nothing. */
export const ImportWord = z.object({
  field: z.string(),
  word: z.string(),
  count: z.int(),
  value: z.nullable(z.string()),
})
const Fact = z.object({ field: z.string(), from: z.nullable(z.string()), to: z.nullable(z.string()) })
export const ImportRow = z.object({
  line: z.int(),
  state: z.enum(['new', 'duplicate', 'broken', 'dropped', 'parked']),
  decision: z.enum(['import', 'update', 'skip']),
  legal_name: z.nullable(z.string()),
  type: z.nullable(z.string()),
  status: z.nullable(z.string()),
  archived: z.boolean(),
  owner_name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  email_suggested: z.nullable(z.string()),
  contact_name: z.nullable(z.string()),
  extra_contacts: z.int(),
  /** The deal, where the sheet is one of deals. */
  deal: z.nullable(
    z.object({
      customer_company: z.string(),
      partner_name: z.nullable(z.string()),
      kind: z.nullable(z.string()),
      stage: z.nullable(z.string()),
      outcome: z.nullable(z.string()),
      value_minor: z.nullable(z.int()),
      currency: z.nullable(z.string()),
      expected_close: z.nullable(z.string()),
      our_owner_name: z.nullable(z.string()),
    }),
  ),
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
      /** May be brought up to date from this row. */
      can_update: z.boolean(),
      /** What Update would change there. */
      changes: z.array(Fact),
    }),
  ),
  /** The row as it stands in the file, as edited here; only of broken ones. */
  cells: z.nullable(z.array(z.string())),
  edited: z.boolean(),
  /** Its suggested address was taken. */
  taken: z.boolean(),
})
export const Import = z.object({
  id: id(),
  kind: ImportKind,
  file_name: z.string(),
  state: z.enum(['reading', 'checked', 'running', 'done', 'failed', 'cancelled', 'undone']),
  columns: z.array(ImportColumn),
  fields: z.array(z.object({ field: z.string(), name: z.string() })),
  words: z.array(ImportWord),
  /** The sheets of a workbook; none for a CSV. */
  sheets: z.array(z.object({ name: z.string(), chosen: z.boolean() })),
  counts: z.object({
    new: z.int(),
    duplicates: z.int(),
    broken: z.int(),
    dropped: z.int(),
    parked: z.int(),
    typos: z.int(),
    will_add: z.int(),
    will_update: z.int(),
  }),
  total: z.int(),
  done: z.int(),
  result: z.nullable(
    z.object({
      added: z.int(),
      updated: z.int(),
      contacts: z.int(),
      skipped: z.int(),
      parked: z.int(),
      problem: z.nullable(z.string()),
    }),
  ),
  act: z.nullable(Act),
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
  says: 'Bring a sheet of partners or of deals, up to 20 MB: CSV, XLSX, or pasted rows. It is read in the background; nothing is added yet.',
  query: z.strictObject({ file_name: word(200) }),
  body: 'bytes',
  output: Import,
})
export const listImports = endpoint({
  id: 'list_imports',
  method: 'GET',
  path: '/api/v1/imports',
  caller: 'team',
  says: 'Your imports, newest first.',
  query: z.strictObject({ cursor: cursor(), limit: limit() }),
  output: page(
    z.object({
      id: id(),
      kind: ImportKind,
      file_name: z.string(),
      state: Import.shape.state,
      total: z.int(),
      done: z.int(),
      result: Import.shape.result,
      act: z.nullable(Act),
      created_at: moment(),
    }),
  ),
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
export const importGroups = ['all', 'new', 'duplicates', 'broken', 'parked', 'typos', 'dropped'] as const
export const listImportRows = endpoint({
  id: 'list_import_rows',
  method: 'GET',
  path: '/api/v1/imports/:import/rows',
  caller: 'team',
  says: 'The checked rows, in the order of the file.',
  params: importId,
  query: z.strictObject({
    show: z.optional(z.enum(importGroups)),
    after: z.optional(z.string().check(z.regex(/^\d{1,7}$/))),
  }),
  output: z.object({ items: z.array(ImportRow), next: z.nullable(z.int()) }),
})
const decision = z.enum(['import', 'update', 'skip'])
export const checkImport = endpoint({
  id: 'check_import',
  method: 'PATCH',
  path: '/api/v1/imports/:import',
  caller: 'team',
  says: 'Match columns or words differently, mend cells, take suggested addresses, decide on duplicates: row by row, or for a whole group. The sheet is read again where that is needed; nothing is added.',
  params: importId,
  body: z.strictObject({
    version: version(),
    kind: z.optional(ImportKind),
    sheet: z.optional(word(200)),
    mapping: z.optional(z.array(z.nullable(field())).check(z.maxLength(500))),
    values: z.optional(
      z
        .array(
          z.strictObject({ field: field(), word: word(500), value: z.nullable(z.string().check(z.maxLength(100))) }),
        )
        .check(z.maxLength(500)),
    ),
    rows: z.optional(
      z
        .array(
          z.strictObject({
            line: z.int().check(z.minimum(1), z.maximum(2_000_000)),
            decision: z.optional(decision),
            take_suggestion: z.optional(z.boolean()),
            cells: z.optional(
              z
                .array(
                  z.strictObject({
                    index: z.int().check(z.minimum(0), z.maximum(499)),
                    text: z.string().check(z.maxLength(4000)),
                  }),
                )
                .check(z.maxLength(50)),
            ),
          }),
        )
        .check(z.maxLength(5000)),
    ),
    group: z.optional(
      z.strictObject({
        show: z.enum(['duplicates', 'typos']),
        decision: z.optional(decision),
        take_suggestion: z.optional(z.boolean()),
      }),
    ),
  }),
  output: Import,
})
export const runImport = endpoint({
  id: 'run_import',
  method: 'POST',
  path: '/api/v1/imports/:import/run',
  caller: 'team',
  says: 'Add what was checked, all of it or nothing. Sends nothing to anyone; safe to leave the page.',
  params: importId,
  body: z.strictObject({ version: version() }),
  output: Import,
})
export const cancelImport = endpoint({
  id: 'cancel_import',
  method: 'POST',
  path: '/api/v1/imports/:import/cancel',
  caller: 'team',
  says: 'Stop an import that is not done. Nothing of it stays.',
  params: importId,
  output: Import,
})

export const getBrokenRows = endpoint({
  id: 'get_broken_rows',
  method: 'GET',
  path: '/api/v1/imports/:import/broken',
  caller: 'team',
  says: 'The broken rows as a CSV, as they stand in the file, with one more column: what is wrong.',
  params: importId,
  output: 'bytes',
})

/** A deal of a sheet whose partner was not known. */
export const ParkedDeal = z.object({
  id: id(),
  import_id: id(),
  file_name: z.string(),
  line: z.int(),
  partner_name: z.string(),
  customer_company: z.string(),
  value_minor: z.nullable(z.int()),
  currency: z.nullable(z.string()),
  created_at: moment(),
})
const parkedId = z.object({ parked: id() })
export const listParkedDeals = endpoint({
  id: 'list_parked_deals',
  method: 'GET',
  path: '/api/v1/parked_deals',
  caller: 'team',
  says: 'Imported deals that wait for their partner, oldest first. Admins see everybody’s.',
  query: z.strictObject({ import: z.optional(id()), cursor: cursor(), limit: limit(200) }),
  output: page(ParkedDeal),
})
export const placeParkedDeal = endpoint({
  id: 'place_parked_deal',
  method: 'POST',
  path: '/api/v1/parked_deals/:parked/place',
  caller: 'team',
  says: 'Say which partner a waiting deal is with; it is added there, shared with nobody. With all_named also the others that name the same partner.',
  params: parkedId,
  body: z.strictObject({ partner_id: id(), all_named: z.optional(z.boolean()) }),
  output: z.object({ placed: z.int() }),
})
export const discardParkedDeal = endpoint({
  id: 'discard_parked_deal',
  method: 'POST',
  path: '/api/v1/parked_deals/:parked/discard',
  caller: 'team',
  says: 'Let a waiting deal go.',
  params: parkedId,
  output: null,
})
export const importEndpoints = [
  startImport,
  listImports,
  getImport,
  listImportRows,
  checkImport,
  runImport,
  cancelImport,
  getBrokenRows,
  listParkedDeals,
  placeParkedDeal,
  discardParkedDeal,
]
