import type { Contact } from '#shared/contacts.ts'
import { Button } from '../../ui/button.tsx'
import { sayDay } from '../../ui/time.tsx'
import { confirmedWords } from './confirmed-words.ts'

type Props = { contact: Pick<Contact, 'name' | 'confirmed_at'>; onConfirm?: () => void }

/** Since when nobody has said that a contact is still right, and the button that says it. */
export function Confirmed({ contact, onConfirm }: Props) {
  const { words, today } = confirmedWords(contact.confirmed_at)
  return (
    <span className="ui-row ui-wrap partner-confirmed">
      {contact.confirmed_at ? (
        <time dateTime={contact.confirmed_at} title={sayDay(contact.confirmed_at)}>
          {words}
        </time>
      ) : (
        <span className="ui-muted">{words}</span>
      )}
      {onConfirm && !today && (
        <Button size="small" aria-label={`Confirm that ${contact.name} is still right`} onClick={onConfirm}>
          Confirm
        </Button>
      )}
    </span>
  )
}
