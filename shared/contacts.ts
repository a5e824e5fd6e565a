import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { email, id, maybeText, moment, text, version } from './fields.ts'
import { partnerId } from './partners.ts'

/** How far an invitation has come, in the words of the contact row. */
export const InvitationState = z.enum([
  'not_invited',
  'sending',
  'sent',
  'accepted',
  'prefers_email',
  'declined',
  'expired',
  'bounced',
  'withdrawn',
  'access_removed',
])

export const Contact = z.object({
  id: id(),
  partner_id: id(),
  name: z.string(),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  title: z.nullable(z.string()),
  /** The key of one of the company's roles. */
  role: z.nullable(z.string()),
  is_main: z.boolean(),
  sees: z.enum(['all', 'own']),
  confirmed_at: z.nullable(moment()),
  left_at: z.nullable(moment()),
  last_seen_at: z.nullable(moment()),
  can_sign_in: z.boolean(),
  created_at: moment(),
  version: version(),
  invitation: z.object({
    state: InvitationState,
    id: z.nullable(id()),
    sent_at: z.nullable(moment()),
    expires_at: z.nullable(moment()),
    effective_at: z.nullable(moment()),
  }),
})
export type Contact = z.output<typeof Contact>
export const contactId = z.object({ contact: id() })

export const listContacts = endpoint({
  id: 'list_contacts',
  method: 'GET',
  path: '/api/v1/partners/:partner/contacts',
  caller: 'team',
  says: 'The people at a partner.',
  params: partnerId,
  output: z.object({ items: z.array(Contact) }),
})
const fields = {
  name: text(),
  email: z.optional(z.nullable(email())),
  phone: maybeText(60),
  title: maybeText(120),
  role: maybeText(40),
  is_main: z.optional(z.boolean()),
}
export const addContact = endpoint({
  id: 'add_contact',
  method: 'POST',
  path: '/api/v1/partners/:partner/contacts',
  caller: 'team',
  says: 'Add a person at a partner. Sends nothing.',
  params: partnerId,
  body: z.strictObject(fields),
  output: Contact,
})
export const editContact = endpoint({
  id: 'edit_contact',
  method: 'PATCH',
  path: '/api/v1/contacts/:contact',
  caller: 'team',
  says: 'Change a contact, or confirm that it is still right.',
  params: contactId,
  body: z.strictObject({
    ...fields,
    name: z.optional(text()),
    version: version(),
    sees: z.optional(z.enum(['all', 'own'])),
    confirmed: z.optional(z.literal(true)),
    /** With another email address: who signs in with the one before is signed out and invited again, or not. */
    ends_sign_in: z.optional(z.literal(true)),
  }),
  output: Contact,
})
/** Who takes over; null: nobody yet. */
const handover = z.strictObject({ successor_id: z.optional(z.nullable(id())), main_id: z.optional(z.nullable(id())) })
export const previewContactLeft = endpoint({
  id: 'preview_contact_left',
  method: 'POST',
  path: '/api/v1/contacts/:contact/left/preview',
  caller: 'team',
  says: 'What would change if this person had left: which deals move, who sees more or less. Changes nothing.',
  params: contactId,
  body: handover,
  output: z.object({
    deals: z.array(z.object({ id: id(), ref: z.string(), customer_company: z.string(), stage: z.string() })),
    sentences: z.array(z.string()),
  }),
})
export const contactLeft = endpoint({
  id: 'contact_left',
  method: 'POST',
  path: '/api/v1/contacts/:contact/left',
  caller: 'team',
  says: 'They left the company: out at once and not told; open deals go to whom you name, and what they did keeps their name.',
  params: contactId,
  body: z.extend(handover, { version: version() }),
  output: z.object({ contact: Contact, act: id() }),
})
export const contactCameBack = endpoint({
  id: 'contact_came_back',
  method: 'DELETE',
  path: '/api/v1/contacts/:contact/left',
  caller: 'team',
  says: 'They are there again, with the access they had. Deals stay with whom they went to.',
  params: contactId,
  output: Contact,
})
export const removeAccess = endpoint({
  id: 'remove_access',
  method: 'POST',
  path: '/api/v1/contacts/:contact/remove_access',
  caller: 'team',
  says: 'They are out from the next request on and are not told.',
  params: contactId,
  output: Contact,
})
export const giveAccessBack = endpoint({
  id: 'give_access_back',
  method: 'DELETE',
  path: '/api/v1/contacts/:contact/remove_access',
  caller: 'team',
  says: 'Undo a removal of access.',
  params: contactId,
  output: Contact,
})

export const inviteContact = endpoint({
  id: 'invite_contact',
  method: 'POST',
  path: '/api/v1/contacts/:contact/invitations',
  caller: 'team',
  says: 'Invite a contact into the portal with a message of your own. Leaves after ten seconds.',
  params: contactId,
  body: z.strictObject({
    message: text(4000).check(z.minLength(20, 'Write at least 20 characters, in your own words.')),
  }),
  output: Contact,
})
/** The mail exactly as it would arrive. */
export const MailPreview = z.object({ to: z.string(), subject: z.string(), text: z.string() })
export const previewInvitation = endpoint({
  id: 'preview_invitation',
  method: 'POST',
  path: '/api/v1/contacts/:contact/invitations/preview',
  caller: 'team',
  says: 'The exact email, before it is sent.',
  params: contactId,
  body: z.strictObject({ message: z.string().check(z.maxLength(4000)) }),
  output: MailPreview,
})
export const withdrawInvitation = endpoint({
  id: 'withdraw_invitation',
  method: 'DELETE',
  path: '/api/v1/invitations/:invitation',
  caller: 'team',
  says: 'Undo within ten seconds, as if it never was; later, the link dies at once.',
  params: z.object({ invitation: id() }),
  output: Contact,
})
export const copyInvitationLink = endpoint({
  id: 'copy_invitation_link',
  method: 'POST',
  path: '/api/v1/invitations/:invitation/link',
  caller: 'team',
  says: 'A new link for this invitation. The one before it dies; a message that has not left yet brings another one.',
  params: z.object({ invitation: id() }),
  output: z.object({ link: z.string() }),
})
/** Everyone outside the team who can get in. */
export const listOutsiders = endpoint({
  id: 'list_outsiders',
  method: 'GET',
  path: '/api/v1/access',
  caller: 'team',
  says: 'Everyone outside the team who can get in, by partner.',
  output: z.object({
    partners: z.array(
      z.object({
        id: id(),
        slug: z.string(),
        legal_name: z.string(),
        sees: z.string(),
        people: z.array(
          z.object({
            contact_id: id(),
            name: z.string(),
            email: z.nullable(z.string()),
            last_seen_at: z.nullable(moment()),
            since: z.nullable(moment()),
            invited_by: z.nullable(z.string()),
            version: version(),
          }),
        ),
      }),
    ),
  }),
})
export const contactEndpoints = [
  listContacts,
  addContact,
  editContact,
  previewContactLeft,
  contactLeft,
  contactCameBack,
  removeAccess,
  giveAccessBack,
  inviteContact,
  previewInvitation,
  withdrawInvitation,
  copyInvitationLink,
  listOutsiders,
]
