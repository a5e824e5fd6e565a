import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, Undo2 } from 'lucide-react'
import { useEffect } from 'react'
import { undoAct } from '#shared/acts.ts'
import type { Answer } from '#shared/endpoint.ts'
import { getBrokenRows, getImport, type Import } from '#shared/imports.ts'
import { countPartners, listPartners } from '#shared/partners.ts'
import { ApiProblem, call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { saveFile } from '../exports/save-file.ts'
import { contactCount, dealCount, partnerCount, rowCount, thingCount } from './import-words.ts'
import { ParkedDeals } from './parked-deals.tsx'
import { StepHead } from './step-head.tsx'

const until = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
})
type Kept = Answer<typeof undoAct>['kept']

export function DoneStep({ it, onAgain }: { it: Import; onAgain: () => void }) {
  const queries = useQueryClient()
  const { show } = useToast()
  useEffect(() => {
    for (const id of [listPartners.id, countPartners.id, 'get_home', 'list_tags', 'list_deals'])
      void queries.invalidateQueries({ queryKey: [id] })
  }, [queries])
  const undo = useMutation({
    mutationFn: (act: string) => call(undoAct, { params: { act } }),
    onSuccess: async () => {
      await queries.invalidateQueries()
      show({ text: 'Import undone.' })
    },
    onError: (error) => {
      void queries.invalidateQueries({ queryKey: [getImport.id] })
      show({
        tone: 'danger',
        text: error instanceof ApiProblem ? error.problem.detail : 'That did not work. Try again.',
      })
    },
  })
  const { added = 0, updated = 0, contacts = 0, skipped = 0, parked = 0 } = it.result ?? {}
  const act = it.act
  const undone = it.state === 'undone'
  return (
    <>
      <div className="import-step import-run" role="status">
        {undone ? (
          <Undo2 className="import-done-mark import-undone-mark" />
        ) : (
          <CircleCheck className="import-done-mark" />
        )}
        <StepHead title={undone ? 'Import undone' : titleOf(it.kind, added, updated, parked)}>
          {undone ? (
            'What it added is gone, and what it changed is as it was. Nothing was emailed.'
          ) : (
            <>
              {contacts > 0 && `With ${contactCount(contacts)}. `}
              {parked > 0 && `${dealCount(parked)} ${parked === 1 ? 'waits for its' : 'wait for their'} partner. `}
              {skipped > 0 && `${rowCount(skipped)} skipped. `}
              Nothing was emailed.
            </>
          )}
        </StepHead>
        {undo.data && <WhatStays kept={undo.data.kept} />}
        <div className="ui-row ui-wrap">
          {!undone && (
            <Button variant="primary" size="form" href={it.kind === 'deals' ? paths.deals : paths.partners}>
              {it.kind === 'deals' ? 'See deals' : 'See partners'}
            </Button>
          )}
          <Button size="form" {...(undone ? { variant: 'primary' as const } : {})} onClick={onAgain}>
            Import another file
          </Button>
          {it.counts.broken > 0 && !undone && (
            <Button size="form" onClick={() => void call(getBrokenRows, { params: { import: it.id } }).then(saveFile)}>
              Download {rowCount(it.counts.broken)} that broke
            </Button>
          )}
        </div>
        {act?.can.undo && (
          <div className="import-undo">
            <Button size="form" busy={undo.isPending} onClick={() => undo.mutate(act.id)}>
              Undo import
            </Button>
            <span className="ui-cell ui-muted">
              Until {until.format(new Date(act.undo_until))}. What somebody worked on since then stays, and is listed.
            </span>
          </div>
        )}
      </div>
      {parked > 0 && <ParkedDeals of={it.id} />}
    </>
  )
}

function titleOf(kind: Import['kind'], added: number, updated: number, parked: number): string {
  const parts = [added > 0 && `${thingCount(kind, added)} added`, updated > 0 && `${partnerCount(updated)} updated`]
  return (
    parts.filter(Boolean).join(', ') ||
    (parked > 0 ? `${dealCount(parked)} kept for later` : 'Nothing had to be changed')
  )
}

/** What an undo left as it is. */
function WhatStays({ kept }: { kept: Kept }) {
  const partners = [
    ...new Map(kept.flatMap(({ partner }) => (partner ? [[partner.id, partner] as const] : []))).values(),
  ]
  const others = kept.filter(({ partner }) => !partner).length
  if (kept.length === 0) return null
  return (
    <Banner tone="info">
      <p>Somebody worked on these since the import, so they stay:</p>
      <ul className="import-kept">
        {partners.slice(0, 50).map(({ id, slug, legal_name }) => (
          <li key={id}>
            <Link href={paths.partner(slug)}>{legal_name}</Link>
          </li>
        ))}
        {partners.length > 50 && <li>and {(partners.length - 50).toLocaleString('en-GB')} more</li>}
        {others > 0 && <li>{others === 1 ? '1 other record' : `${others} other records`}</li>}
      </ul>
    </Banner>
  )
}

export function FailedStep({ it, onAgain }: { it: Import; onAgain: () => void }) {
  return (
    <ErrorState title="This file was not imported." safe={it.result?.problem ?? 'Nothing was added.'}>
      <Button variant="primary" onClick={onAgain}>
        Choose another file
      </Button>
    </ErrorState>
  )
}

export function CancelledStep({ onAgain }: { onAgain: () => void }) {
  return (
    <EmptyState
      action={
        <Button variant="primary" onClick={onAgain}>
          Import a file
        </Button>
      }
    >
      <b>Import cancelled.</b> Nothing of it was kept.
    </EmptyState>
  )
}
