import { useQuery } from '@tanstack/react-query'
import type { Deal } from '#shared/deals.ts'
import { listDealFiles } from '#shared/files.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { calledName } from '../../shell/deal-words.ts'
import { TextButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { FileDrop } from '../files/file-drop.tsx'
import { FileList } from '../files/file-list.tsx'

/** Files of one deal. They are never seen by more people than the deal is. */
export function DealFiles({ deal }: { deal: Deal }) {
  const called = calledName(deal.partner.legal_name)
  const { data, isError, refetch } = useQuery(ask(listDealFiles, { params: { deal: deal.id }, query: { limit: '20' } }))
  const list = (
    <>
      {isError && !data && <ErrorState title="We couldn't load files." onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton kind="text" count={2} />}
      {data && data.items.length === 0 && !deal.can.work && <p className="ui-muted">No files.</p>}
      {data && data.items.length > 0 && <FileList files={data.items} called={called} work={deal.can.work} narrow />}
    </>
  )
  return (
    <Card
      title="Files"
      action={data?.next && <TextButton href={paths.partner(deal.partner.slug, 'files')}>All files</TextButton>}
    >
      {deal.can.work ? (
        <FileDrop
          partner_id={deal.partner.id}
          deal_id={deal.id}
          called={called}
          held={null}
          teamOnly={!deal.share}
          narrow
        >
          {list}
        </FileDrop>
      ) : (
        list
      )}
    </Card>
  )
}
