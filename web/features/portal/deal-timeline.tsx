import { Check, Flag, MoveRight, UserRound, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Answer } from '#shared/endpoint.ts'
import type { listPortalEntries, PortalDeal } from '#shared/portal.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { Timeline, TimelineItem } from '../../ui/timeline.tsx'
import { CommentBox } from './comment-box.tsx'
import { type WorkspaceAnswer, whoToAsk } from './portal.tsx'
import { useEntryPages } from './use-pages.ts'

type Entry = Answer<typeof listPortalEntries>['items'][number]

/** What was said and done on a deal, newest first, with the box to write in on top. */
export function DealTimeline({ deal, workspace }: { deal: PortalDeal; workspace: WorkspaceAnswer }) {
  const { items, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useEntryPages(deal.ref)
  return (
    <section className="portal-card" aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      {workspace.updates_deals && <CommentBox deal={deal} to={whoToAsk(workspace)} rows={2} />}
      {items ? (
        items.length > 0 ? (
          <Timeline>
            {items.map((entry) => (
              <EntryLine key={entry.id} entry={entry} workspace={workspace} />
            ))}
          </Timeline>
        ) : (
          <EmptyState>Nothing was said yet.</EmptyState>
        )
      ) : isError ? (
        <ErrorState title="We couldn't load the timeline." onRetry={() => void refetch()} />
      ) : (
        <Skeleton kind="rows" count={3} />
      )}
      {hasNextPage && (
        <Button size="form" variant="quiet" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older
        </Button>
      )}
    </section>
  )
}

function EntryLine({ entry, workspace }: { entry: Entry; workspace: WorkspaceAnswer }) {
  const author = entry.author_name ?? (entry.by_partner ? workspace.partner_name : workspace.company_name)
  const you = entry.by_partner && entry.author_name === workspace.contact_name
  const said = entry.kind === 'comment' || entry.kind === 'note' || entry.kind === 'call' || entry.kind === 'email'
  return (
    <TimelineItem
      {...(said ? { avatar: <Avatar name={author} size={24} /> } : { icon: iconOf(entry) })}
      time={<Time value={entry.created_at} />}
      say={entry.body}
    >
      <b>{you ? 'You' : author}</b> {sentenceOf(entry)}
    </TimelineItem>
  )
}

function sentenceOf({ kind, from_value: from, to_value: to }: Entry): string {
  switch (kind) {
    case 'answer':
      return to === 'accepted' ? 'accepted' : to === 'declined' ? 'declined' : 'opened the answer again'
    case 'stage':
      return from ? `moved it from ${from} to ${to}` : `put it in ${to}`
    case 'owner':
      return to ? `made ${to} the owner` : `took ${from} off as owner`
    case 'outcome':
      return to ? `closed it as ${to}` : 'opened it again'
    case 'call':
      return 'noted a call'
    case 'email':
      return 'noted an e-mail'
    case 'note':
      return 'shared a note'
    default:
      return 'commented'
  }
}

function iconOf({ kind, to_value: to }: Entry): ReactNode {
  if (kind === 'answer') return to === 'declined' ? <X /> : <Check />
  if (kind === 'stage') return <MoveRight />
  if (kind === 'owner') return <UserRound />
  return <Flag />
}
