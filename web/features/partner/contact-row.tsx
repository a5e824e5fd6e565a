import { Ellipsis, Star } from 'lucide-react'
import {
  type Contact,
  copyInvitationLink,
  editContact,
  giveAccessBack,
  removeAccess,
  withdrawInvitation,
} from '#shared/contacts.ts'
import type { Partner } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useToast } from '../../ui/toast.tsx'
import { PortalState } from './portal-state.tsx'
import { useRefresh, wordsOf } from './use-partner.ts'

type Props = { contact: Contact; partner: Partner; onEdit: () => void; onInvite: () => void }

/** One person there, with what can be done about them. */
export function ContactRow({ contact, partner, onEdit, onInvite }: Props) {
  const { state, id: invitation } = contact.invitation
  const acts = useContactActs(contact)
  const invitable =
    contact.email && ['not_invited', 'withdrawn', 'expired', 'declined', 'prefers_email'].includes(state)
  return (
    <tr>
      <th scope="row">
        <span className="ui-row">
          <Avatar name={contact.name} size={24} outside />
          <span className="ui-trunc">{contact.name}</span>
          {contact.is_main && <Chip icon={<Star />}>Main</Chip>}
        </span>
        {contact.title && <span className="ui-cap ui-muted">{contact.title}</span>}
      </th>
      <td>{contact.role ?? <span className="ui-muted">No role</span>}</td>
      <td className="partner-mail">{contact.email ?? <span className="ui-muted">No address</span>}</td>
      <td>
        {state === 'sending' ? (
          <span className="ui-row">
            Leaves in seconds
            <Button size="small" onClick={() => void acts.withdraw(invitation ?? '', 'Not sent. Nothing left.')}>
              Undo
            </Button>
          </span>
        ) : (
          <PortalState contact={contact} />
        )}
      </td>
      <td>{contact.sees === 'all' ? 'All shared deals' : 'Only deals they own'}</td>
      <td className="ui-end">
        <Menu
          label={`${contact.name}, more`}
          align="end"
          trigger={<IconButton label={`${contact.name}, more`} icon={<Ellipsis />} size="small" />}
          items={[
            { label: 'View as', href: paths.preview(partner.slug, contact.id) },
            ...(partner.can.work
              ? [
                  { label: 'Edit', onSelect: onEdit },
                  ...(invitable ? [{ label: 'Invite', onSelect: onInvite }] : []),
                  ...(state === 'sent' && invitation
                    ? [
                        {
                          label: 'Copy link',
                          hint: 'The earlier link stops working',
                          onSelect: () => void acts.copyLink(invitation),
                        },
                        {
                          label: 'Withdraw',
                          onSelect: () => void acts.withdraw(invitation, 'Withdrawn. The link no longer works.'),
                        },
                      ]
                    : []),
                  ...(contact.is_main
                    ? []
                    : [
                        {
                          label: 'Make main contact',
                          onSelect: () => void acts.change({ is_main: true }, `${contact.name} is the main contact`),
                        },
                      ]),
                  contact.sees === 'all'
                    ? {
                        label: 'Sees only deals they own',
                        onSelect: () => void acts.change({ sees: 'own' }, `${contact.name} sees only deals they own`),
                      }
                    : {
                        label: 'Sees all shared deals',
                        onSelect: () => void acts.change({ sees: 'all' }, `${contact.name} sees all shared deals`),
                      },
                  ...(state === 'access_removed'
                    ? [{ label: 'Give access back', onSelect: () => void acts.giveBack() }]
                    : contact.can_sign_in
                      ? [{ label: 'Remove access', danger: true, onSelect: () => void acts.remove() }]
                      : []),
                ]
              : []),
          ]}
        />
      </td>
    </tr>
  )
}

export function useContactActs(contact: Pick<Contact, 'id' | 'name' | 'version'>) {
  const refresh = useRefresh()
  const toast = useToast()
  const params = { contact: contact.id }
  const act = async (run: () => Promise<unknown>, said: string, undo?: () => void) => {
    try {
      await run()
      await refresh()
      toast.show({ text: said, ...(undo ? { undo } : {}) })
    } catch (error) {
      toast.show({ text: wordsOf(error), tone: 'danger' })
    }
  }
  const giveBack = () => act(() => call(giveAccessBack, { params }), `${contact.name} can get in again`)
  return {
    change: (body: { is_main?: boolean; sees?: 'all' | 'own' }, said: string) =>
      act(() => call(editContact, { params, body: { version: contact.version, ...body } }), said),
    withdraw: (invitation: string, said: string) =>
      act(() => call(withdrawInvitation, { params: { invitation } }), said),
    copyLink: (invitation: string) =>
      act(async () => {
        const { link } = await call(copyInvitationLink, { params: { invitation } })
        await navigator.clipboard.writeText(link)
      }, 'Link copied. The one before it no longer works.'),
    remove: () =>
      act(
        () => call(removeAccess, { params }),
        `${contact.name} is signed out and won't be told. Their comments stay.`,
        () => void giveBack(),
      ),
    giveBack,
  }
}
