import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ClosedRow, ProgressRow, SentRow, WaitingRow } from './deal-rows.tsx'
import { groupOf } from './deal-words.ts'
import { GiveAndGet } from './give-and-get.tsx'
import { usePortal, type WorkspaceAnswer, whoToAsk } from './portal.tsx'
import { ReadOnly } from './read-only.tsx'
import { useDealPages } from './use-pages.ts'

/** What waits for the partner first, then what is under way, then what is over. */
export function DealsView({ workspace }: { workspace: WorkspaceAnswer }) {
  useTitle(`Deals, ${workspace.company_name}`)
  const { hrefs } = usePortal()
  const { items, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useDealPages()
  if (!items)
    return (
      <>
        <h1>Deals</h1>
        {isError ? (
          <ErrorState title="We couldn't load deals." onRetry={() => void refetch()} />
        ) : (
          <Skeleton kind="card" count={3} />
        )}
      </>
    )
  const waiting = items.filter((deal) => groupOf(deal) === 'waiting')
  const sent = items.filter((deal) => groupOf(deal) === 'sent')
  const progress = items.filter((deal) => groupOf(deal) === 'progress')
  const closed = items.filter((deal) => groupOf(deal) === 'closed')
  return (
    <>
      <div className="portal-deal-head">
        <h1>Deals</h1>
        {workspace.sends_deals && (
          <Button size="form" href={hrefs.send}>
            Send a deal
          </Button>
        )}
      </div>
      {items.length > 0 && <ReadOnly workspace={workspace} />}
      <section aria-labelledby="waiting">
        <h2 id="waiting">
          Waiting for you <span className="ui-muted">{waiting.length}</span>
        </h2>
        {waiting.map((deal) => (
          <WaitingRow key={deal.ref} deal={deal} workspace={workspace} />
        ))}
        {waiting.length === 0 && (
          <div className="portal-card">
            <EmptyState>
              Nothing is waiting for you.
              {items.length === 0 && ` When ${whoToAsk(workspace)} shares a deal, it stands here.`}
            </EmptyState>
          </div>
        )}
      </section>
      {sent.length > 0 && (
        <section aria-labelledby="sent">
          <h2 id="sent">
            Waiting for {workspace.company_name} <span className="ui-muted">{sent.length}</span>
          </h2>
          <ul className="portal-list">
            {sent.map((deal) => (
              <SentRow key={deal.ref} deal={deal} workspace={workspace} />
            ))}
          </ul>
        </section>
      )}
      {progress.length > 0 && (
        <section aria-labelledby="progress">
          <h2 id="progress">
            In progress <span className="ui-muted">{progress.length}</span>
          </h2>
          <ul className="portal-list">
            {progress.map((deal) => (
              <ProgressRow key={deal.ref} deal={deal} workspace={workspace} />
            ))}
          </ul>
        </section>
      )}
      {closed.length > 0 && (
        <section aria-labelledby="closed">
          <h2 id="closed">
            Closed <span className="ui-muted">{closed.length}</span>
          </h2>
          <ul className="portal-list">
            {closed.map((deal) => (
              <ClosedRow key={deal.ref} deal={deal} />
            ))}
          </ul>
        </section>
      )}
      {hasNextPage && (
        <Button size="form" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older deals
        </Button>
      )}
      {items.length > 0 && <GiveAndGet workspace={workspace} />}
    </>
  )
}
