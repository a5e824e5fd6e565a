import { Check, Flag, MoveRight, UserRound, X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import type { Answer } from '#shared/endpoint.ts'
import type { listPortalEntries, PortalDeal } from '#shared/portal.ts'
import { dayWords } from '#shared/turns.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { Timeline, TimelineItem } from '../../ui/timeline.tsx'
import { CommentBox } from './comment-box.tsx'
import { mayComment } from './deal-words.ts'
import { EditComment, RemoveComment } from './own-comment.tsx'
import { usePortal, type WorkspaceAnswer, whoToAsk } from './portal.tsx'
import { useEntryPages } from './use-pages.ts'

type Entry = Answer<typeof listPortalEntries>['items'][number]

/** What was said and done on a deal, newest first, with the box to write in on top. */
export function DealTimeline({ deal, workspace }: { deal: PortalDeal; workspace: WorkspaceAnswer }) {
  const { items, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useEntryPages(deal.ref)
  return (
    <section className="portal-card" aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      {mayComment(workspace, deal) && <CommentBox deal={deal} to={whoToAsk(workspace)} rows={2} />}
      {items ? (
        items.length > 0 ? (
          <Timeline>
            {items.map((entry) => (
              <EntryLine key={entry.id} entry={entry} deal={deal} workspace={workspace} />
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

function EntryLine({ entry, deal, workspace }: { entry: Entry; deal: PortalDeal; workspace: WorkspaceAnswer }) {
  const [editing, edit] = useState(false)
  const { reason } = usePortal()
  const button = useRef<HTMLSpanElement>(null)
  const author = entry.author_name ?? (entry.by_partner ? workspace.partner_name : workspace.company_name)
  const mine = entry.mine && workspace.updates_deals && !entry.removed
  const you = entry.mine || (entry.by_partner && entry.author_name === workspace.contact_name)
  const said = entry.kind === 'comment' || entry.kind === 'note' || entry.kind === 'call' || entry.kind === 'email'
  return (
    <TimelineItem
      {...(said ? { avatar: <Avatar name={author} size={24} /> } : { icon: iconOf(entry) })}
      time={<Time value={entry.created_at} />}
      say={
        editing ? (
          <EditComment
            entry={entry}
            deal={deal}
            onClose={() => {
              edit(false)
              requestAnimationFrame(() => button.current?.querySelector('button')?.focus())
            }}
          />
        ) : (
          entry.body && (
            <>
              {entry.body}
              {mine && (
                <span className="portal-own">
                  <span ref={button}>
                    <Button size="small" variant="quiet" reason={reason} onClick={() => edit(true)}>
                      Edit
                    </Button>
                  </span>
                  <RemoveComment entry={entry} deal={deal} />
                </span>
              )}
            </>
          )
        )
      }
    >
      <b>{you ? 'You' : author}</b> {entry.removed ? 'removed a comment' : sentenceOf(entry)}
      {entry.edited_at && !entry.removed && <span className="ui-muted"> (edited)</span>}
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
    case 'sent':
      return 'sent it'
    case 'paused':
      return `paused it until ${dayWords(to ?? '')}`
    case 'resumed':
      return 'ended the pause'
    case 'protected':
      return to ? `protected it for you until ${dayWords(to)}` : 'ended its protection'
    case 'call':
      return 'noted a call'
    case 'email':
      return 'noted an email'
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
