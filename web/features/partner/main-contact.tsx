import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { editContact, listContacts } from '#shared/contacts.ts'
import type { Partner } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { TextButton } from '../../ui/button.tsx'
import { Card, KeyValues } from '../../ui/card.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Confirmed } from './confirmed.tsx'
import { PortalState } from './portal-state.tsx'
import { useRefresh, wordsOf } from './use-partner.ts'

/** Whom one talks to there, and whether that is still right. */
export function MainContact({ partner }: { partner: Partner }) {
  const { data } = useQuery(ask(listContacts, { params: { partner: partner.id } }))
  const refresh = useRefresh()
  const toast = useToast()
  const { roleName } = useLists()
  const contact = data?.items.find((one) => one.is_main)
  const all = (
    <TextButton href={paths.partner(partner.slug, 'contacts')}>
      {data ? `All ${data.items.filter((one) => !one.left_at).length}` : 'All'}
    </TextButton>
  )
  if (!contact)
    return (
      <Card title="Main contact" action={all}>
        <p className="ui-muted">{data ? 'Nobody is the main contact. Choose one under Contacts.' : ' '}</p>
      </Card>
    )
  const confirm = async () => {
    try {
      await call(editContact, { params: { contact: contact.id }, body: { version: contact.version, confirmed: true } })
      await refresh()
    } catch (error) {
      toast.show({ text: wordsOf(error), tone: 'danger' })
    }
  }
  return (
    <Card title="Main contact" action={all}>
      <div className="ui-row partner-who">
        <Avatar name={contact.name} size={40} outside />
        <div>
          <strong>{contact.name}</strong>
          <div className="ui-cap ui-muted">
            {[contact.title ?? roleName(contact.role), calledName(partner.legal_name)].filter(Boolean).join(', ')}
          </div>
        </div>
      </div>
      <KeyValues
        narrow
        items={[
          ...(contact.email
            ? [
                [
                  'Email',
                  <a key="e" href={`mailto:${contact.email}`}>
                    {contact.email}
                  </a>,
                ] as [string, ReactNode],
              ]
            : []),
          ...(contact.phone ? [['Phone', contact.phone] as [string, ReactNode]] : []),
          ['Portal', <PortalState key="p" contact={contact} />],
          [
            'Confirmed',
            <Confirmed key="c" contact={contact} {...(partner.can.work ? { onConfirm: () => void confirm() } : {})} />,
          ],
        ]}
      />
    </Card>
  )
}
