import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { DealRow } from '#shared/deals.ts'
import { useLists } from '../../shell/lists.tsx'
import { useSession } from '../../shell/session.tsx'
import { useAddress } from '../../shell/use-address.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { BoardColumn } from './board-column.tsx'
import { ClosedDeals } from './closed-deals.tsx'
import { type BoardFilter, useBoard } from './use-board.ts'
import { useBoardKeys } from './use-board-keys.ts'
import { useDrag } from './use-drag.ts'

const OutcomeDialog = lazy(() => import('./outcome-dialog.tsx').then((m) => ({ default: m.OutcomeDialog })))

/** Open deals by stage, and what was closed lately. */
export function DealBoard({ filter }: { filter: BoardFilter }) {
  const [{ column }] = useAddress()
  const { canWrite } = useSession()
  const { stages: live } = useLists()
  const stages = useMemo(() => live.map(({ key, name }) => ({ value: key, label: name })), [live])
  const [ending, setEnding] = useState<{ deal: DealRow; outcome: 'won' | 'lost' } | null>(null)
  const { query, board, move } = useBoard(filter)
  const place = useRef<HTMLDivElement>(null)
  const drag = useDrag(canWrite && board !== undefined)
  useBoardKeys(place)
  const follow = useFollow(place)
  const onMove = useCallback(
    (deal: DealRow, to: string) => {
      follow(deal.id)
      void move(deal, to)
    },
    [follow, move],
  )
  const onEnd = useCallback((deal: DealRow, outcome: 'won' | 'lost') => setEnding({ deal, outcome }), [])
  const known = useMemo(
    () => new Set(board?.columns.flatMap((one) => one.items.map((deal) => deal.id))),
    [board?.columns],
  )
  if (!board)
    return query.isError ? (
      <ErrorState title="We couldn't load deals." safe="Nothing was lost." onRetry={() => void query.refetch()} />
    ) : (
      <div className="deals-board">
        {[1, 2, 3].map((one) => (
          <Skeleton key={one} kind="card" count={4} />
        ))}
      </div>
    )
  const { columns, closed } = board
  const shown =
    columns.find(({ stage }) => stage === column)?.stage ?? (column === 'closed' ? 'closed' : columns[0]?.stage)
  return (
    <>
      <div className="deals-stage-tabs">
        <Tabs
          label="Stage"
          items={[
            ...columns.map(({ stage, name, deals }) => ({
              href: columnHref(stage),
              label: name,
              current: shown === stage,
              count: deals,
            })),
            { href: columnHref('closed'), label: 'Closed', current: shown === 'closed' },
          ]}
        />
      </div>
      <div className="deals-board" ref={place}>
        {columns.map((one) => (
          <BoardColumn
            key={one.stage}
            column={one}
            shown={shown === one.stage}
            {...{ filter, known, stages, drag, onMove, onEnd }}
          />
        ))}
        <ClosedDeals closed={closed} shown={shown === 'closed'} drag={drag} onEnd={onEnd} />
      </div>
      {ending && (
        <Suspense fallback={null}>
          <OutcomeDialog {...ending} onClose={() => setEnding(null)} />
        </Suspense>
      )}
    </>
  )
}

/** The focus goes with a card that moves; where its column is not shown, to the card that stands first. */
function useFollow(place: React.RefObject<HTMLElement | null>) {
  const [followed, setFollowed] = useState<{ id: string } | null>(null)
  useEffect(() => {
    if (!followed) return
    const frame = requestAnimationFrame(() => {
      const card = place.current?.querySelector<HTMLElement>(`[data-deal="${followed.id}"] a`)
      const visible = (link: HTMLElement | null | undefined) => (link?.offsetParent ? link : null)
      const first = Array.from(place.current?.querySelectorAll<HTMLElement>('[data-card] a') ?? []).find(visible)
      ;(visible(card) ?? first)?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [followed, place])
  return useCallback((id: string) => setFollowed({ id }), [])
}

/** The address of one column, for phones, with everything else in it kept. */
function columnHref(column: string): string {
  const query = new URLSearchParams(window.location.search)
  query.set('column', column)
  return `${window.location.pathname}?${query}`
}
