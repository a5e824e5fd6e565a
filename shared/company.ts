import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { currency, email, id, maybeText, moment, text, version } from './fields.ts'
import { TeamRole } from './session.ts'

const partnerRef = () => z.object({ id: id(), slug: z.string(), legal_name: z.string() })

export const Company = z.object({
  name: z.string(),
  time_zone: z.string(),
  currency: z.string(),
  links_show_value: z.boolean(),
  /** Members make tags too, not admins alone. */
  members_add_tags: z.boolean(),
  /** For how long a deal that a partner sent is protected, if it is. */
  protection_days: z.int(),
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
    protection_days: z.optional(
      z
        .int('Write a whole number of days.')
        .check(z.minimum(1, 'Use at least 1 day.'), z.maximum(730, 'Use at most 730 days.')),
    ),
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

const memberId = z.object({ member: id() })
/** What a colleague owns that somebody else has to take before they leave. */
export const getHeld = endpoint({
  id: 'get_held',
  method: 'GET',
  path: '/api/v1/members/:member/held',
  caller: 'team',
  says: 'The open deals and the partners that a colleague owns. Admins only.',
  params: memberId,
  output: z.object({
    deals: z.array(
      z.object({ id: id(), ref: z.string(), customer_company: z.string(), stage: z.string(), partner: partnerRef() }),
    ),
    partners: z.array(partnerRef()),
  }),
})
export const takeOffTeam = endpoint({
  id: 'take_off_team',
  method: 'POST',
  path: '/api/v1/members/:member/take_off',
  caller: 'team',
  says: 'Take a colleague off the team. Says who takes each open deal and each partner of theirs; all of it can be undone. Admins only.',
  params: memberId,
  body: z.strictObject({
    version: version(),
    deals: z.array(z.strictObject({ deal: id(), to: id() })).check(z.maxLength(5000)),
    partners: z.array(z.strictObject({ partner: id(), to: id() })).check(z.maxLength(5000)),
    note: maybeText(1000),
  }),
  output: z.object({ member: Member, act: id() }),
})
export const companyEndpoints = [getCompany, editCompany, listMembers, addMember, editMember, getHeld, takeOffTeam]
