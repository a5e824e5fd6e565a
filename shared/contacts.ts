import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { email, id, maybeText, moment, text, version } from './fields.ts'
import { partnerId } from './partners.ts'

export const contactRoles = ['Sales', 'Tech', 'Exec sponsor', 'Marketing', 'Finance', 'Other'] as const
/** How far an invitation has come, in the words of the contact row. */
export const InvitationState = z.enum([
  'not_invited',
  'sending',
  'sent',
  'accepted',
  'prefers_email',
  'declined',
  'expired',
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
  }),
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
  says: 'The exact e-mail, before it is sent.',
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
  says: 'A new link for this invitation. The one before it dies.',
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
  removeAccess,
  giveAccessBack,
  inviteContact,
  previewInvitation,
  withdrawInvitation,
  copyInvitationLink,
  listOutsiders,
]
