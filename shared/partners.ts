import * as z from 'zod/mini'
import { CustomValue } from './custom-fields.ts'
import { endpoint } from './endpoint.ts'
import { cursor, day, email, id, limit, maybeText, moment, page, text, version, word, words } from './fields.ts'
import { Permissions } from './permissions.ts'
import { RuleName } from './rules.ts'
import { memberRef } from './session.ts'

export const partnerStatuses = ['onboarding', 'active', 'dormant'] as const
export const PartnerStatus = z.enum(partnerStatuses)
export const WorksVia = z.enum(['portal', 'email', 'internal'])
export const TeamAccess = z.enum(['everyone', 'picked'])
export const PartnerView = z.enum(['all', 'mine', 'active', 'onboarding', 'dormant', 'attention', 'archived'])
export const PartnerSort = z.enum(['name', '-name', 'activity', '-activity'])

export const TagRef = z.object({ id: id(), name: z.string(), colour: z.int() })
const website = () => maybeText(300)

export const PartnerRow = z.object({
  id: id(),
  slug: z.string(),
  legal_name: z.string(),
  type: z.nullable(z.string()),
  status: PartnerStatus,
  works_via: WorksVia,
  archived_at: z.nullable(moment()),
  owner: z.nullable(memberRef()),
  tags: z.array(TagRef),
  main_contact: z.nullable(z.string()),
  open_deals: z.int(),
  last_activity_at: moment(),
  attention: z.nullable(z.string()),
  version: version(),
})
export type PartnerRow = z.output<typeof PartnerRow>

export const Partner = z.object({
  id: id(),
  slug: z.string(),
  workspace: z.string(),
  legal_name: z.string(),
  type: z.nullable(z.string()),
  status: PartnerStatus,
  website: z.nullable(z.string()),
  domain: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  description: z.nullable(z.string()),
  agreement_signed: z.nullable(day()),
  owner: z.nullable(memberRef()),
  works_via: WorksVia,
  team_access: TeamAccess,
  permissions: Permissions,
  tags: z.array(TagRef),
  archived_at: z.nullable(moment()),
  sample: z.boolean(),
  main_contact: z.nullable(
    z.object({
      id: id(),
      name: z.string(),
      email: z.nullable(z.string()),
      phone: z.nullable(z.string()),
      confirmed_at: z.nullable(moment()),
    }),
  ),
  open_deals: z.int(),
  last_activity_at: moment(),
  created_at: moment(),
  version: version(),
  /** The fields that your company added, with what stands in them. */
  custom: z.array(CustomValue),
  /** Counted per week, oldest first: what happened on its timeline in the last 12 weeks. */
  activity_weeks: z.array(z.int()),
  can: z.object({ work: z.boolean(), decide: z.boolean() }),
})
export type Partner = z.output<typeof Partner>

export const partnerId = z.object({ partner: id() })

/** The view, the words and the chips that choose partners. */
export const PartnersChosen = {
  view: z.optional(PartnerView),
  q: z.optional(word(200)),
  status: words(),
  type: words(),
  tag: words(),
  owner: words(),
  via: words(),
  breaks: z.optional(RuleName),
}

