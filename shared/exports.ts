import * as z from 'zod/mini'
import { DealsChosen } from './deals.ts'
import { endpoint } from './endpoint.ts'
import { id, text, word } from './fields.ts'
import { LogChosen } from './log.ts'
import { PartnerSort, PartnersChosen } from './partners.ts'

export const TableFormat = z.enum(['csv', 'xlsx'])

export const exportPartners = endpoint({
  id: 'export_partners',
  method: 'POST',
  path: '/api/v1/partners/export',
  caller: 'team',
  says: 'The partners of a view, or those picked, as a file. For members and admins; the log keeps it.',
  body: z.strictObject({
    format: TableFormat,
    ...PartnersChosen,
    sort: z.optional(PartnerSort),
    /** Picked rows; the view and the chips then choose nothing. */
    ids: z.optional(z.array(id()).check(z.minLength(1), z.maxLength(5000, 'Pick at most 5,000.'))),
    /** Rows of the view that were left out one by one. */
    except: z.optional(z.array(id()).check(z.maxLength(5000, 'Leave out at most 5,000.'))),
  }),
  output: 'bytes',
})
export const exportDeals = endpoint({
  id: 'export_deals',
  method: 'POST',
  path: '/api/v1/deals/export',
  caller: 'team',
  says: 'The deals that match, as a file. For members and admins; the log keeps it.',
  body: z.strictObject({ format: TableFormat, ...DealsChosen }),
  output: 'bytes',
})
export const exportLog = endpoint({
  id: 'export_log',
  method: 'POST',
  path: '/api/v1/log/export',
  caller: 'team',
  says: 'The lines of the log that match, as a file. The log keeps that, too.',
  body: z.strictObject({ lens: z.enum(['changes', 'views']), format: z.enum(['csv', 'json']), ...LogChosen }),
  output: 'bytes',
})
export const exportCompany = endpoint({
  id: 'export_company',
  method: 'POST',
  path: '/api/v1/company/export',
  caller: 'team',
  says: 'Everything the company keeps: one zip with a CSV for each kind of thing, and the files. Admins only.',
  output: 'bytes',
})

export const CompanyContents = z.object({
  name: z.string(),
  partners: z.int(),
  contacts: z.int(),
  deals: z.int(),
  entries: z.int(),
  files: z.int(),
  file_bytes: z.int(),
  log_lines: z.int(),
  /** Other people on the team. */
  members: z.int(),
  /** People outside who can get in. */
  outside: z.int(),
})
export type CompanyContents = z.output<typeof CompanyContents>
export const getCompanyContents = endpoint({
  id: 'get_company_contents',
  method: 'GET',
  path: '/api/v1/company/contents',
  caller: 'team',
  says: 'How much the company keeps: what an export holds, and what deleting it removes. Admins only.',
  output: CompanyContents,
})
export const deleteCompany = endpoint({
  id: 'delete_company',
  method: 'DELETE',
  path: '/api/v1/company',
  caller: 'team',
  says: 'Delete the company with everything in it, for good. Name it as it is called, and prove that it is you with your password or a code. Admins only.',
  body: z.strictObject({ name: text(), password: z.optional(word(200)), code: z.optional(word(20)) }),
  output: z.object({ deleted: CompanyContents, setup_open: z.boolean() }),
})
export const exportEndpoints = [
  exportPartners,
  exportDeals,
  exportLog,
  exportCompany,
  getCompanyContents,
  deleteCompany,
]
