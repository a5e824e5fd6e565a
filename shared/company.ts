import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { currency, email, id, moment, text, version } from './fields.ts'
import { TeamRole } from './session.ts'

export const Company = z.object({
  name: z.string(),
  time_zone: z.string(),
  currency: z.string(),
  links_show_value: z.boolean(),
  /** Members make tags too, not admins alone. */
  members_add_tags: z.boolean(),
  version: version(),
  has_sample_data: z.boolean(),
  can: z.object({ edit: z.boolean() }),
})
export type Company = z.output<typeof Company>
export const Member = z.object({
  id: id(),
  name: z.string(),
  email: z.string(),
  role: TeamRole,
  created_at: moment(),
  deactivated_at: z.nullable(moment()),
  version: version(),
  open_deals: z.int(),
})
export type Member = z.output<typeof Member>

export const getCompany = endpoint({
  id: 'get_company',
  method: 'GET',
  path: '/api/v1/company',
  caller: 'team',
  says: 'Your company.',
  output: Company,
})
export const editCompany = endpoint({
  id: 'edit_company',
  method: 'PATCH',
  path: '/api/v1/company',
  caller: 'team',
  says: 'Change your company. Admins only.',
  body: z.strictObject({
    version: version(),
    name: z.optional(text()),
    time_zone: z.optional(text(60)),
    currency: z.optional(currency()),
    links_show_value: z.optional(z.boolean()),
    members_add_tags: z.optional(z.boolean()),
  }),
  output: Company,
})
export const listMembers = endpoint({
  id: 'list_members',
  method: 'GET',
  path: '/api/v1/members',
  caller: 'team',
  says: 'Everyone on your team.',
  output: z.object({ items: z.array(Member), can: z.object({ add: z.boolean() }) }),
})
export const addMember = endpoint({
  id: 'add_member',
  method: 'POST',
  path: '/api/v1/members',
  caller: 'team',
  says: 'Add a colleague. They sign in with a code sent to their address. Admins only.',
  body: z.strictObject({ name: text(), email: email(), role: TeamRole }),
  output: Member,
})
export const editMember = endpoint({
  id: 'edit_member',
  method: 'PATCH',
  path: '/api/v1/members/:member',
  caller: 'team',
  says: "Change a colleague's name or role, or take them off the team. Admins only.",
  params: z.object({ member: id() }),
  body: z.strictObject({
    version: version(),
    name: z.optional(text()),
    role: z.optional(TeamRole),
    deactivated: z.optional(z.boolean()),
  }),
  output: Member,
})
export const companyEndpoints = [getCompany, editCompany, listMembers, addMember, editMember]
