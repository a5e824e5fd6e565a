import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { type Contact, listContacts } from '#shared/contacts.ts'
import { ask } from '../../query.ts'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { ContactRow } from './contact-row.tsx'
import { useThisPartner, whyNot } from './use-partner.ts'

const ContactForm = lazy(() => import('./contact-form.tsx').then((m) => ({ default: m.ContactForm })))
const InviteDialog = lazy(() => import('./invite-dialog.tsx').then((m) => ({ default: m.InviteDialog })))

/** The people at a partner, and how far each has come into the portal. */
export function ContactsTab() {
  const partner = useThisPartner()
  const { data, isError, refetch } = useQuery(ask(listContacts, { params: { partner: partner.id } }))
  const [editing, setEditing] = useState<Contact | 'new' | null>(null)
  const [inviting, setInviting] = useState<string | null>(null)
  const { canWrite } = useSession()
  return (
    <section aria-labelledby="partner-contacts">
      <div className="partner-bar">
        <h2 id="partner-contacts">Contacts</h2>
        {canWrite && (
          <Button icon={<Plus />} reason={whyNot(partner)} onClick={() => setEditing('new')}>
            Add contact
          </Button>
        )}
      </div>
      {isError && !data && (
        <ErrorState title="We couldn't load contacts." safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!data && !isError && <Skeleton />}
      {data?.items.length === 0 && <EmptyState>No contacts. Add the person you talk to. Nothing is sent.</EmptyState>}
      {data && data.items.length > 0 && (
        <Table caption="Contacts" phone="rows" className="partner-contacts">
          <thead>
            <tr>
              <th scope="col" className="partner-c-name">
                Name
              </th>
              <th scope="col" className="partner-c-role">
                Role
              </th>
              <th scope="col" className="partner-c-mail">
                Email
              </th>
              <th scope="col">Portal</th>
              <th scope="col" className="partner-c-sees">
                Sees
              </th>
              <th scope="col" className="partner-c-more">
                <span className="ui-vh">Do</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((contact) => (
              <ContactRow
                key={contact.id}
                contact={contact}
                partner={partner}
                onEdit={() => setEditing(contact)}
                onInvite={() => setInviting(contact.id)}
              />
            ))}
          </tbody>
        </Table>
      )}
      <Suspense fallback={null}>
        {editing && (
          <ContactForm
            partner={partner}
            contact={editing === 'new' ? null : editing}
            onClose={() => setEditing(null)}
          />
        )}
        {inviting && <InviteDialog partner={partner} contact={inviting} onClose={() => setInviting(null)} />}
      </Suspense>
    </section>
  )
}
