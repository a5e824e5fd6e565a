import type { Contact } from '#shared/contacts.ts'
import type { Partner } from '#shared/partners.ts'
import { useLists } from '../../shell/lists.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Day } from '../../ui/time.tsx'
import { useContactActs } from './use-contact-acts.ts'

/** Who was there once, folded: what they did keeps their name, and they may come back. */
export function LeftContacts({ people, partner }: { people: Contact[]; partner: Partner }) {
  return (
    <details className="partner-left">
      <summary>{people.length === 1 ? '1 person left' : `${people.length} people left`}</summary>
      <ul>
        {people.map((contact) => (
          <Person key={contact.id} contact={contact} partner={partner} />
        ))}
      </ul>
    </details>
  )
}

function Person({ contact, partner }: { contact: Contact; partner: Partner }) {
  const acts = useContactActs(contact)
  const { roleName } = useLists()
  return (
    <li>
      <Avatar name={contact.name} size={28} outside />
      <span className="partner-c-who">
        <span className="ui-trunc">{contact.name}</span>
        <span className="ui-cap ui-muted">
          {[contact.title ?? roleName(contact.role), contact.email].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="ui-cap ui-muted">Left {contact.left_at && <Day value={contact.left_at} />}</span>
      {partner.can.work && (
        <Button size="small" aria-label={`${contact.name} came back`} onClick={() => void acts.cameBack()}>
          Came back
        </Button>
      )}
    </li>
  )
}
