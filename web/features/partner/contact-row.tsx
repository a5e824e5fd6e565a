import { Phone, Star } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useLists } from '../../shell/lists.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Confirmed } from './confirmed.tsx'
import { ContactMenu, type ContactRowProps } from './contact-menu.tsx'
import { PortalState } from './portal-state.tsx'
import { SendingIn } from './sending-in.tsx'
import { useContactActs } from './use-contact-acts.ts'
import { useRefresh } from './use-partner.ts'

const LinkDialog = lazy(() => import('./link-dialog.tsx').then((m) => ({ default: m.LinkDialog })))

/** One person there, with what can be done about them. */
export function ContactRow(props: ContactRowProps) {
  const { contact, partner } = props
  const { state, id, effective_at } = contact.invitation
  const acts = useContactActs(contact)
  const refresh = useRefresh()
  const { roleName } = useLists()
  return (
    <tr>
      <th scope="row" className="partner-c-name">
        <span className="ui-row">
          <Avatar name={contact.name} size={28} outside />
          <span className="partner-c-who">
            <span className="ui-row">
              <span className="ui-trunc">{contact.name}</span>
              {contact.is_main && <Chip icon={<Star />}>Main</Chip>}
            </span>
            {contact.title && <span className="ui-cap ui-muted">{contact.title}</span>}
          </span>
        </span>
      </th>
      <td className="partner-c-role">{roleName(contact.role) ?? <span className="ui-muted">No role</span>}</td>
      <td className="partner-c-mail">
        {contact.email ? (
          <a href={`mailto:${contact.email}`}>{contact.email}</a>
        ) : (
          <span className="ui-muted">No address</span>
        )}
        {contact.phone && (
          <a className="partner-c-phone ui-cap" href={`tel:${contact.phone.replaceAll(/[^\d+]/g, '')}`}>
            <Phone /> {contact.phone}
          </a>
        )}
      </td>
      <td className="partner-c-portal">
        {state === 'sending' && id && partner.can.work ? (
          <SendingIn
            effective_at={effective_at}
            onUndo={() => void acts.withdraw(id, 'Not sent. Nothing left.')}
            onGone={() => void refresh()}
          />
        ) : (
          <PortalState contact={contact} />
        )}
        <span className="ui-cap ui-muted partner-c-sees">
          {contact.sees === 'all' ? 'Sees all shared deals' : 'Sees only deals they own'}
        </span>
      </td>
      <td className="partner-c-confirmed">
        <Confirmed
          contact={contact}
          {...(partner.can.work
            ? { onConfirm: () => void acts.change({ confirmed: true }, `${contact.name} confirmed today.`) }
            : {})}
        />
      </td>
      <td className="partner-c-more ui-end">
        <ContactMenu {...props} acts={acts} />
        {acts.link && (
          <Suspense fallback={null}>
            <LinkDialog name={contact.name} link={acts.link} onClose={acts.forgetLink} />
          </Suspense>
        )}
      </td>
    </tr>
  )
}