export const listPartners = endpoint({
  id: 'list_partners',
  method: 'GET',
  path: '/api/v1/partners',
  caller: 'team',
  says: 'Partners, page by page.',
  query: z.strictObject({
    ...PartnersChosen,
    sort: z.optional(PartnerSort),
    cursor: cursor(),
    limit: limit(200),
  }),
  output: page(PartnerRow),
})
export const countPartners = endpoint({
  id: 'count_partners',
  method: 'GET',
  path: '/api/v1/partner_counts',
  caller: 'team',
  says: 'How many partners each view holds.',
  output: z.object({
    all: z.int(),
    mine: z.int(),
    active: z.int(),
    onboarding: z.int(),
    dormant: z.int(),
    attention: z.int(),
    archived: z.int(),
  }),
})
export const countMatchingPartners = endpoint({
  id: 'count_matching_partners',
  method: 'GET',
  path: '/api/v1/partner_counts/matching',
  caller: 'team',
  says: 'How many partners match a view, words and filters.',
  query: z.strictObject(PartnersChosen),
  output: z.object({ matching: z.int() }),
})
export const Lookalike = z.object({
  id: id(),
  slug: z.string(),
  legal_name: z.string(),
  owner_name: z.nullable(z.string()),
  /** 'same': same name and domain, adding is refused. 'likely': only said. */
  match: z.enum(['same', 'likely']),
  why: z.string(),
})
export const checkPartner = endpoint({
  id: 'check_partner',
  method: 'POST',
  path: '/api/v1/partners/check',
  caller: 'team',
  says: 'While typing: partners that look the same, and a better spelling of the email address.',
  body: z.strictObject({
    legal_name: z.optional(z.string().check(z.maxLength(200))),
    email: z.optional(z.string().check(z.maxLength(254))),
    website: z.optional(z.string().check(z.maxLength(300))),
    /** The partner that is being edited: neither it nor those that it was told apart from are named. */
    partner: z.optional(id()),
  }),
  output: z.object({
    lookalikes: z.array(Lookalike),
    email_suggestion: z.nullable(z.string()),
    free_mail: z.boolean(),
    email_ok: z.nullable(z.boolean()),
  }),
})
const AccessInput = {
  team_access: TeamAccess,
  members: z.array(z.strictObject({ member_id: id(), level: z.enum(['view', 'work']) })).check(z.maxLength(500)),
  permissions: z.strictObject({
    sees_deals: z.boolean(),
    sees_value: z.boolean(),
    sees_customer_contact: z.boolean(),
    sees_notes: z.boolean(),
    updates_deals: z.boolean(),
    sends_deals: z.boolean(),
  }),
}
export const addPartner = endpoint({
  id: 'add_partner',
  method: 'POST',
  path: '/api/v1/partners',
  caller: 'team',
  says: 'Add a partner with its main contact. Sends nothing to anyone.',
  body: z.strictObject({
    legal_name: text(),
    email: email(),
    contact_name: maybeText(),
    type: maybeText(40),
    website: website(),
    phone: maybeText(60),
    description: maybeText(2000),
    tag_ids: z.optional(z.array(id()).check(z.maxLength(20))),
    access: z.optional(z.strictObject(AccessInput)),
    /** Partners that look like it and are other companies: it is not asked again. */
    different_ids: z.optional(z.array(id()).check(z.maxLength(20))),
  }),
  output: Partner,
})
export const getPartner = endpoint({
  id: 'get_partner',
  method: 'GET',
  path: '/api/v1/partners/:slug',
  caller: 'team',
  says: 'One partner, by its slug, an earlier slug or its id.',
  params: z.object({ slug: word(120) }),
  output: Partner,
})
export const editPartner = endpoint({
  id: 'edit_partner',
  method: 'PATCH',
  path: '/api/v1/partners/:partner',
  caller: 'team',
  says: 'Change a partner. Name the version that you saw.',
  params: partnerId,
  body: z.strictObject({
    version: version(),
    legal_name: z.optional(text()),
    type: maybeText(40),
    status: z.optional(PartnerStatus),
    website: website(),
    phone: maybeText(60),
    description: maybeText(2000),
    agreement_signed: z.optional(z.nullable(day())),
    owner_id: z.optional(z.nullable(id())),
    works_via: z.optional(z.enum(['email', 'internal'])),
    tag_ids: z.optional(z.array(id()).check(z.maxLength(20))),
  }),
  output: Partner,
})

