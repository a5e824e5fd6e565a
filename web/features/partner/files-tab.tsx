import { useInfiniteQuery } from '@tanstack/react-query'
import { listFiles } from '#shared/files.ts'
import { call } from '../../api.ts'
import { calledName } from '../../shell/deal-words.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { FileDrop } from '../files/file-drop.tsx'
import { FileList } from '../files/file-list.tsx'
import { useSending } from '../files/sending.ts'
import { useThisPartner } from './use-partner.ts'

/** Files of a partner and of its deals: the team's own, and those the partner can see. */
export function FilesTab() {
  const partner = useThisPartner()
  const called = calledName(partner.legal_name)
  const work = partner.can.work && !partner.archived_at
  const { data, isError, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [listFiles.id, partner.id],
    queryFn: ({ pageParam, signal }) =>
      call(listFiles, { params: { partner: partner.id }, query: pageParam ? { cursor: pageParam } : {} }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  const sending = useSending({ partner_id: partner.id, deal_id: null })
  const files = data?.pages.flatMap((page) => page.items)
  const held = partner.permissions.sees_notes
    ? null
    : `"Notes and files you share" is off for ${called}. They won't see it until it is on.`
  const list = (
    <>
      {isError && !files && (
        <ErrorState title="We couldn't load files." safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!files && !isError && <Skeleton count={4} />}
      {files?.length === 0 && sending.length === 0 && (
        <EmptyState>{work ? 'No files. Drop one here.' : 'No files.'}</EmptyState>
      )}
      {files && files.length > 0 && <FileList files={files} called={called} work={work} />}
      {hasNextPage && (
        <div>
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
  return (
    <section className="ui-stack partner-read" aria-labelledby="partner-files">
      <h2 id="partner-files" className="ui-vh">
        Files
      </h2>
      {work ? (
        <FileDrop partner_id={partner.id} called={called} held={held}>
          {list}
        </FileDrop>
      ) : (
        list
      )}
    </section>
  )
}
