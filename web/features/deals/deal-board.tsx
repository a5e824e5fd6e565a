import { lazy, Suspense, useRef, useState } from 'react'
import { stages as allStages, type DealRow } from '#shared/deals.ts'
import { sumWords } from '../../shell/deal-words.ts'
import { useAddress } from '../../shell/use-address.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useChangeDeal } from './changing.ts'
import { ClosedDeals } from './closed-deals.tsx'
import { type BoardStage, DealCard } from './deal-card.tsx'
import { useBoardKeys } from './use-board-keys.ts'
import { type DealFilter, useDealPages } from './use-deal-pages.ts'

const OutcomeDialog = lazy(() => import('./outcome-dialog.tsx').then((m) => ({ default: m.OutcomeDialog })))

type Props = { filter: DealFilter; stages: BoardStage[] }

/** Open deals by stage. A card moves at once and comes back, with the reason, when the server refuses. */
export function DealBoard({ filter, stages }: Props) {
  const [{ column }] = useAddress()
  const [moves, setMoves] = useState<Record<string, BoardStage>>({})
  const [ending, setEnding] = useState<{ deal: DealRow; outcome: 'won' | 'lost' } | null>(null)
  const { moveTo } = useChangeDeal()
  const board = useRef<HTMLDivElement>(null)
  useBoardKeys(board)
  const pages = {
    New: useDealPages({ ...filter, open: 'true', stage: ['New'] }, 50),
    Working: useDealPages({ ...filter, open: 'true', stage: ['Working'] }, 50),
    Proposal: useDealPages({ ...filter, open: 'true', stage: ['Proposal'] }, 50),
  }
  const failed = allStages.map((stage) => pages[stage].query).find((query) => query.isError && !query.data)
  if (failed) return <ErrorState title="We couldn't load deals." onRetry={() => void failed.refetch()} />

  // While two columns load again, a deal that moved may stand in both.
  const known = new Map(
    allStages.flatMap((stage) => (pages[stage].deals ?? []).map((deal) => [deal.id, deal] as const)),
  )
  const open = Array.from(known.values())
  const inStage = (stage: BoardStage) => open.filter((deal) => (moves[deal.id] ?? deal.stage) === stage)
  const many = (stage: BoardStage) => `${inStage(stage).length}${pages[stage].whole ? '' : '+'}`
  const shown = stages.find((stage) => stage === column) ?? (column === 'closed' ? 'closed' : stages[0])

  const move = async (deal: DealRow, stage: BoardStage) => {
    const count = inStage(stage).length + 1
    setMoves((all) => ({ ...all, [deal.id]: stage }))
    await moveTo(deal, stage, pages[stage].whole ? `, 1 of ${count}` : '')
    await Promise.all([pages[stage].query.refetch(), pages[deal.stage as BoardStage]?.query.refetch()])
    setMoves(({ [deal.id]: _, ...rest }) => rest)
  }

  return (
    <>
      <div className="deals-stage-tabs">
        <Tabs
          label="Stage"
          items={[
            ...stages.map((stage) => ({
              href: columnHref(stage),
              label: stage,
              current: shown === stage,
              ...(pages[stage].deals ? { count: inStage(stage).length } : {}),
            })),
            { href: columnHref('closed'), label: 'Closed', current: shown === 'closed' },
          ]}
        />
      </div>
      <div className="deals-board" ref={board}>
        {stages.map((stage) => (
          <section
            key={stage}
            className={`deals-column${shown === stage ? ' deals-column-shown' : ''}`}
            aria-labelledby={`deals-${stage}`}
          >
            <header>
              <h2 id={`deals-${stage}`}>{stage}</h2>
              <span className="ui-muted ui-num">{pages[stage].deals ? many(stage) : ''}</span>
              <span className="ui-muted ui-cap ui-num">
                {!pages[stage].whole && sumWords(inStage(stage)) && 'over '}
                {sumWords(inStage(stage))}
              </span>
            </header>
            {pages[stage].deals ? (
              <ul>
                {inStage(stage).map((deal) => (
                  <DealCard
                    key={deal.id}
                    deal={deal}
                    stage={stage}
                    onMove={(to) => void move(deal, to)}
                    onEnd={(outcome) => setEnding({ deal, outcome })}
                  />
                ))}
              </ul>
            ) : (
              <Skeleton kind="card" count={3} />
            )}
            {!pages[stage].whole && (
              <Button
                variant="quiet"
                busy={pages[stage].query.isFetchingNextPage}
                onClick={() => void pages[stage].query.fetchNextPage()}
              >
                Show more
              </Button>
            )}
          </section>
        ))}
        <ClosedDeals filter={filter} shown={shown === 'closed'} />
      </div>
      {ending && (
        <Suspense fallback={null}>
          <OutcomeDialog {...ending} onClose={() => setEnding(null)} />
        </Suspense>
      )}
    </>
  )
}

/** The address of one column, for phones, with everything else in it kept. */
function columnHref(column: string): string {
  const query = new URLSearchParams(window.location.search)
  query.set('column', column)
  return `${window.location.pathname}?${query}`
}
