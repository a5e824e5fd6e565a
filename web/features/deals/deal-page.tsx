import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, type RefObject, Suspense, useRef, useState } from 'react'
import { type Deal, getDeal } from '#shared/deals.ts'
import { ApiProblem } from '../../api.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { PageProblem } from '../../shell/page-problem.tsx'
import { useAddress } from '../../shell/use-address.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { useTitle } from '../../ui/use-title.ts'
import { isAnswerPanel } from './answer-panel.ts'
import { DealComposer } from './deal-composer.tsx'
import { DealHeader, DealStages, type Panel } from './deal-head.tsx'
import { DealSide } from './deal-side.tsx'
import { DealTimeline } from './deal-timeline.tsx'
import { DealTurn } from './deal-turn.tsx'
import { Received } from './received.tsx'
import { inPipeline } from './use-answers.ts'
import './deal.css'

const AnswerPanels = lazy(() => import('./answer-panels.tsx').then((m) => ({ default: m.AnswerPanels })))
const EditDeal = lazy(() => import('./edit-deal.tsx').then((m) => ({ default: m.EditDeal })))
const OutcomeDialog = lazy(() => import('./outcome-dialog.tsx').then((m) => ({ default: m.OutcomeDialog })))
const ShareDialog = lazy(() => import('./share-dialog.tsx').then((m) => ({ default: m.ShareDialog })))
const StopSharing = lazy(() => import('./stop-sharing.tsx').then((m) => ({ default: m.StopSharing })))

// Changes are told as they happen; this is for a browser that is told nothing.
const pollMs = 60_000

/** One deal: where it stands, whose turn it is, what the partner can see, and all that was said. */
export function DealPage() {
  const { ref = '' } = useParams({ strict: false })
  const { data: deal, error, refetch } = useQuery({ ...ask(getDeal, { params: { ref } }), refetchInterval: pollMs })
  useTitle(deal ? `${deal.customer_company} with ${calledName(deal.partner.legal_name)}` : 'Deal')
  if (error instanceof ApiProblem && error.status === 404) return <PageProblem kind="not_found" />
  if (deal) return <OpenDeal key={deal.id} deal={deal} />
  return (
    <div className="ui-page">
      <h1 className="ui-vh">Deal</h1>
      {error ? (
        <ErrorState title="We couldn't load this deal." onRetry={() => void refetch()} />
      ) : (
        <Skeleton kind="card" count={3} />
      )}
    </div>
  )
}

const press = (around: RefObject<HTMLElement | null>) => around.current?.querySelector('button')?.click()

/** The panels that lie over the page are words in the address, so that Back closes them. */

function OpenDeal({ deal }: { deal: Deal }) {
  const [{ panel }, change] = useAddress()
  const open = (next: Panel) => change({ panel: next }, { push: true })
  const close = () => change({ panel: undefined })
  const move = useRef<HTMLSpanElement>(null)
  const owner = useRef<HTMLSpanElement>(null)
  const comment = useRef<HTMLTextAreaElement>(null)
  const [nudges, nudge] = useState(0)
  const saw = useRef<HTMLAnchorElement>(null)
  useHotkeys({ w: () => saw.current?.click() })
  useHotkeys(
    {
      m: () => press(move),
      o: () => press(owner),
      r: () => comment.current?.focus(),
    },
    { enabled: deal.can.work },
  )
  return (
    <>
      <DealHeader deal={deal} onOpen={open} menu={move} saw={saw} />
      {inPipeline(deal) ? <DealStages deal={deal} onOpen={open} /> : <Received deal={deal} onOpen={open} />}
      <DealTurn deal={deal} onOpen={open} onNudge={() => nudge(nudges + 1)} />
      <div className="ui-cols">
        <div className="ui-stack">
          {deal.can.work && <DealComposer deal={deal} text={comment} nudges={nudges} />}
          <DealTimeline deal={deal} />
        </div>
        <DealSide deal={deal} onOpen={open} owner={owner} />
      </div>
      {deal.can.work && (
        <Suspense fallback={null}>
          {isAnswerPanel(panel) && <AnswerPanels deal={deal} panel={panel} onClose={close} />}
          {panel === 'edit' && <EditDeal deal={deal} onClose={close} />}
          {(panel === 'won' || panel === 'lost') && <OutcomeDialog deal={deal} outcome={panel} onClose={close} />}
          {panel === 'share' && !deal.share && <ShareDialog deal={deal} onClose={close} />}
          {panel === 'stop' && deal.share && <StopSharing deal={deal} onClose={close} />}
        </Suspense>
      )}
    </>
  )
}
