import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { type Exposure, editPartnerAccess, type Partner } from '#shared/partners.ts'
import { ApiProblem, call } from '../../api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StickyBar } from '../../ui/sticky-bar.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import type { Draft } from './access-draft.ts'
import { AccessEffects, affected } from './access-effects.tsx'
import { useRefresh, wordsOf } from './use-partner.ts'

type Props = {
  partner: Partner
  version: number
  draft: Draft
  changes: string[]
  exposure: UseQueryResult<Exposure>
  onDiscard: () => void
}
const countChanges = (n: number) => `${n} ${n === 1 ? 'change' : 'changes'}`

/** What would become different, for whom: worked out by the server with the portal's own rules, then taken back. */
export function AccessReview({ partner, version, draft, changes, exposure, onDiscard }: Props) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const { busy, failed, apply } = useApply(partner, version, draft, changes.length)
  // What is reviewed is what the server says now, not what it said when the last box was ticked.
  const review = () => {
    if (open) return
    setOpen(true)
    void exposure.refetch()
  }
  useHotkeys({ 'mod+enter': review }, { inFields: true })
  const ready = exposure.isError || exposure.isFetching ? undefined : exposure.data
  const who = ready && affected(ready)
  const cannot = ready ? undefined : "See first what changes. The preview isn't there yet."
  return (
    <StickyBar label="Changes not applied">
      <div className="ui-row ui-wrap">
        <div className="ui-grow">
          <h2 className="partner-waiting">{countChanges(changes.length)} not applied</h2>{' '}
          <span className="ui-cap ui-muted">{(open && who) || changes.join(', ')}</span>
        </div>
        {open ? (
          <>
            <Button onClick={() => setOpen(false)}>Back</Button>
            <Button variant="primary" busy={busy} reason={cannot} onClick={() => void apply(reason)}>
              Apply {countChanges(changes.length)}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onDiscard}>Discard</Button>
            <Button variant="primary" onClick={review}>
              Review {countChanges(changes.length)}
            </Button>
          </>
        )}
      </div>
      {open && (
        <div className="partner-difference">
          {exposure.isError && (
            <Banner
              tone="danger"
              role="alert"
              action={<Button onClick={() => void exposure.refetch()}>Try again</Button>}
            >
              Can&apos;t build the preview. Don&apos;t apply changes yet.
            </Banner>
          )}
          {!ready && !exposure.isError && <Skeleton kind="text" />}
          {ready && <AccessEffects exposure={ready} />}
          {failed && (
            <Banner tone="danger" role="alert">
              {failed}
            </Banner>
          )}
          <div className="partner-log-note">
            <span id="partner-log-note" className="ui-cap ui-muted">
              Note for the log, optional
            </span>
            <TextInput
              aria-labelledby="partner-log-note"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              placeholder="Why this changed"
              maxLength={500}
            />
          </div>
        </div>
      )}
    </StickyBar>
  )
}

function useApply(partner: Partner, version: number, draft: Draft, count: number) {
  const [state, setState] = useState<{ busy: boolean; failed: string | null }>({ busy: false, failed: null })
  const refresh = useRefresh()
  const toast = useToast()
  const apply = async (reason: string) => {
    setState({ busy: true, failed: null })
    try {
      await call(editPartnerAccess, {
        params: { partner: partner.id },
        body: { version, ...draft, ...(reason.trim() ? { reason } : {}) },
      })
      await refresh()
      toast.show({ text: `${countChanges(count)} applied. It is in the log.` })
    } catch (error) {
      const conflict = error instanceof ApiProblem && error.status === 409
      if (conflict) await refresh()
      setState({
        busy: false,
        failed: conflict
          ? `Someone changed ${partner.legal_name} meanwhile. Look again at what your changes do now, then apply.`
          : wordsOf(error),
      })
    }
  }
  return { ...state, apply }
}
