import { useQuery } from '@tanstack/react-query'
import { Minus, Plus } from 'lucide-react'
import { useState } from 'react'
import { type Exposure, editPartnerAccess, type Partner, previewPartnerAccess } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { ask } from '../../query.ts'
import { listNames } from '../../shell/deal-words.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StickyBar } from '../../ui/sticky-bar.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import type { Access, Draft } from './access-draft.ts'
import { useRefresh, wordsOf } from './use-partner.ts'

type Props = { partner: Partner; access: Access; draft: Draft; changes: string[]; onBack: () => void }
const countChanges = (n: number) => `${n} ${n === 1 ? 'change' : 'changes'}`

/** What would become different, for whom: worked out by the server with the portal's own rules, then taken back. */
export function AccessReview({ partner, access, draft, changes, onBack }: Props) {
  const [open, setOpen] = useState(false)
  useHotkeys({ 'mod+enter': () => setOpen(true) })
  return (
    <StickyBar label="Changes not applied">
      <div className="ui-row ui-wrap">
        <div className="ui-grow">
          <strong>{countChanges(changes.length)} not applied</strong>{' '}
          <span className="ui-muted">{changes.join(', ')}</span>
        </div>
        <Button
          onClick={() => {
            setOpen(false)
            onBack()
          }}
        >
          Back
        </Button>
        {!open && (
          <Button variant="primary" onClick={() => setOpen(true)}>
            Review {countChanges(changes.length)}
          </Button>
        )}
      </div>
      {open && <Difference partner={partner} access={access} draft={draft} count={changes.length} />}
    </StickyBar>
  )
}

function Difference({
  partner,
  access,
  draft,
  count,
}: {
  partner: Partner
  access: Access
  draft: Draft
  count: number
}) {
  const { data, isError, refetch } = useQuery({
    ...ask(previewPartnerAccess, { params: { partner: partner.id }, body: draft }),
    gcTime: 0,
    staleTime: 0,
  })
  const [reason, setReason] = useState('')
  const [state, setState] = useState<{ busy: boolean; failed: string | null }>({ busy: false, failed: null })
  const refresh = useRefresh()
  const toast = useToast()
  const apply = async () => {
    setState({ busy: true, failed: null })
    try {
      await call(editPartnerAccess, {
        params: { partner: partner.id },
        body: { version: access.version, ...draft, ...(reason ? { reason } : {}) },
      })
      await refresh()
      toast.show({ text: `${countChanges(count)} applied. It is in the log.` })
    } catch (error) {
      setState({ busy: false, failed: wordsOf(error) })
    }
  }
  if (isError)
    return (
      <Banner tone="danger" action={<Button onClick={() => void refetch()}>Try again</Button>}>
        Can't build the preview. Don't apply changes yet.
      </Banner>
    )
  if (!data) return <Skeleton kind="text" />
  return (
    <div className="partner-difference">
      <Effects exposure={data} />
      {state.failed && <Banner tone="danger">{state.failed}</Banner>}
      <div className="ui-row ui-wrap partner-apply">
        <div className="ui-grow">
          <Field label="Note for the log" optional>
            <TextInput
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              placeholder="Why this changed"
              maxLength={500}
            />
          </Field>
        </div>
        <Button variant="primary" busy={state.busy} onClick={() => void apply()}>
          Apply {countChanges(count)}
        </Button>
      </div>
    </div>
  )
}

function Effects({ exposure }: { exposure: Exposure }) {
  const affected = exposure.contacts.flatMap(({ names, appears, disappears, may, may_no_longer }) =>
    appears.length + disappears.length + may.length + may_no_longer.length > 0 ? names : [],
  )
  return (
    <>
      <ul className="partner-effects" aria-label="What will be different">
        {exposure.sentences.length === 0 && <li>Nothing that anyone sees today becomes different.</li>}
        {exposure.sentences.map((sentence) => {
          const less = /no longer/.test(sentence)
          return (
            <li key={sentence} className={less ? 'partner-less' : 'partner-more'}>
              {less ? <Minus /> : <Plus />}
              <span>{sentence}</span>
            </li>
          )
        })}
      </ul>
      {exposure.contacts.map((group) => (
        <Records key={group.names.join()} group={group} />
      ))}
      {affected.length > 0 && (
        <p className="ui-cap ui-muted">Affects {listNames(affected)}. At once, also on pages that are open now.</p>
      )}
    </>
  )
}

function Records({ group }: { group: Exposure['contacts'][number] }) {
  const labels = (items: typeof group.appears) => [...new Set(items.map(({ label }) => label))]
  const [more, less] = [labels(group.appears), labels(group.disappears)]
  if (more.length + less.length === 0) return null
  return (
    <details className="partner-records">
      <summary>
        {listNames(group.names)}: {more.length + less.length} {more.length + less.length === 1 ? 'record' : 'records'}
      </summary>
      {more.length > 0 && <p>More of: {more.join(', ')}</p>}
      {less.length > 0 && <p>Less of: {less.join(', ')}</p>}
    </details>
  )
}
