import { useInfiniteQuery } from '@tanstack/react-query'
import { Eye, EyeOff, Mail } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Deal } from '#shared/deals.ts'
import { type Entry, listDealEntries } from '#shared/entries.ts'
import { call } from '../../api.ts'
import { calledName, firstName } from '../../shell/deal-words.ts'
import { useAddress } from '../../shell/use-address.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip, VisibilityChip } from '../../ui/chip.tsx'
import { NamedText } from '../../ui/named-text.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { Timeline, TimelineItem } from '../../ui/timeline.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { entryWords } from './entry-words.ts'
import { Edited, EditWords, OwnMenu, useOwnWords } from './own-words.tsx'

type Show = 'all' | 'partner' | 'team'

/** What happened on the deal and what was said, newest first, each with who can see it. */
export function DealTimeline({ deal }: { deal: Deal }) {
  const called = calledName(deal.partner.legal_name)
  const [{ show: word }, change] = useAddress()
  const show: Show = word === 'shared' ? 'partner' : word === 'team' ? 'team' : 'all'
  const entries = useInfiniteQuery({
    queryKey: [listDealEntries.id, deal.id, show],
    queryFn: ({ pageParam, signal }) =>
      call(
        listDealEntries,
        {
          params: { deal: deal.id },
          query: {
            ...(show === 'all' ? {} : { audience: show }),
            ...(pageParam ? { cursor: pageParam } : {}),
            limit: '30',
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) === 1 ? 60_000 : false),
  })
  const items = entries.data?.pages.flatMap((page) => page.items)
  return (
    <section aria-labelledby="deals-timeline">
      <div className="deals-timeline-head">
        <h2 id="deals-timeline">Timeline</h2>
        <Segmented
          label="Show"
          value={show}
          onChange={(next) => change({ show: next === 'all' ? undefined : next === 'partner' ? 'shared' : 'team' })}
          options={[
            { value: 'all', label: 'All' },
            { value: 'partner', label: 'Shared' },
            { value: 'team', label: 'Team only' },
          ]}
        />
      </div>
      {!items &&
        (entries.isError ? (
          <ErrorState title="We couldn't load the timeline." onRetry={() => void entries.refetch()} />
        ) : (
          <Skeleton count={4} />
        ))}
      {items?.length === 0 && <EmptyState>{emptyWords(deal, show, called)}</EmptyState>}
      {items && items.length > 0 && (
        <Timeline>
          {items.map((entry) => (
            <EntryLine key={entry.id} entry={entry} deal={deal} called={called} />
          ))}
        </Timeline>
      )}
      {entries.hasNextPage && (
        <Button busy={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
          Show more
        </Button>
      )}
    </section>
  )
}

function emptyWords(deal: Deal, show: Show, called: string): string {
  if (show === 'team') return 'No team-only entries.'
  if (show === 'partner') return `Nothing that ${called} can see.`
  if (!deal.share) return 'Nothing happened yet. Only your team sees this deal.'
  return `Shared. ${deal.their_owner ? firstName(deal.their_owner.name) : called} hasn't opened it.`
}

const marks: Partial<Record<Entry['kind'], ReactNode>> = { viewed: <Eye />, mailed: <Mail /> }

function EntryLine({ entry, deal, called }: { entry: Entry; deal: Deal; called: string }) {
  const own = useOwnWords()
  const mark = marks[entry.kind]
  const said = ['comment', 'note', 'call', 'email'].includes(entry.kind) && !entry.removed
  return (
    <TimelineItem
      {...(mark
        ? { icon: mark }
        : { avatar: <Avatar name={entry.author.name} size={24} outside={entry.author.outside} /> })}
      time={
        <span className="own-line-end">
          <Time value={entry.created_at} />
          {entry.mine && <OwnMenu entry={entry} own={own} what="comment" called={called} />}
        </span>
      }
      say={
        own.doing === 'edit' ? (
          <EditWords entry={entry} own={own} partner={deal.partner.id} called={called} />
        ) : (
          (said || entry.kind === 'answer' || entry.kind === 'mailed') &&
          entry.body && (
            <>
              {entry.kind === 'mailed' ? (
                <span className="ui-muted">“{entry.body}”</span>
              ) : (
                <NamedText text={entry.body} people={entry.mentions} />
              )}
              <Edited entry={entry} />
            </>
          )
        )
      }
      chip={
        mark || entry.removed || entry.kind === 'shared' || entry.kind === 'stopped' ? null : (
          <Tooltip content={entry.why} describe>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be reachable by keyboard */}
            <span tabIndex={0} className="deals-why">
              <EntryChip entry={entry} called={called} short={!said} />
            </span>
          </Tooltip>
        )
      }
    >
      <b className={mark ? 'deals-viewer' : undefined}>{entry.author.name}</b>
      {entry.author.outside && said && <span className="ui-muted"> {called}</span>}
      <span className="ui-muted"> {entryWords(entry, called)}</span>
      {entry.needs_answer && <span className="ui-muted"> asks for an answer</span>}
    </TimelineItem>
  )
}

/** What was said to both sides stays so marked when the deal is no longer shared. */
function EntryChip({ entry, called, short }: { entry: Entry; called: string; short: boolean }) {
  if (entry.audience === 'partner' && !entry.visible)
    return (
      <Chip tone="team" icon={<EyeOff />}>
        Not visible now
      </Chip>
    )
  return <VisibilityChip sharedWith={entry.visible ? called : null} short={short} />
}
