import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { kindNames } from '#shared/deals.ts'
import { getPortalDeal, type PortalDeal } from '#shared/portal.ts'
import { ApiProblem } from '../../api.ts'
import { ask } from '../../query.ts'
import { Button } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { AnswerButtons } from './answer-buttons.tsx'
import { DealFacts } from './deal-facts.tsx'
import { DealFiles } from './deal-files.tsx'
import { DealTimeline } from './deal-timeline.tsx'
import { canMove, endOf, stageName, waitsForAnswer, waitsForThem } from './deal-words.ts'
import { usePortal, type WorkspaceAnswer, whoToAsk } from './portal.tsx'
import { ReadOnly } from './read-only.tsx'
import { StageSelect } from './stage-select.tsx'
import { TurnLine } from './turn-line.tsx'

/** One deal with everything a partner can do on it. */
export function DealView({ workspace, dealRef }: { workspace: WorkspaceAnswer; dealRef: string }) {
  const { workspace: slug, viewAs, everyMs, hrefs } = usePortal()
  const deal = useQuery({
    ...ask(getPortalDeal, { params: { workspace: slug, ref: dealRef } }, viewAs),
    refetchInterval: everyMs,
    refetchOnWindowFocus: viewAs === undefined,
  })
  const gone = deal.error instanceof ApiProblem && deal.error.status === 404
  useTitle(`${(!gone && deal.data?.customer_company) || 'Deal'}, ${workspace.company_name}`)
  return (
    <>
      <Link href={hrefs.deals} className="portal-back">
        <ArrowLeft /> Deals
      </Link>
      {gone ? (
        <Gone workspace={workspace} />
      ) : deal.data ? (
        <DealBody deal={deal.data} workspace={workspace} />
      ) : (
        <>
          <h1 className="ui-vh">Deal</h1>
          {deal.isError ? (
            <ErrorState title="We couldn't load this deal." onRetry={() => void deal.refetch()} />
          ) : (
            <Skeleton kind="card" count={2} />
          )}
        </>
      )}
    </>
  )
}

function DealBody({ deal, workspace }: { deal: PortalDeal; workspace: WorkspaceAnswer }) {
  const kind = kindNames[deal.kind].name
  const over = deal.outcome || deal.answer === 'declined'
  return (
    <>
      <div className="portal-deal-head">
        <div>
          <h1>{deal.customer_company}</h1>
          <p className="portal-small">
            {kind} from {deal.direction === 'given' ? workspace.company_name : workspace.partner_name} ·{' '}
            {over
              ? endOf(deal)
              : deal.answer === 'pending'
                ? waitsForThem(deal)
                  ? deal.turn === 'them'
                    ? 'Received'
                    : `Received, waiting for ${workspace.company_name}'s answer`
                  : 'Not answered yet'
                : `Accepted, ${stageName(workspace, deal.stage)}`}
          </p>
        </div>
        {workspace.updates_deals && canMove(deal) && <StageSelect deal={deal} />}
      </div>
      {!deal.outcome && (
        <p className="portal-turn-strip">
          <TurnLine deal={deal} workspace={workspace} />
        </p>
      )}
      <ReadOnly workspace={workspace} />
      <section className="portal-card" aria-labelledby="ask">
        <h2 id="ask">
          {deal.direction === 'given'
            ? `What ${deal.our_owner_name ?? workspace.company_name} asks`
            : `What you want from ${workspace.company_name}`}
        </h2>
        <p className="portal-said">{deal.ask}</p>
        {deal.direction === 'received' && deal.answer === 'declined' && deal.answer_reason && (
          <p className="portal-said">
            <b>{workspace.company_name} declined:</b> {deal.answer_reason}
          </p>
        )}
        {workspace.updates_deals && waitsForAnswer(deal) && <AnswerButtons deal={deal} />}
      </section>
      <DealFacts deal={deal} workspace={workspace} />
      <DealFiles dealRef={deal.ref} />
      <DealTimeline deal={deal} workspace={workspace} />
    </>
  )
}

function Gone({ workspace }: { workspace: WorkspaceAnswer }) {
  const { hrefs } = usePortal()
  const owner = whoToAsk(workspace)
  return (
    <>
      <h1>Not here</h1>
      <EmptyState
        action={
          <Button size="form" href={hrefs.deals}>
            Back to your deals
          </Button>
        }
      >
        {owner} stopped sharing this, or it never was here. Ask {owner}.
      </EmptyState>
    </>
  )
}
