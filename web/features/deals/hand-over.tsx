import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listMembers } from '#shared/company.ts'
import { listContacts } from '#shared/contacts.ts'
import { type Deal, handOverDeal } from '#shared/deals.ts'
import { call } from '../../api.ts'
import { ask } from '../../query.ts'
import { calledName, firstName, whose } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { useSession } from '../../shell/session.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea } from '../../ui/text-input.tsx'
import { useToast } from '../../ui/toast.tsx'
import { failureWords, keepDeal } from './sharing.ts'
import './hand-over.css'

export type Side = 'us' | 'them'
type Props = { deal: Deal; side: Side; onClose: () => void }
const anyone = ''

/** Somebody else takes the deal over, with a note for them. */
export function HandOver({ deal, side, onClose }: Props) {
  const called = calledName(deal.partner.legal_name)
  const people = usePeople(deal, side)
  const now = side === 'us' ? deal.our_owner.id : (deal.their_owner?.id ?? anyone)
  const [to, choose] = useState(now)
  const [note, setNote] = useState('')
  const [state, setState] = useState<{ busy: boolean; failed: string | null }>({ busy: false, failed: null })
  const queries = useQueryClient()
  const { show } = useToast()
  const name = people.find(({ value }) => value === to)?.label ?? ''
  const read = side === 'them' && deal.shared

  const give = async (version: number, taker: string, words: string) =>
    call(handOverDeal, {
      params: { deal: deal.id },
      body: { version, side, to: taker || null, ...(words ? { note: words } : {}) },
    }).then((after) => {
      keepDeal(queries, after)
      void queries.invalidateQueries({ queryKey: ['list_deal_entries'] })
      return after
    })
  const go = async () => {
    setState({ busy: true, failed: null })
    try {
      const after = await give(deal.version, to, note.trim())
      const said =
        to === anyone
          ? `Anyone at ${called} can take it.`
          : `${name} owns this deal${side === 'them' ? ` at ${called}` : ''} now.`
      show({ text: said, undo: () => void give(after.version, now, '').then(() => show({ text: 'Put back.' })) })
      onClose()
    } catch (error) {
      setState({ busy: false, failed: failureWords(error) })
    }
  }
  return (
    <Dialog
      open
      size="small"
      onOpenChange={(open) => !open && !state.busy && onClose()}
      title={side === 'us' ? 'Change your owner' : `Change ${whose(called)} owner`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={state.busy}
            reason={to === now ? 'Choose someone else first.' : undefined}
            onClick={() => void go()}
          >
            {to === now || to === anyone ? 'Hand over' : `Hand over to ${firstName(name)}`}
          </Button>
        </>
      }
    >
      <div className="ui-stack">
        {state.failed && (
          <Banner tone="danger" role="alert">
            {state.failed}
          </Banner>
        )}
        <Field label="Who takes it">
          <Select value={to} onChange={choose} options={people} placeholder="Anyone there" />
        </Field>
        <Field
          label="A note for them"
          optional
          hint={read ? `A comment: everyone at ${called} who sees this deal reads it.` : 'For your team only.'}
        >
          <TextArea
            rows={3}
            maxLength={1000}
            className={read ? 'deals-note-read' : undefined}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
      </div>
    </Dialog>
  )
}

/** Who can own the deal on one side. */
function usePeople(deal: Deal, side: Side): { value: string; label: string; hint?: string }[] {
  const { member } = useSession()
  const { roleName } = useLists()
  const team = useQuery({ ...ask(listMembers, {}), enabled: side === 'us' })
  const there = useQuery({
    ...ask(listContacts, { params: { partner: deal.partner.id } }),
    enabled: side === 'them',
  })
  if (side === 'us')
    return (team.data?.items ?? [])
      .filter((one) => !one.deactivated_at && one.role !== 'read_only')
      .map(({ id, name }) => ({ value: id, label: name, ...(id === member?.member_id ? { hint: 'You' } : {}) }))
  const contacts = (there.data?.items ?? [])
    .filter((one) => !one.left_at)
    .map(({ id, name, role, title }) => {
      const hint = title ?? roleName(role)
      return { value: id, label: name, ...(hint ? { hint } : {}) }
    })
  return [{ value: anyone, label: 'Anyone there' }, ...contacts]
}
