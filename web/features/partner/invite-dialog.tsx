import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { listContacts } from '#shared/contacts.ts'
import type { Partner } from '#shared/partners.ts'
import { ask } from '../../query.ts'
import { calledName, firstName } from '../../shell/deal-words.ts'
import { useSession } from '../../shell/session.tsx'
import { useTextDraft } from '../../shell/use-draft.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choices.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { InvitePreview } from './invite-preview.tsx'
import { MessageField } from './message-field.tsx'
import { useKeepInternal } from './use-partner.ts'
import { useSendInvitation } from './use-send-invitation.ts'

const shortest = 20

type Props = { partner: Partner; contact?: string; onClose: () => void }

/** Invite one contact with a message of one's own, or keep it internal. */
export function InviteDialog({ partner, contact: wanted, onClose }: Props) {
  const { data } = useQuery(ask(listContacts, { params: { partner: partner.id } }))
  const { session } = useSession()
  const open = ['not_invited', 'withdrawn', 'expired', 'bounced', 'declined', 'prefers_email']
  const reachable = (data?.items ?? []).filter(
    (one) => one.email && !one.left_at && open.includes(one.invitation.state),
  )
  const [chosen, choose] = useState(wanted ?? null)
  const to = reachable.find((one) => one.id === chosen) ?? reachable.find((one) => one.is_main) ?? reachable[0]
  const [way, setWay] = useState<'invite' | 'internal'>('invite')
  const keep = useKeepInternal(partner)
  const sending = useSendInvitation(partner)
  const [message, write] = useTextDraft(`invite:${partner.id}`)
  const box = useRef<HTMLTextAreaElement>(null)
  const called = calledName(partner.legal_name)
  const first = to ? firstName(to.name) : 'them'
  const missing = !to
    ? 'Add a contact with an email address first.'
    : message.trim().length < shortest
      ? `Write at least ${shortest} characters, in your own words.`
      : undefined
  const reason = way === 'invite' ? missing : undefined

  const act = async () => {
    if (sending.busy || reason) return
    if (way === 'internal') {
      await keep()
      return onClose()
    }
    if (to && (await sending.send(to, message))) {
      write('')
      onClose()
    }
  }
  useHotkeys({ 'mod+enter': () => void act() }, { inFields: true })
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      size="large"
      title={to ? `Invite ${to.name}` : `Invite someone at ${called}`}
      footnote={way === 'invite' ? 'Sends after 10 seconds, with Undo.' : 'Nothing is sent.'}
      initialFocus={box}
      actions={
        <>
          <Button size="form" onClick={onClose}>
            Cancel
          </Button>
          <Button
            size="form"
            variant="primary"
            busy={sending.busy}
            onClick={() => void act()}
            {...(reason ? { reason } : {})}
          >
            {way === 'internal' ? 'Keep it internal' : `Invite ${first}`}
          </Button>
        </>
      }
    >
      <div className={way === 'invite' ? 'partner-invite' : undefined}>
        <div className="partner-form">
          {sending.failed && (
            <Banner tone="danger" role="alert">
              {sending.failed} Your message is still here.
            </Banner>
          )}
          <RadioCards
            label={`How to work with ${called}`}
            name="way"
            hideLabel
            value={way}
            onChange={(next) => setWay(next as typeof way)}
            options={[
              {
                value: 'invite',
                label: `Invite ${first} into Partnered`,
                hint: 'They see what you share, and can answer.',
              },
              { value: 'internal', label: 'Keep it internal', hint: 'Nothing is sent. Only your team works here.' },
            ]}
          />
          {way === 'invite' && (
            <>
              <Field label="To" hint="Start with one. Colleagues can come later.">
                <Select
                  value={to?.id ?? null}
                  onChange={choose}
                  options={reachable.map((one) => ({
                    value: one.id,
                    label: `${one.name}, ${one.email}`,
                    icon: <Avatar name={one.name} size={20} outside />,
                  }))}
                  placeholder={
                    data ? 'Nobody to invite. Add a contact with an email address.' : 'Loading the people there'
                  }
                  disabled={reachable.length === 0}
                />
              </Field>
              <MessageField value={message} onChange={write} error={sending.field} box={box} />
              {session && !session.mail_works && (
                <Banner tone="neutral">
                  Email isn&apos;t set up. Nothing arrives by itself: copy the link from Contacts and send it yourself.
                </Banner>
              )}
            </>
          )}
        </div>
        {way === 'invite' && to && <InvitePreview partner={partner} contact={to} message={message} />}
      </div>
    </Dialog>
  )
}
