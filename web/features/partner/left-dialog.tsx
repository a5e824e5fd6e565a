import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Contact, contactLeft, previewContactLeft } from '#shared/contacts.ts'
import type { Partner } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { ask } from '../../query.ts'
import { calledName, firstName, whose } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { useUndo } from '../../shell/use-undo.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useRefresh, wordsOf } from './use-partner.ts'

type Props = { partner: Partner; contact: Contact; people: Contact[]; onClose: () => void }

/** Somebody left: who takes over, and what changes for whom, before it does. */
export function LeftDialog({ partner, contact, people, onClose }: Props) {
  const called = calledName(partner.legal_name)
  const [successor_id, hand] = useState('')
  const [main_id, makeMain] = useState('')
  const [state, setState] = useState<{ busy: boolean; failed: string | null }>({ busy: false, failed: null })
  const handover = { successor_id: successor_id || null, ...(contact.is_main ? { main_id: main_id || null } : {}) }
  const preview = useQuery({
    ...ask(previewContactLeft, { params: { contact: contact.id }, body: handover }),
    placeholderData: keepPreviousData,
    // While it happens, what would happen is not asked again.
    enabled: !state.busy,
  })
  const refresh = useRefresh()
  const toast = useToast()
  const undo = useUndo()
  const { roleName } = useLists()
  const others = people
    .filter(({ id }) => id !== contact.id)
    .map(({ id, name, role, title }) => {
      const hint = title ?? roleName(role)
      return { value: id, label: name, ...(hint ? { hint } : {}) }
    })
  const nobody = { value: '', label: 'Nobody yet' }
  const ready = preview.isError || preview.isPlaceholderData ? undefined : preview.data

  const go = async () => {
    setState({ busy: true, failed: null })
    try {
      const { act } = await call(contactLeft, {
        params: { contact: contact.id },
        body: { version: contact.version, ...handover },
      })
      await refresh()
      toast.show({
        text: `${contact.name} is marked as left.${contact.can_sign_in ? ' Signed out now, and not told.' : ''}`,
        undo: () => void undo(act),
      })
      onClose()
    } catch (error) {
      setState({ busy: false, failed: wordsOf(error) })
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${contact.name} left ${called}`}
      footnote="Can be undone for 30 days."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={state.busy}
            reason={ready ? undefined : "See first what changes. The preview isn't there yet."}
            onClick={() => void go()}
          >
            Mark as left
          </Button>
        </>
      }
    >
      <div className="partner-form">
        {state.failed && (
          <Banner tone="danger" role="alert">
            {state.failed}
          </Banner>
        )}
        {preview.data && preview.data.deals.length > 0 && (
          <Field
            label={`Who takes ${whose(firstName(contact.name))} open deals?`}
            hint={preview.data.deals.map((deal) => deal.customer_company).join(', ')}
          >
            <Select value={successor_id} onChange={hand} options={[nobody, ...others]} placeholder={nobody.label} />
          </Field>
        )}
        {contact.is_main && (
          <Field label="New main contact" hint={`${firstName(contact.name)} is the one you talk to first.`}>
            <Select value={main_id} onChange={makeMain} options={[nobody, ...others]} placeholder={nobody.label} />
          </Field>
        )}
        {preview.isError && (
          <Banner tone="danger" role="alert" action={<Button onClick={() => void preview.refetch()}>Try again</Button>}>
            Can&apos;t build the preview. Nothing was changed.
          </Banner>
        )}
        {!preview.data && !preview.isError && <Skeleton kind="text" />}
        {preview.data && !preview.isError && (
          <section aria-label="What changes" className="partner-changes" aria-busy={!ready}>
            <h3>What changes</h3>
            <ul>
              {preview.data.sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  )
}
