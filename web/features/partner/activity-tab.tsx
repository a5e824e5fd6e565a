import { useInfiniteQuery } from '@tanstack/react-query'
import { listChanges } from '#shared/log.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { ChangeLines } from './change-lines.tsx'
import { useThisPartner } from './use-partner.ts'

/** The partner's part of the log, in sentences. */
export function ActivityTab() {
  const partner = useThisPartner()
  const { canWrite } = useSession()
  const { data, isError, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['list_changes', partner.id],
    queryFn: ({ pageParam, signal }) =>
      call(listChanges, { query: { partner: partner.id, ...(pageParam ? { cursor: pageParam } : {}) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  const changes = data?.pages.flatMap((page) => page.items)
  return (
    <section className="ui-stack partner-read" aria-labelledby="partner-activity">
      <div className="partner-bar">
        <h2 id="partner-activity">Activity</h2>
        {canWrite && <Button href={paths.log('undo')}>What can be undone</Button>}
        {partner.can.decide && <Button href={paths.log('views', `partner=${partner.id}`)}>Who saw what</Button>}
      </div>
      {isError && !changes && (
        <ErrorState title="We couldn't load the activity." safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!changes && !isError && <Skeleton />}
      {changes?.length === 0 && (
        <EmptyState>
          {partner.can.work ? 'Nothing happened yet.' : "A partner's changes are shown to those who work with it."}
        </EmptyState>
      )}
      {changes && changes.length > 0 && <ChangeLines changes={changes} details />}
      {hasNextPage && (
        <div>
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </section>
  )
}
