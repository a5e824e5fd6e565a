import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Contact, previewInvitation } from '#shared/contacts.ts'
import type { Partner } from '#shared/partners.ts'
import { ask } from '../../query.ts'
import { firstName } from '../../shell/deal-words.ts'
import { KeyValues, PreviewFrame } from '../../ui/card.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { SightOf } from './sight.tsx'
import { useSettled } from './use-settled.ts'

/** The exact email, and what the person will see once they are in. */
export function InvitePreview({ partner, contact, message }: { partner: Partner; contact: Contact; message: string }) {
  const [show, setShow] = useState<'mail' | 'sight'>('mail')
  const settled = useSettled(message)
  const { data, isError, refetch } = useQuery({
    ...ask(previewInvitation, { params: { contact: contact.id }, body: { message: settled } }),
    placeholderData: keepPreviousData,
  })
  const first = firstName(contact.name)
  return (
    <PreviewFrame
      title={show === 'mail' ? `${first} will get this` : `${first} will see this`}
      end={
        <Segmented
          label="Preview"
          size="small"
          value={show}
          onChange={setShow}
          options={[
            { value: 'mail', label: 'The email' },
            { value: 'sight', label: `What ${first} will see` },
          ]}
        />
      }
    >
      {show === 'sight' ? (
        <SightOf partner={partner} contact={contact.id} permissions={partner.permissions} />
      ) : isError ? (
        <ErrorState title="Can't build the preview." safe="Your message is kept." onRetry={() => void refetch()} />
      ) : data ? (
        <>
          <KeyValues
            narrow
            items={[
              ['To', data.to],
              ['Subject', data.subject],
            ]}
          />
          <p className="partner-letter">{data.text.trim() || 'Your message stands here.'}</p>
        </>
      ) : (
        <Skeleton kind="text" />
      )}
    </PreviewFrame>
  )
}
