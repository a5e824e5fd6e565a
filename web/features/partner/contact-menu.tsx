import { Ellipsis } from 'lucide-react'
import type { ComponentProps } from 'react'
import type { Contact } from '#shared/contacts.ts'
import type { Partner } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { firstName, whose } from '../../shell/deal-words.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { useContactActs } from './use-contact-acts.ts'

type Items = ComponentProps<typeof Menu>['items']
export type ContactRowProps = {
  contact: Contact
  partner: Partner
  onEdit: () => void
  onInvite: () => void
  onLeft: () => void
}

type Props = ContactRowProps & { acts: ReturnType<typeof useContactActs> }
const open_again = ['not_invited', 'withdrawn', 'expired', 'bounced', 'declined', 'prefers_email']

export function ContactMenu(props: Props) {
  const { contact, partner } = props
  const label = `${contact.name}, more`
  return (
    <Menu
      label={label}
      align="end"
      trigger={<IconButton label={label} icon={<Ellipsis />} size="small" />}
      items={[
        { label: `View as ${firstName(contact.name)}`, href: paths.preview(partner.slug, contact.id) },
        ...(partner.can.work ? changes(props) : []),
      ]}
    />
  )
}

function changes({ contact, onEdit, onInvite, onLeft, acts }: Props): Items {
  const { state, id: invitation } = contact.invitation
  const first = firstName(contact.name)
  const sees =
    contact.sees === 'all'
      ? { label: 'Show only deals they own', to: 'own' as const, said: `${first} sees only deals they own.` }
      : { label: 'Show all shared deals', to: 'all' as const, said: `${first} sees all shared deals.` }
  return [
    { label: 'Edit', onSelect: onEdit },
    ...(contact.is_main
      ? []
      : [
          {
            label: 'Make main contact',
            onSelect: () => void acts.change({ is_main: true }, `${contact.name} is the main contact.`),
          },
        ]),
    { label: sees.label, onSelect: () => void acts.change({ sees: sees.to }, sees.said) },
    'separator',
    ...(open_again.includes(state)
      ? [
          {
            label: state === 'not_invited' ? 'Invite' : 'Invite again',
            onSelect: onInvite,
            ...(contact.email ? {} : { reason: `Add ${whose(first)} email address first.` }),
          },
        ]
      : []),
    ...(state === 'sent' && invitation
      ? [
          { label: 'Copy link', hint: 'The earlier one ends', onSelect: () => void acts.copyLink(invitation) },
          {
            label: 'Withdraw',
            danger: true,
            onSelect: () => void acts.withdraw(invitation, 'Withdrawn. The link no longer works.'),
          },
        ]
      : []),
    ...(state === 'access_removed' ? [{ label: 'Give access back', onSelect: () => void acts.giveBack() }] : []),
    ...(contact.can_sign_in && state !== 'access_removed'
      ? [{ label: 'Remove access', danger: true, onSelect: () => void acts.remove() }]
      : []),
    { label: 'Left the company', onSelect: onLeft },
  ]
}
