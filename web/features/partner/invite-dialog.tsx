import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Contact, inviteContact, listContacts, withdrawInvitation } from '#shared/contacts.ts'
import type { Partner } from '#shared/partners.ts'
import { ApiProblem, call } from '../../api.ts'
import { ask } from '../../query.ts'
import { firstName } from '../../shell/deal-words.ts'
import { useTextDraft } from '../../shell/use-draft.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choices.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea } from '../../ui/text-input.tsx'
import { useToast } from '../../ui/toast.tsx'
import { InvitePreview } from './invite-preview.tsx'
import { useKeepInternal, useRefresh, wordsOf } from './use-partner.ts'

const shortest = 20
const starts = [
  { label: 'Why you', text: 'I ask you because ' },
  { label: 'What they will see', text: 'You will see ' },
  { label: 'What to do first', text: 'Please start with ' },
]

type Props = { partner: Partner; contact?: string; onClose: () => void }

/** Invite one contact with a message of one's own, or keep it internal. */
export function InviteDialog({ partner, contact: wanted, onClose }: Props) {
  const { data } = useQuery(ask(listContacts, { params: { partner: partner.id } }))
  const reachable = (data?.items ?? []).filter((one) => one.email && !one.left_at && !one.can_sign_in)
  const [chosen, choose] = useState(wanted ?? null)
  const to = reachable.find((one) => one.id === chosen) ?? reachable.find((one) => one.is_main) ?? reachable[0]
  const [way, setWay] = useState<'invite' | 'internal'>('invite')
  const keep = useKeepInternal(partner)
  const first = to ? firstName(to.name) : 'them'
  const send = useSend(partner, onClose)
  const [message, write] = useTextDraft(`invite:${partner.id}`)
  const enough = message.trim().length >= shortest

  const act = async () => {
    if (way === 'internal') {
      await keep()
      onClose()
    } else if (to && enough) await send.run(to, message, () => write(''))
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="large"
      title={to ? `Invite ${to.name}` : `Invite someone at ${partner.legal_name}`}
      footnote={way === 'invite' ? 'Leaves after 10 seconds, with Undo.' : 'Nothing is sent.'}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={send.busy}
            onClick={() => void act()}
            {...(way === 'invite'
              ? {
                  reason: !to
                    ? 'Add a contact with an email address first.'
                    : enough
                      ? undefined
                      : `Write at least ${shortest} characters, in your own words.`,
                }
              : {})}
          >
            {way === 'internal' ? 'Keep it internal' : `Invite ${first}`}
          </Button>
        </>
      }
    >
      <div className="partner-invite">
        <div className="partner-form">
          {send.failed && <Banner tone="danger">{send.failed}</Banner>}
          <RadioCards
            label="How"
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
              { value: 'internal', label: 'Keep it internal', hint: 'Nothing is sent. You track it on your side.' },
            ]}
          />
          {way === 'invite' && (
            <>
              <Field label="To" hint="Start with one. Colleagues can come later.">
                <Select
                  value={to?.id ?? null}
                  onChange={choose}
                  options={reachable.map((one) => ({ value: one.id, label: `${one.name}, ${one.email}` }))}
                  placeholder="Nobody with an address yet"
                />
              </Field>
              <div className="ui-row ui-wrap partner-starts">
                <span className="ui-cap ui-muted">Start with</span>
                {starts.map(({ label, text }) => (
                  <Button
                    key={label}
                    size="small"
                    onClick={() => write(`${message}${message && !/\s$/.test(message) ? ' ' : ''}${text}`)}
                  >
                    {label}
                  </Button>
                ))}
              </div>
              <Field label="Your message" hint="No template. People answer messages that sound like you." required>
                <TextArea rows={6} maxLength={4000} value={message} onChange={(event) => write(event.target.value)} />
              </Field>
            </>
          )}
        </div>
        {way === 'invite' && to && <InvitePreview partner={partner} contact={to} message={message} />}
      </div>
    </Dialog>
  )
}

function useSend(partner: Partner, onClose: () => void) {
  const refresh = useRefresh()
  const toast = useToast()
  const [state, setState] = useState<{ busy: boolean; failed: string | null }>({ busy: false, failed: null })
  const run = async (to: Contact, message: string, forget: () => void) => {
    setState({ busy: true, failed: null })
    try {
      const { invitation } = await call(inviteContact, { params: { contact: to.id }, body: { message } })
      forget()
      await refresh()
      onClose()
      toast.show({
        text: `The invitation to ${to.name} leaves in 10 seconds.`,
        holdSeconds: 10,
        undo: () =>
          void call(withdrawInvitation, { params: { invitation: invitation.id ?? '' } }).then(async () => {
            await refresh()
            toast.show({ text: `Not sent. ${partner.legal_name} knows nothing of it.` })
          }),
        onElapsed: () => void refresh(),
      })
    } catch (error) {
      setState({ busy: false, failed: error instanceof ApiProblem ? error.problem.detail : wordsOf(error) })
    }
  }
  return { ...state, run }
}
