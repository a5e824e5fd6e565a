import type { Contact } from '#shared/contacts.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day, Time } from '../../ui/time.tsx'

const words: Record<Contact['invitation']['state'], string> = {
  not_invited: 'Not invited',
  sending: 'Sending',
  sent: 'Sent',
  accepted: 'Accepted',
  prefers_email: 'Prefers email',
  declined: 'Declined',
  expired: 'Expired',
  bounced: 'Could not be delivered',
  withdrawn: 'Withdrawn',
  access_removed: 'Access removed',
}

/** How far a contact is into the portal, in words, with the day that belongs to it. */
export function PortalState({ contact }: { contact: Contact }) {
  const { state, sent_at, expires_at } = contact.invitation
  if (contact.left_at)
    return (
      <>
        Left <Day value={contact.left_at.slice(0, 10)} />
      </>
    )
  if (state === 'accepted' && contact.last_seen_at)
    return (
      <>
        Last here <Time value={contact.last_seen_at} inside />
      </>
    )
  const day = state === 'sent' ? sent_at : state === 'expired' ? expires_at : null
  if (state === 'bounced') return <Chip tone="danger">{words[state]}</Chip>
  return (
    <>
      {words[state]} {day && <Day value={day} />}
    </>
  )
}
