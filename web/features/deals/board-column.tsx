import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { BoardColumn as Column } from '#shared/board.ts'
import { type DealRow, listDeals } from '#shared/deals.ts'
import { call } from '../../api.ts'
import { sumsWords } from '../../shell/deal-words.ts'
import { Button } from '../../ui/button.tsx'
import { cardHeight, DealCard, type StageOption } from './deal-card.tsx'
import type { BoardFilter } from './use-board.ts'
import { useColumnWindow } from './use-column-window.ts'
import { type Drag, useDropPlace } from './use-drag.ts'

const more_at_once = 200

type Props = {
  column: Column
  filter: BoardFilter
  shown: boolean
  /** Deals that stand on the board already, so that none stands there twice. */
  known: ReadonlySet<string>
  stages: StageOption[]
  drag: Drag | null
  onMove: (deal: DealRow, to: string) => void
  onEnd: (deal: DealRow, outcome: 'won' | 'lost') => void
}

/** One stage: how many deals, what they add up to, and the cards; more of them come as one scrolls. */
export function BoardColumn({ column, filter, shown, known, stages, drag, onMove, onEnd }: Props) {
  const section = useRef<HTMLElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const drop = useMemo(() => (deal: DealRow) => onMove(deal, column.stage), [onMove, column.stage])
  const over = useDropPlace(section, drag, column.stage, drop)
  const { more, query, load } = useMore(column, filter)
  const items = useMemo(
    () => [...column.items, ...more.filter((deal) => !known.has(deal.id))],
    [column.items, more, known],
  )
  const { stage, name, archived } = column
  const options = useMemo(
    () => (archived ? [{ value: stage, label: name }, ...stages] : stages),
    [archived, stage, name, stages],
  )
  const heights = useMemo(() => items.map(cardHeight), [items])
  const { first, end, before, after } = useColumnWindow(heights, list)
  const waiting = column.next !== null && items.length < column.deals
  return (
    <section
      ref={section}
      className={`deals-column${shown ? ' deals-column-shown' : ''}${over ? ' deals-column-over' : ''}`}
      aria-labelledby={`deals-${column.stage}`}
    >
      <header>
        <h2 id={`deals-${column.stage}`} className="ui-trunc">
          {column.name}
        </h2>
        <span className="ui-muted ui-num">
          {column.deals}
          <span className="ui-vh">{column.deals === 1 ? ' deal' : ' deals'}</span>
        </span>
        <span className="ui-muted ui-cap ui-num ui-trunc" title={sumsWords(column.sums)}>
          {sumsWords(column.sums)}
        </span>
      </header>
      <ul ref={list}>
        {before > 0 && <li aria-hidden="true" style={{ height: before - 8 }} />}
        {items.slice(first, end).map((deal) => (
          <DealCard key={deal.id} stages={options} {...{ deal, drag, onMove, onEnd }} />
        ))}
        {after > 0 && <li aria-hidden="true" style={{ height: after }} />}
      </ul>
      {waiting && <More key={items.length} busy={query.isFetching} failed={query.isError} onLoad={load} />}
    </section>
  )
}

/** The deals of a stage behind those that came with the board, 200 at a time. */
function useMore({ stage, next }: Column, filter: BoardFilter) {
  const [depth, setDepth] = useState(0)
  const query = useQuery({
    queryKey: [listDeals.id, 'more', stage, filter, next, depth],
    queryFn: async ({ signal }) => {
      const items: DealRow[] = []
      let cursor = next
      for (let page = 0; page < depth && cursor; page++) {
        const given = {
          query: { ...filter, stage: [stage], open: 'true' as const, cursor, limit: String(more_at_once) },
        }
        const answer = await call(listDeals, given, { signal })
        items.push(...answer.items)
        cursor = answer.next
      }
      return items
    },
    enabled: depth > 0 && next !== null,
    placeholderData: keepPreviousData,
  })
  const none = useMemo(() => [], [])
  return { query, more: (next !== null && query.data) || none, load: () => setDepth((now) => now + 1) }
}

/** Loads more when it comes into view; a button for those who do not scroll. */
function More({ busy, failed, onLoad }: { busy: boolean; failed: boolean; onLoad: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current || busy || failed) return
    const watch = new IntersectionObserver(([it]) => it?.isIntersecting && onLoad(), { rootMargin: '600px' })
    watch.observe(place.current)
    return () => watch.disconnect()
  }, [busy, failed, onLoad])
  return (
    <div ref={place} className="deals-column-more">
      <Button variant="quiet" size="small" busy={busy} onClick={onLoad}>
        {failed ? 'Try again' : 'Show more'}
      </Button>
    </div>
  )
}