export const PartnerAccess = z.object({
  team_access: TeamAccess,
  version: version(),
  permissions: Permissions,
  members: z.array(z.object({ member_id: id(), name: z.string(), level: z.enum(['view', 'work']) })),
  people: z.array(
    z.object({
      contact_id: id(),
      name: z.string(),
      email: z.nullable(z.string()),
      state: z.string(),
      last_seen_at: z.nullable(moment()),
      sees: z.enum(['all', 'own']),
      can_sign_in: z.boolean(),
      version: version(),
    }),
  ),
  can: z.object({ decide: z.boolean() }),
})
export const getPartnerAccess = endpoint({
  id: 'get_partner_access',
  method: 'GET',
  path: '/api/v1/partners/:partner/access',
  caller: 'team',
  says: 'Who on the team works with a partner, what the partner may see, and who there can get in.',
  params: partnerId,
  output: PartnerAccess,
})
/** What each person would see more or less of: computed with the views themselves, then rolled back. */
export const Exposure = z.object({
  contacts: z.array(
    z.object({
      names: z.array(z.string()),
      appears: z.array(
        z.object({ what: z.enum(['deal', 'note', 'file']), label: z.string(), field: z.nullable(z.string()) }),
      ),
      disappears: z.array(
        z.object({ what: z.enum(['deal', 'note', 'file']), label: z.string(), field: z.nullable(z.string()) }),
      ),
      may: z.array(z.string()),
      may_no_longer: z.array(z.string()),
    }),
  ),
  team: z.object({ gains: z.array(z.string()), loses: z.array(z.string()) }),
  sentences: z.array(z.string()),
})
export type Exposure = z.output<typeof Exposure>
/** What archiving takes away or restoring gives back, through everyone's own eyes. */
export const ArchivePreview = z.object({
  open_deals: z.int(),
  /** Who there can sign in, while the partner is not archived. */
  people: z.array(z.string()),
  exposure: Exposure,
})
export type ArchivePreview = z.output<typeof ArchivePreview>
export const previewArchive = endpoint({
  id: 'preview_archive',
  method: 'POST',
  path: '/api/v1/partners/:partner/archive/preview',
  caller: 'team',
  says: 'What archiving would take from whom; for an archived partner, what restoring would give back. Changes nothing.',
  params: partnerId,
  output: ArchivePreview,
})
export const archivePartner = endpoint({
  id: 'archive_partner',
  method: 'POST',
  path: '/api/v1/partners/:partner/archive',
  caller: 'team',
  says: 'Take a partner out of daily lists. Its people lose access at once and are not told. Everything else stays as it is.',
  params: partnerId,
  output: Partner,
})
export const restorePartner = endpoint({
  id: 'restore_partner',
  method: 'DELETE',
  path: '/api/v1/partners/:partner/archive',
  caller: 'team',
  says: 'Bring a partner back exactly as it was.',
  params: partnerId,
  output: Partner,
})
export const previewPartnerAccess = endpoint({
  id: 'preview_partner_access',
  method: 'POST',
  path: '/api/v1/partners/:partner/access/preview',
  caller: 'team',
  says: 'Exactly which records and people a change of access would affect. Changes nothing.',
  params: partnerId,
  body: z.strictObject(AccessInput),
  output: Exposure,
})
export const editPartnerAccess = endpoint({
  id: 'edit_partner_access',
  method: 'PUT',
  path: '/api/v1/partners/:partner/access',
  caller: 'team',
  says: 'Change who works with a partner and what it may see. Removal takes effect at once.',
  params: partnerId,
  body: z.strictObject({ version: version(), ...AccessInput, reason: maybeText(500) }),
  output: PartnerAccess,
})
/** What the partner's people see today, read through their own views. */
export const Sight = z.object({
  contact: z.nullable(z.object({ id: id(), name: z.string() })),
  deals: z.array(
    z.object({
      id: id(),
      customer_company: z.string(),
      stage: z.string(),
      value_minor: z.nullable(z.int()),
      currency: z.nullable(z.string()),
      value_shown: z.boolean(),
      customer_contact_name: z.nullable(z.string()),
      customer_contact_shown: z.boolean(),
    }),
  ),
  deal_count: z.int(),
  notes: z.array(z.object({ id: id(), body: z.string() })),
  note_count: z.int(),
  files: z.array(z.object({ id: id(), name: z.string() })),
  file_count: z.int(),
})
export const getPartnerSight = endpoint({
  id: 'get_partner_sight',
  method: 'GET',
  path: '/api/v1/partners/:partner/sight',
  caller: 'team',
  says: "What a partner's contact sees right now, through the contact's own views.",
  params: partnerId,
  query: z.strictObject({ contact: z.optional(id()) }),
  output: Sight,
})
export const partnerEndpoints = [
  listPartners,
  countPartners,
  countMatchingPartners,
  checkPartner,
  addPartner,
  getPartner,
  editPartner,
  previewArchive,
  archivePartner,
  restorePartner,
  getPartnerAccess,
  previewPartnerAccess,
  editPartnerAccess,
  getPartnerSight,
]
