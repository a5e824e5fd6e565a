import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { type Contact, listContacts } from '#shared/contacts.ts'
import { ask } from '../../query.ts'
import { useSession } from '../../shell/session.tsx'
import { useAddress } from '../../shell/use-address.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { ContactRow } from './contact-row.tsx'
import { LeftContacts } from './left-contacts.tsx'
import { useThisPartner, whyNot } from './use-partner.ts'

const ContactForm = lazy(() => import('./contact-form.tsx').then((m) => ({ default: m.ContactForm })))
const InviteDialog = lazy(() => import('./invite-dialog.tsx').then((m) => ({ default: m.InviteDialog })))
const LeftDialog = lazy(() => import('./left-dialog.tsx').then((m) => ({ default: m.LeftDialog })))

type Open = { what: 'edit' | 'left'; contact: Contact } | { what: 'invite'; contact: string } | { what: 'new' } | null

/** The people at a partner, and how far each has come into the portal. */
export function ContactsTab() {
  const partner = useThisPartner()
  const { data, isError, refetch } = useQuery(ask(listContacts, { params: { partner: partner.id } }))
  const [open, show] = useState<Open>(null)
  const [{ edit: asked }, change] = useAddress()
  const { canWrite } = useSession()
  const here = data?.items.filter((one) => !one.left_at) ?? []
  const left = data?.items.filter((one) => one.left_at) ?? []
  const wanted = partner.can.work ? here.find(({ id }) => id === asked) : undefined
  const close = () => {
    show(null)
    if (asked) change({ edit: undefined })
  }
  const editing = open?.what === 'edit' ? open.contact : open?.what === 'new' ? null : wanted
  return (
    <section aria-labelledby="partner-contacts">
      <div className="partner-bar">
        <h2 id="partner-contacts">Contacts</h2>
        {canWrite && (
          <Button icon={<Plus />} reason={whyNot(partner)} onClick={() => show({ what: 'new' })}>
            Add contact
          </Button>
        )}
      </div>
      {isError && !data && (
        <ErrorState title="We couldn't load contacts." safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!data && !isError && <Skeleton />}
      {data && here.length === 0 && <EmptyState>No contacts. Add the person you talk to. Nothing is sent.</EmptyState>}
      {here.length > 0 && (
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
                Email and phone
              </th>
              <th scope="col">Portal</th>
              <th scope="col" className="partner-c-confirmed">
                Last confirmed
              </th>
              <th scope="col" className="partner-c-more">
                <span className="ui-vh">Do</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {here.map((contact) => (
              <ContactRow
                key={contact.id}
                contact={contact}
                partner={partner}
                onEdit={() => show({ what: 'edit', contact })}
                onInvite={() => show({ what: 'invite', contact: contact.id })}
                onLeft={() => show({ what: 'left', contact })}
              />
            ))}
          </tbody>
        </Table>
      )}
      {left.length > 0 && <LeftContacts people={left} partner={partner} />}
      <Suspense fallback={null}>
        {editing !== undefined && open?.what !== 'left' && open?.what !== 'invite' && (
          <ContactForm
            partner={partner}
            contact={editing}
            onClose={close}
            onInvite={(contact) => show({ what: 'invite', contact })}
          />
        )}
        {open?.what === 'invite' && <InviteDialog partner={partner} contact={open.contact} onClose={close} />}
        {open?.what === 'left' && <LeftDialog partner={partner} contact={open.contact} people={here} onClose={close} />}
      </Suspense>
    </section>
  )
}
